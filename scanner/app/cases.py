"""Testing rules against their own cases."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.app.config import Config, Environment, Flags, configure
from scanner.app.rules import load_own_rules
from scanner.app.wire import PROGRAM_ENGINES, build_engines
from scanner.core.errors import UsageError
from scanner.executors.inline import InlineExecutor
from scanner.rulepack.cases import materialise, run_cases
from scanner.rulepack.loader import builtin_rules_path
from scanner.syntax.languages import detect_language

if TYPE_CHECKING:
    from scanner.core.problem import Problem
    from scanner.ports.observer import Observer


@dataclass(frozen=True, slots=True)
class CasesOutcome:
    """How many rules and cases there are, how many cases pass, a line for each that does not, and what went wrong meanwhile."""

    rules: int
    cases: int
    passed: int
    failures: tuple[str, ...]
    problems: tuple[Problem, ...]
    complete: bool


def test_rules(path: Path | None, only: frozenset[str], observer: Observer) -> CasesOutcome:
    """Run the rules of a directory, or the built-in ones, on their own cases. Raises RuleError with all their mistakes, UsageError for no rules."""
    loaded = load_own_rules(builtin_rules_path() if path is None else path)
    chosen = replace(loaded, rules=loaded.rules.where(lambda rule: not only or rule.id in only))
    entries = chosen.rules.entries
    if not entries:
        msg = "there are no rules to test" + (f" in {path}" if path else "")
        raise UsageError(msg, "see `casemate rules list`")
    with tempfile.TemporaryDirectory(prefix="casemate-cases-") as scratch:
        rounds = materialise(entries, Path(scratch), detect_language, programs=PROGRAM_ENGINES)
        reports = [run_cases(engine, rounds, observer) for engine in build_engines(chosen, _config(Path(scratch)), InlineExecutor())]
    results = [result for report in reports for result in report.results]
    return CasesOutcome(
        rules=len(entries),
        cases=len(results),
        passed=sum(result.passed for result in results),
        failures=tuple(str(result) for result in results if not result.passed),
        problems=tuple(problem for report in reports for problem in report.problems),
        complete=all(report.complete for report in reports),
    )


def _config(directory: Path) -> Config:
    return configure(Flags(targets=(directory,), isolated=True), Environment.read(), directory)
