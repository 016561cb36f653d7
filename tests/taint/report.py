"""Recall and false alarms for each feature, as a table: `python -m tests.taint.report [language] [feature ...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.taint.test_features import KNOWN, LANGUAGES, features, judge, taint_engine, tell

if TYPE_CHECKING:
    from tests.taint.test_features import Verdict


def table(verdicts: list[Verdict]) -> str:
    """One row a feature: found of those to be found, and alarms of those to be left alone."""
    width = max(len(verdict.feature) for verdict in verdicts)
    lines = [f"{'feature':{width}}  found  false alarms"]
    sums = [0, 0, 0, 0]
    for verdict in verdicts:
        found = sum(case.vulnerable for case in verdict.passed)
        missed = sum(case.vulnerable for case in verdict.failed)
        alarms = len(verdict.failed) - missed
        row = (found, found + missed, alarms + len(verdict.unexpected), alarms + len(verdict.passed) - found)
        sums = [total + part for total, part in zip(sums, row, strict=True)]
        lines.append(_row(verdict.feature, width, row))
    lines.append(_row("total", width, sums))
    return "\n".join(lines)


def _row(name: str, width: int, figures: tuple[int, int, int, int] | list[int]) -> str:
    found, vulnerable, alarms, safe = figures
    return f"{name:{width}}  {found:>2}/{vulnerable:<3} {alarms:>2}/{safe}"


def main(arguments: list[str]) -> int:
    """Print the table and every case that fails. The status is 1 where one fails that is not known."""
    language = arguments[0] if arguments else "python"
    chosen = [program for program in features(language) if not arguments[1:] or program.name in arguments[1:]]
    engine = taint_engine()
    with tempfile.TemporaryDirectory(prefix="casemate-features-") as scratch:
        verdicts = [judge(engine, program, LANGUAGES[language], Path(scratch)) for program in chosen]
    failed = [case for verdict in verdicts for case in verdict.failed]
    print(table(verdicts))  # noqa: T201 -- a table is what this script is for
    known = [case for case in failed if case.name in KNOWN]
    new = [case for case in failed if case.name not in KNOWN]
    others = [f"{line}: no marker stands here" for verdict in verdicts for line in verdict.unexpected]
    others += [f"{verdict.feature}: {line}" for verdict in verdicts for line in verdict.problems]
    for title, text in (("known", tell(known)), ("new", tell(new)), ("besides", "\n".join(others))):
        if text:
            print(f"\n{title}\n{text}")  # noqa: T201 -- as above
    return 1 if new or others else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
