"""What all runs together say, as the engine's detection."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.problem import Problem, Stage
from scanner.engines.semgrep.convert import convert
from scanner.engines.semgrep.failures import problems_of, unknown_fields
from scanner.engines.semgrep.kind import ENGINE
from scanner.ports.engine import Detection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scanner.engines.semgrep.kind import SemgrepRule
    from scanner.engines.semgrep.outcome import Outcome
    from scanner.rulepack.ruleset import LoadedRule


def account(
    outcomes: Sequence[Outcome],
    entries: Mapping[str, LoadedRule[SemgrepRule]],
    unsupported: Mapping[str, Problem],
    root: Path,
    version: str,
) -> Detection:
    """The detection: candidates of all runs, every complaint and failure, and how much was looked at.

    `unsupported` are rules that were never handed over, with the problem that says why; `version` holds when no run told its own.
    """
    outputs = [outcome.output for outcome in outcomes if outcome.output]
    handed = {os.fspath(root / path): path for outcome in outcomes for path in outcome.run.files}
    origins = {rule_id: str(entry.origin) for rule_id, entry in entries.items()}
    messages = {rule_id: entry.rule.message for rule_id, entry in entries.items()}
    complaints = [complaint for output in outputs for complaint in output.complaints]

    converted = convert((match for output in outputs for match in output.matches), handed, messages, lambda path: (root / path).read_bytes())
    scanned = {path for output in outputs for name in output.scanned if (path := handed.get(name))}
    skipped = tuple(SkippedPath(path, Skip.UNREADABLE, "Semgrep could not open it") for path in _unopened(outcomes, root, scanned))
    problems = [
        *unsupported.values(),
        *_failures(outcomes),
        *problems_of(complaints, handed, origins),
        *(problem for outcome in outcomes for problem in unknown_fields(outcome.log, origins)),
    ]
    if converted.misplaced:
        problems.append(Problem(Stage.DETECT, ENGINE, f"Semgrep found matches outside of the files that it was handed: {converted.misplaced}"))
    refused = {complaint.rule_id for complaint in complaints if complaint.path not in handed} & entries.keys()
    complete = not skipped and not any(problem.incomplete for problem in problems)
    run = EngineRun(
        engine=ENGINE,
        version=next((output.version for output in outputs), version),
        files=len(scanned),
        rules=len(entries) - len(unsupported) - len(refused),
        complete=complete,
        note="" if complete else _note(outcomes, len(unsupported) + len(refused)),
    )
    return Detection(converted.candidates, run, tuple(sorted(set(problems))), skipped)


def _failures(outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    """One problem for each way in which runs failed, with the number of files that nobody looked at because of it."""
    lost: Counter[str] = Counter()
    for outcome in outcomes:
        if outcome.failure:
            lost[outcome.failure] += len(outcome.run.files) if outcome.output is None else 0
    for failure, files in lost.items():
        rest = f"; {files} {'file was' if files == 1 else 'files were'} not looked at" if files else ""
        yield Problem(Stage.DETECT, ENGINE, f"Semgrep {failure}{rest}")


def _unopened(outcomes: Sequence[Outcome], root: Path, scanned: set[str]) -> list[str]:
    """The files that Semgrep passed over because they cannot be opened; it also passes over those that no rule turns out to be for."""
    silent = sorted(path for outcome in outcomes if outcome.output for path in outcome.run.files if path not in scanned)
    return [path for path in silent if not os.access(root / path, os.R_OK)]


def _note(outcomes: Sequence[Outcome], rejected: int) -> str:
    """The shortest true reason why the run is not complete."""
    failure = next((outcome.failure for outcome in outcomes if outcome.failure), "")
    if failure:
        return f"Semgrep {failure}"
    if rejected:
        return f"{rejected} {'rule' if rejected == 1 else 'rules'} could not run"
    return "some files or rules were given up; the problems say which"
