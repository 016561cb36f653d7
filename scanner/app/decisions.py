"""People's decisions about findings: made, checked against the code, and pruned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scanner.app.marks import finding_named, mark_of
from scanner.app.wire import code_index, everything_of, load_decisions, prepare
from scanner.core.decision import DECISIONS_FILE, Decision
from scanner.core.errors import OutputError, UsageError
from scanner.core.writing import replace_file
from scanner.pipeline.grounds import grounds
from scanner.pipeline.scan import run_scan
from scanner.sources.roots import find_root, relative_targets
from scanner.stores.decisions import write_decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from scanner.app.config import Config
    from scanner.core.decision import Grounds
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.ports.observer import Observer


class Standing(StrEnum):
    """What a decision is worth today."""

    HOLDS = "holds"
    CHANGED = "changed"  # the code it rests on is another
    EXPIRED = "expired"
    GONE = "gone"  # nothing is found there any more
    UNSEEN = "unseen"  # this scan left its file out, or did not come to its end: nobody knows


@dataclass(frozen=True, slots=True)
class Checked:
    """A decision, what it is worth, and the finding it is about where there is one."""

    decision: Decision
    standing: Standing
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Decisions in the file's order with what each is worth; `complete` says whether all of the code was looked at."""

    checked: tuple[Checked, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says of the findings they decide about."""

    reason: str
    owner: str
    expires: date | None
    decided: date


def decide(config: Config, marks: Sequence[str], words: Words, observer: Observer) -> tuple[Decision, ...]:
    """All decisions of the file, with those about the findings that `marks` (fingerprints, or the beginnings of them) name.

    The code is scanned for them: a decision rests on the code as it is. Raises UsageError for a mark that names none of the findings, or several.
    """
    for mark in marks:
        mark_of(mark)  # before a scan is spent on them
    report, grounds_of = _examined(config, observer, lambda report: [finding_named(mark, report.findings) for mark in marks])
    made = {decision.fingerprint: decision for decision in load_decisions(config)}
    for mark in marks:
        finding = finding_named(mark, report.findings)
        made[finding.fingerprint] = Decision(
            fingerprint=finding.fingerprint,
            rule=finding.rule.id,
            path=finding.place.path,
            symbol=finding.symbol,
            reason=words.reason,
            owner=words.owner,
            decided=words.decided,
            code=grounds_of[finding.fingerprint].code,
            helpers=grounds_of[finding.fingerprint].helpers,
            expires=words.expires,
        )
    return tuple(made.values())


def check(config: Config, today: date, observer: Observer) -> Review:
    """What each decision about the named code is worth on the day `today`. Without decisions nothing is scanned."""
    named = _named(config)
    decisions = [item for item in load_decisions(config) if named(item.path)]
    if not decisions:
        return Review(())
    decided = {item.fingerprint for item in decisions}
    report, grounds_of = _examined(config, observer, lambda report: [item for item in report.findings if item.fingerprint in decided])
    by_mark = {finding.fingerprint: finding for finding in report.findings}
    left_out = {item.path.rstrip("/") for item in report.coverage.skipped}
    seen = [report.complete and left_out.isdisjoint(_above(item.path)) for item in decisions]
    checked = (_checked(item, by_mark.get(item.fingerprint), grounds_of, today, looked) for item, looked in zip(decisions, seen, strict=True))
    return Review(tuple(checked), report.complete)


def must_be_whole(config: Config) -> None:
    """Refuse to judge from a part of the code what is gone from all of it. Raises UsageError."""
    root = find_root(config.targets, config.cwd).resolve()
    if "" not in relative_targets(root, tuple(target.resolve() for target in config.targets)):
        part = ", ".join(str(target) for target in config.targets)
        msg = f"--prune looks at all of {root}, not at {part}"
        raise UsageError(msg, f"run it there without a path, or name {root}")


def save(config: Config, decisions: Sequence[Decision]) -> Path:
    """Write the file of decisions, whole or not at all; the path it stands at. Raises OutputError where a link stands in the way."""
    path = find_root(config.targets, config.cwd) / DECISIONS_FILE
    if path.parent.is_symlink() or path.is_symlink():
        msg = f"{path} is behind a symbolic link, which is not followed"
        raise OutputError(msg, "a repository could lead the file anywhere; replace the link with a directory")
    path.parent.mkdir(exist_ok=True)
    replace_file(path, write_decisions(decisions).encode(), mode=0o644)
    return path


def _checked(decision: Decision, finding: Finding | None, grounds_of: dict[str, Grounds], today: date, seen: bool) -> Checked:  # noqa: FBT001 -- a fact
    if finding is None:
        return Checked(decision, Standing.GONE if seen else Standing.UNSEEN)
    if decision.expires is not None and today >= decision.expires:
        return Checked(decision, Standing.EXPIRED, finding)
    holds = decision.holds(grounds_of[finding.fingerprint])
    return Checked(decision, Standing.HOLDS if holds else Standing.CHANGED, finding)


def _named(config: Config) -> Callable[[str], bool]:
    """Whether a path of the repository is among what was named to be looked at."""
    root = find_root(config.targets, config.cwd).resolve()
    named = set(relative_targets(root, tuple(target.resolve() for target in config.targets)))
    return lambda path: "" in named or not named.isdisjoint(_above(path))


def _above(path: str) -> set[str]:
    """A path, and the directories it lies in."""
    return {path, *(str(parent) for parent in PurePosixPath(path).parents)}


def _examined(config: Config, observer: Observer, wanted: Callable[[ScanReport], Iterable[Finding]]) -> tuple[ScanReport, dict[str, Grounds]]:
    """A scan with every finding, whatever its severity, and what decisions about the wanted ones rest on, by fingerprint."""
    ready = prepare(replace(config, access=None), observer)
    report = run_scan(ready.tools, everything_of(ready.policy))
    findings = wanted(report)
    with ready.tools.source.open() as snapshot:
        index = code_index(snapshot, frozenset(item.path for item in report.coverage.skipped))
        return report, {finding.fingerprint: grounds(finding, index) for finding in findings}
