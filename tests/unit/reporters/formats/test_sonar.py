"""SonarQube's generic issues, by the rules of its documentation."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scanner.core.location import Span, Trace
from scanner.core.report import Excerpt
from scanner.reporters.sonar import render_sonar

if TYPE_CHECKING:
    from scanner.core.report import ScanReport


def sonar(report: ScanReport) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_sonar(report))
    known = set()
    for rule in document["rules"]:
        assert all(rule[key] for key in ("id", "name", "description", "engineId", "cleanCodeAttribute"))
        assert rule["impacts"][0]["softwareQuality"] == "SECURITY"
        assert rule["impacts"][0]["severity"] in {"HIGH", "MEDIUM", "LOW"}
        known.add(rule["id"])
    for issue in document["issues"]:
        assert issue["ruleId"] in known
        for place in (issue["primaryLocation"], *issue["secondaryLocations"]):
            assert place["message"]
            assert place["filePath"]
            assert place["textRange"]["startLine"] >= 1
    return document


def test_each_rule_is_named_once_and_each_open_finding_points_at_its_rule(judged: ScanReport) -> None:
    document = sonar(judged)
    assert [(rule["id"], rule["severity"]) for rule in document["rules"]] == [
        ("generic-api-key", "MAJOR"),
        ("python-shell-command", "CRITICAL"),
        ("python-sql-injection", "BLOCKER"),
    ]
    assert len(document["issues"]) == len(judged.active)


def test_lines_count_from_one_and_columns_from_zero(judged: ScanReport) -> None:
    first = sonar(judged)["issues"][0]
    assert first["primaryLocation"]["textRange"] == {"startLine": 6, "endLine": 6, "startColumn": 15, "endColumn": 40}
    assert [place["message"] for place in first["secondaryLocations"]] == [
        "a query parameter of the request",
        "argument 1 of find_orders",
        "step",
        "the database is opened here",
    ]


def test_a_range_that_the_line_does_not_have_is_the_whole_line(judged: ScanReport) -> None:
    finding = judged.findings[0]
    spans = (Span("a.py", 1, 1, 1, 4), Span("a.py", 1, 2, 1, 2), Span("a.py", 1, 2, 1, 40), Span("unknown.py", 1, 1, 1, 3))
    report = replace(
        judged,
        findings=tuple(replace(finding, trace=Trace.at(span), related=()) for span in spans),
        excerpts={"a.py": Excerpt({1: "abcdef"}, {})},
    )
    assert [issue["primaryLocation"]["textRange"] for issue in sonar(report)["issues"]] == [
        {"startLine": 1, "endLine": 1, "startColumn": 0, "endColumn": 3},
        {"startLine": 1},
        {"startLine": 1},
        {"startLine": 1},
    ]


def test_hostile_text_is_valid(hostile: ScanReport) -> None:
    sonar(hostile)
    render_sonar(hostile).encode()
