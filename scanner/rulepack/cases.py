"""The cases of rules as files that any engine can look at, and the verdict on what it then says.

Every case stands alone: what a rule finds in another rule's case says nothing. Cases that insist on the same path go to different rounds,
because a rule may depend on the whole path (`.github/workflows/ci.yml`); a case of several files has a round for itself, so that its files find
each other and nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.ports.source import Snapshot, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from scanner.core.finding import Candidate
    from scanner.core.problem import Problem
    from scanner.core.rule import Rule
    from scanner.ports.engine import Engine
    from scanner.ports.observer import Observer
    from scanner.rulepack.ruleset import Case, LoadedRule

_FILE_NAMES: Final[Mapping[str, str]] = {
    "bash": "case.sh", "c": "case.c", "cpp": "case.cpp", "csharp": "Case.cs", "dart": "case.dart", "dockerfile": "Dockerfile",
    "go": "case.go", "html": "case.html", "java": "Case.java", "javascript": "case.js", "json": "case.json", "kotlin": "Case.kt", "lua": "case.lua",
    "php": "case.php", "python": "case.py", "ruby": "case.rb", "rust": "case.rs", "scala": "Case.scala", "solidity": "case.sol",
    "swift": "case.swift", "terraform": "case.tf", "tsx": "case.tsx", "typescript": "case.ts", "xml": "case.xml", "yaml": "case.yaml",
}  # fmt: skip
_ANY_FILE: Final = "case.txt"


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """One case as files: their paths below the round's root, whose case it is, and the rule file it is written in."""

    files: tuple[tuple[str, str], ...]
    rule: Rule
    case: Case
    rule_file: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths alone."""
        return tuple(path for path, _ in self.files)


@dataclass(frozen=True, slots=True)
class CaseRound:
    """Cases that can be looked at together: one tree of files."""

    snapshot: Snapshot
    places: tuple[PlacedCase, ...]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The verdict on one case: `found` is what its rule matched there."""

    place: PlacedCase
    found: tuple[Candidate, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule found what it has to find, or left alone what it has to leave alone."""
        return bool(self.found) is self.place.case.vulnerable

    def __str__(self) -> str:
        where = f"{self.place.rule_file}:{self.place.case.line}: {self.place.rule.id}"
        if self.passed:
            return f"{where}: passed"
        if self.place.case.vulnerable:
            return f"{where}: the vulnerable case is not found"
        return f"{where}: the safe case is found at line {self.found[0].trace.place.start_line}"


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All verdicts in the order of the rules, and what went wrong meanwhile; an incomplete run proves no safe case."""

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]
    complete: bool

    @property
    def passed(self) -> bool:
        """Whether every case passed in a run that saw all of them."""
        return self.complete and all(result.passed for result in self.results)


def materialise(
    entries: Sequence[LoadedRule[object]], directory: Path, classify: Callable[[str, bytes], str], *, programs: Collection[str] = ()
) -> tuple[CaseRound, ...]:
    """Write the cases of the rules as files below an empty directory.

    `programs` are the engines that look at all files together: each of their cases gets a tree of its own. `classify` says the language of a
    file from its path and its content, as it does for scanned files.
    """
    free: list[PlacedCase] = []
    bound: list[PlacedCase] = []
    alone: list[list[PlacedCase]] = []
    for entry in entries:
        for number, case in enumerate(entry.cases, start=1):
            unnamed = f"{entry.rule.id}/{number:02}/{_file_name(entry.rule)}"
            files = tuple((path or unnamed, code) for path, code in case.files or ((case.file, case.code),))
            place = PlacedCase(files, entry.rule, case, entry.origin.file)
            if len(files) > 1 or entry.rule.engine in programs:
                alone.append([place])
            else:
                (bound if case.file else free).append(place)
    rounds = [free] if free else []
    for place in bound:
        _first_free(rounds, place.paths[0]).append(place)
    return tuple(_write(directory / f"round-{number:03}", places, classify) for number, places in enumerate([*rounds, *alone]))


def run_cases(engine: Engine, rounds: Sequence[CaseRound], observer: Observer) -> CaseReport:
    """Let an engine look at every round, and judge the cases of the rules that are its own."""
    own = {rule.id for rule in engine.rules}
    results: list[CaseResult] = []
    problems: list[Problem] = []
    complete = True
    for one in rounds:
        if not any(place.rule.id in own for place in one.places):
            continue
        detection = engine.detect(one.snapshot, observer)
        found: dict[tuple[str, str], list[Candidate]] = {}
        for candidate in detection.candidates:
            found.setdefault((candidate.rule_id, candidate.trace.place.path), []).append(candidate)
        results.extend(CaseResult(place, _of_case(place, found)) for place in one.places if place.rule.id in own)
        problems.extend(detection.problems)
        complete = complete and detection.run.complete and all(item.reason.expected for item in detection.skipped)
    results.sort(key=lambda result: (result.place.rule.id, not result.place.case.vulnerable, result.place.case.line))
    return CaseReport(tuple(results), tuple(problems), complete)


def _of_case(place: PlacedCase, found: Mapping[tuple[str, str], list[Candidate]]) -> tuple[Candidate, ...]:
    """What the case's own rule found in its files."""
    return tuple(candidate for path in place.paths for candidate in found.get((place.rule.id, path), ()))


def _file_name(rule: Rule) -> str:
    return next((_FILE_NAMES[language] for language in rule.languages if language in _FILE_NAMES), _ANY_FILE)


def _first_free(rounds: list[list[PlacedCase]], path: str) -> list[PlacedCase]:
    """The first round in which neither this path, nor a directory of its name, nor a file where it needs a directory stands."""
    for places in rounds:
        taken_paths = (taken for place in places for taken in place.paths)
        if not any(path == taken or path.startswith(f"{taken}/") or taken.startswith(f"{path}/") for taken in taken_paths):
            return places
    rounds.append([])
    return rounds[-1]


def _write(root: Path, places: Sequence[PlacedCase], classify: Callable[[str, bytes], str]) -> CaseRound:
    files: list[SourceFile] = []
    for path, code in sorted(file for place in places for file in place.files):
        data = code.encode("utf-8", "surrogatepass")
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        lines = data.count(b"\n") + (not data.endswith(b"\n"))
        files.append(SourceFile(path, classify(path, data), len(data), lines, hashlib.sha256(data).hexdigest()))
    return CaseRound(Snapshot(root.resolve(), tuple(files)), tuple(places))
