from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode, UsageError
from scanner.core.finding import Finding, Suppression, SuppressionKind
from scanner.core.location import Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Gate, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.stores.inventory import Inventory, ScanRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULE = Rule("a-rule", "taint", "A rule", (89,), Severity.HIGH, Precision.HIGH, "message", "help", "mend it", "digest")
GATE = Gate(Severity.HIGH, 0, ExitCode.CLEAN)
JANUARY, FEBRUARY, MARCH = "2027-01-10T00:00:00+00:00", "2027-02-10T00:00:00+00:00", "2027-03-10T00:00:00+00:00"


def _finding(mark: str, path: str = "app.py", **changes: object) -> Finding:
    finding = Finding(mark * 32, RULE, "message", Trace.at(Span(path, 3, 1, 3, 9)), ("taint",), Precision.HIGH)
    return replace(finding, **changes)  # type: ignore[arg-type]  # the tests name the fields


def _report(*findings: Finding, problems: tuple[Problem, ...] = (), coverage: Coverage | None = None) -> ScanReport:
    return ScanReport("0.1.0", findings, (RULE,), GATE, coverage or Coverage(1, 10), problems)


def _row(target: str, when: str, status: str = "complete", **changes: object) -> ScanRow:
    return replace(ScanRow(target, f"{target.strip('/')}-0", when, status, 0), **changes)  # type: ignore[arg-type]  # as above


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    made = Inventory(tmp_path / "fleet.sqlite", write=True)
    for name in (JANUARY, FEBRUARY, MARCH):
        made.begin(name, name, "0.1.0", "rules")
    yield made
    made.close()


def test_where_else_finds_rules_fingerprints_and_the_same_code_under_other_names(inventory: Inventory) -> None:
    inventory.record(JANUARY, _row("/a", JANUARY), _report(_finding("a")), {"a" * 32: ("looser",)})
    inventory.record(JANUARY, _row("/b", JANUARY), _report(_finding("b", "lib/copy.py")), {"b" * 32: ("looser",)})
    inventory.record(JANUARY, _row("/c", JANUARY), _report(_finding("c")), {"c" * 32: ("other",)})
    assert [(item.target, item.match) for item in inventory.where("a-rule")] == [("/a", "rule"), ("/b", "rule"), ("/c", "rule")]
    assert [(item.target, item.path, item.match) for item in inventory.where("aaaaaa")] == [
        ("/a", "app.py", "fingerprint"),
        ("/b", "lib/copy.py", "code"),
    ]
    assert inventory.where("aaaaa") == ()
    assert inventory.where("%") == ()


def test_new_is_what_was_first_seen_since_and_is_still_there(inventory: Inventory) -> None:
    inventory.record(JANUARY, _row("/a", JANUARY), _report(_finding("a"), _finding("b")), {})
    inventory.record(FEBRUARY, _row("/a", FEBRUARY), _report(_finding("b"), _finding("c")), {})
    inventory.record(MARCH, _row("/a", MARCH), _report(_finding("a"), _finding("c")), {})
    assert [(item.fingerprint[0], item.since) for item in inventory.new("2027-02-01")] == [("a", MARCH), ("c", FEBRUARY)]
    assert [item.fingerprint[0] for item in inventory.new("2027-03-01")] == ["a"]
    assert [item.first_scan for item in inventory.new("2027-02-01")] == [False, False]


def test_only_a_complete_scan_makes_a_finding_gone(inventory: Inventory) -> None:
    inventory.record(JANUARY, _row("/a", JANUARY), _report(_finding("a")), {})
    gap = Problem(Stage.DETECT, "taint", "it crashed")
    inventory.record(FEBRUARY, _row("/a", FEBRUARY, "incomplete"), _report(problems=(gap,)), {})
    assert len(inventory.where("a-rule")) == 1
    inventory.record(MARCH, _row("/a", MARCH, "failed", why="time", detail="too long"), None, {})
    assert len(inventory.where("a-rule")) == 1
    inventory.begin("again", MARCH, "0.1.0", "rules")
    inventory.record("again", _row("/a", MARCH), _report(), {})
    assert inventory.where("a-rule") == ()


def test_gaps_are_those_of_the_newest_scan_each_told_once(inventory: Inventory) -> None:
    coverage = Coverage(
        skipped=(SkippedPath("big.bin", Skip.BINARY), SkippedPath("deep/", Skip.TOO_DEEP, "too deep")),
        engines=(EngineRun("semgrep", "1", 0, 0, complete=False, note="not installed"),),
    )
    problems = (
        Problem(Stage.COLLECT, "deep/", "not looked at: too deep"),
        Problem(Stage.PARSE, "x.py", "it hangs"),
        Problem(Stage.RULES, "r", "m", incomplete=False),
    )
    inventory.record(JANUARY, _row("/a", JANUARY, "failed", why="time", detail="too long"), None, {})
    assert [(gap.kind, gap.reason, gap.detail) for gap in inventory.gaps()] == [("repository", "time", "too long")]
    inventory.record(FEBRUARY, _row("/a", FEBRUARY, "incomplete"), _report(problems=problems, coverage=coverage), {})
    assert [(gap.kind, gap.subject, gap.expected) for gap in inventory.gaps()] == [
        ("engine", "semgrep", False),
        ("file", "deep/", False),
        ("problem", "x.py", False),
        ("file", "big.bin", True),
    ]


def test_a_scan_is_recorded_once_in_a_run(inventory: Inventory) -> None:
    inventory.record(JANUARY, _row("/a", JANUARY), _report(_finding("a")), {})
    inventory.record(JANUARY, _row("/a", FEBRUARY), _report(), {})
    assert inventory.recorded(JANUARY) == frozenset({"a-0"})
    assert len(inventory.where("a-rule")) == 1


def test_what_somebody_decided_about_is_known_and_not_counted(inventory: Inventory) -> None:
    hushed = _finding("a", suppression=Suppression(SuppressionKind.IN_SOURCE, "checked"))
    inventory.record(JANUARY, _row("/a", JANUARY), _report(hushed, _finding("b")), {})
    assert inventory.standings()[0].open == {"high": 1}
    assert [item.suppressed for item in inventory.where("a-rule")] == [True, False]
    assert inventory.rules() == (("a-rule", "A rule", "high", 1, 1),)


def test_names_that_are_no_text_are_recorded_all_the_same(inventory: Inventory) -> None:
    inventory.record(JANUARY, _row("/\udcff", JANUARY, folder="repository-0", detail="\udcff"), _report(_finding("a", "\udcff.py")), {})
    assert inventory.where("a-rule")[0].path == "\\udcff.py"
    assert inventory.standings()[0].target == "/\\xff"


def test_what_is_no_inventory_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "fleet.sqlite"
    with pytest.raises(UsageError):
        Inventory(path)
    path.write_text("not a database, and long enough to be looked at as one", encoding="utf-8")
    with pytest.raises(UsageError):
        Inventory(path, write=True)
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    with pytest.raises(UsageError):
        Inventory(path, write=True)
