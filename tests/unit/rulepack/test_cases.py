"""Cases as files, and the verdict on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.finding import Candidate
from scanner.core.location import Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.rule import Precision, Rule, Severity
from scanner.ports.engine import Detection
from scanner.ports.observer import SilentObserver
from scanner.rulepack.cases import CaseReport, materialise, run_cases
from scanner.rulepack.ruleset import Case, LoadedRule, Origin

if TYPE_CHECKING:
    from pathlib import Path

    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


def rule(rule_id: str, *languages: str) -> Rule:
    return Rule(rule_id, "fake", "T", (1,), Severity.HIGH, Precision.LOW, "M", "H", "R", "d", languages)


def entry(rule_id: str, *cases: Case, languages: tuple[str, ...] = ("python",)) -> LoadedRule[object]:
    return LoadedRule(rule(rule_id, *languages), None, Origin("pack.yaml", 1), cases)


def classify(path: str, head: bytes) -> str:
    return f"{path.rpartition('.')[2]}:{len(head)}"


class FindsTheWordBad:
    """An engine whose only rule finds `bad`, and that may fail."""

    name = "fake"

    def __init__(self, *rules: Rule, problems: tuple[Problem, ...] = (), skipped: tuple[SkippedPath, ...] = (), complete: bool = True) -> None:
        self.rules = rules
        self.problems = problems
        self.skipped = skipped
        self.complete = complete
        self.seen: list[Snapshot] = []

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        del observer
        self.seen.append(snapshot)
        found = tuple(
            Candidate("fake", item.id, "M", Trace.at(Span(file.path, 1, 1, 1, 4)))
            for file in snapshot.files
            if "bad" in (snapshot.root / file.path).read_text()
            for item in self.rules
        )
        return Detection(found, EngineRun("fake", "1", len(snapshot.files), len(self.rules), self.complete), self.problems, self.skipped)


def run(engine: FindsTheWordBad, tmp_path: Path, *entries: LoadedRule[object]) -> CaseReport:
    return run_cases(engine, materialise(entries, tmp_path, classify), SilentObserver())


GOOD = Case("good", vulnerable=False, line=9)
BAD = Case("bad\n", vulnerable=True, line=5)


def test_a_rule_that_finds_what_it_should_and_nothing_else_passes(tmp_path: Path) -> None:
    report = run(FindsTheWordBad(rule("a")), tmp_path, entry("a", BAD, GOOD))
    assert report.passed
    assert [str(result) for result in report.results] == ["pack.yaml:5: a: passed", "pack.yaml:9: a: passed"]


def test_a_vulnerable_case_that_is_not_found_and_a_safe_one_that_is_fail(tmp_path: Path) -> None:
    report = run(FindsTheWordBad(rule("a")), tmp_path, entry("a", Case("good", vulnerable=True, line=3), Case("bad", vulnerable=False, line=4)))
    assert not report.passed
    assert [str(result) for result in report.results] == [
        "pack.yaml:3: a: the vulnerable case is not found",
        "pack.yaml:4: a: the safe case is found at line 1",
    ]


def test_what_a_rule_finds_in_another_rules_case_says_nothing(tmp_path: Path) -> None:
    engine = FindsTheWordBad(rule("a"), rule("b"))
    report = run(engine, tmp_path, entry("a", BAD, GOOD), entry("b", BAD, GOOD))
    assert report.passed
    assert [len(result.found) for result in report.results] == [1, 0, 1, 0]
    assert len(engine.seen) == 1


def test_the_rules_of_other_engines_are_not_judged(tmp_path: Path) -> None:
    report = run(FindsTheWordBad(rule("a")), tmp_path, entry("a", BAD), entry("b", Case("good", vulnerable=True, line=1)))
    assert [result.place.rule.id for result in report.results] == ["a"]


def test_files_are_named_by_language_or_as_the_case_says(tmp_path: Path) -> None:
    rounds = materialise(
        [
            entry("a", BAD, Case("x\ny", vulnerable=False, line=1, file=".github/workflows/ci.yml")),
            entry("b", BAD, languages=()),
            entry("c", BAD, languages=("go",)),
        ],
        tmp_path,
        classify,
    )
    (one,) = rounds
    assert [(file.path, file.language, file.size, file.lines) for file in one.snapshot.files] == [
        (".github/workflows/ci.yml", "yml:3", 3, 2),
        ("a/01/case.py", "py:4", 4, 1),
        ("b/01/case.txt", "txt:4", 4, 1),
        ("c/01/case.go", "go:4", 4, 1),
    ]
    assert (one.snapshot.root / ".github/workflows/ci.yml").read_text() == "x\ny"


def test_cases_that_insist_on_one_path_go_to_different_rounds(tmp_path: Path) -> None:
    named = [
        Case(text, vulnerable="bad" in text, line=line, file=file) for line, (text, file) in enumerate([("bad", "x"), ("good", "x"), ("good", "x/y")])
    ]
    engine = FindsTheWordBad(rule("a"))
    report = run(engine, tmp_path, entry("a", *named, BAD))
    assert report.passed
    assert [[file.path for file in snapshot.files] for snapshot in engine.seen] == [["a/04/case.py", "x"], ["x"], ["x/y"]]


def test_a_case_of_several_files_has_a_tree_for_itself_and_counts_as_one(tmp_path: Path) -> None:
    files = (("app/a.py", "good"), ("app/b.py", "bad"))
    several = [Case("good", vulnerable=True, line=line, file="app/a.py", files=files) for line in (1, 2)]
    engine = FindsTheWordBad(rule("a"))
    report = run(engine, tmp_path, entry("a", *several, GOOD))
    assert report.passed
    assert [len(result.found) for result in report.results] == [1, 1, 0]
    assert [[file.path for file in snapshot.files] for snapshot in engine.seen] == [
        ["a/03/case.py"],
        ["app/a.py", "app/b.py"],
        ["app/a.py", "app/b.py"],
    ]


def test_an_engine_that_did_not_look_everywhere_proves_nothing(tmp_path: Path) -> None:
    incomplete = run(FindsTheWordBad(rule("a"), complete=False), tmp_path / "1", entry("a", BAD, GOOD))
    assert not incomplete.passed
    skipped = run(FindsTheWordBad(rule("a"), skipped=(SkippedPath("x", Skip.TIMEOUT),)), tmp_path / "2", entry("a", BAD, GOOD))
    assert not skipped.passed


def test_problems_are_handed_on(tmp_path: Path) -> None:
    problem = Problem(Stage.PARSE, "x", "odd", incomplete=False)
    report = run(FindsTheWordBad(rule("a"), problems=(problem,)), tmp_path, entry("a", BAD, GOOD))
    assert report.passed
    assert report.problems == (problem,)
