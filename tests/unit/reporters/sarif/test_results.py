from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.finding import Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.report import Excerpt
from scanner.core.rule import Precision, Severity
from scanner.reporters.sarif.profiles import SarifProfile

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.core.rule import Rule

Render = Callable[..., dict[str, Any]]

LINES = {1: "import os", 2: "", 3: "    eval(text)", 4: "    # 😀 done", 5: ""}


def shown(report: ScanReport, **changes: Any) -> ScanReport:
    """The report with its one finding changed, and with the lines of its file."""
    excerpts = {"app.py": Excerpt(LINES, {3: "abc123:1"})}
    return replace(report, findings=(replace(report.findings[0], **changes),), excerpts=excerpts)


def spot(result: dict[str, Any]) -> dict[str, Any]:
    return dict(result["locations"][0]["physicalLocation"])


def test_a_result_says_everything_that_a_service_reads(report: ScanReport, run_of: Render) -> None:
    run = run_of(shown(report, symbol="Shop.checkout", trust=Trust.REMOTE, suspicion="Nothing checks it"))
    assert run["results"] == [
        {
            "ruleId": "python-eval",
            "ruleIndex": 0,
            "kind": "fail",
            "level": "error",
            "message": {"text": "Text is run as code."},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "app.py", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9, "snippet": {"text": "eval"}},
                        "contextRegion": {
                            "startLine": 1,
                            "endLine": 4,
                            "snippet": {"text": "import os\n\n    eval(text)\n    # 😀 done"},
                        },
                    },
                    "logicalLocations": [{"name": "checkout", "fullyQualifiedName": "Shop.checkout"}],
                }
            ],
            "partialFingerprints": {"primaryLocationLineHash": "abc123:1", "casemateFinding/v1": "f" * 64},
            "properties": {
                "cwe": "CWE-95",
                "severity": "high",
                "confidence": "medium",
                "engines": ["semgrep"],
                "trust": "remote",
                "suspicion": "Nothing checks it",
                "symbol": "Shop.checkout",
            },
        }
    ]


def test_a_level_equal_to_the_default_of_sarif_is_written_nevertheless(rule: Rule, report: ScanReport, run_of: Render) -> None:
    medium = replace(rule, severity=Severity.MEDIUM)
    run = run_of(replace(shown(report, rule=medium), rules=(medium,)))
    assert run["results"][0]["level"] == "warning"
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"] == "warning"


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "note"),
        (Severity.INFO, "note"),
    ],
)
def test_the_level_follows_from_the_severity_of_the_rule(severity: Severity, level: str, rule: Rule, report: ScanReport, run_of: Render) -> None:
    changed = replace(rule, severity=severity)
    run = run_of(replace(shown(report, rule=changed), rules=(changed,)))
    assert run["results"][0]["level"] == run["tool"]["driver"]["rules"][0]["defaultConfiguration"]["level"] == level


def test_a_span_of_several_lines_is_shown_on_its_first_and_told_in_full(report: ScanReport, run_of: Render) -> None:
    result = run_of(shown(report, trace=Trace.at(Span("app.py", 3, 5, 4, 8))))["results"][0]
    assert spot(result)["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 15, "snippet": {"text": "eval(text)"}}
    assert result["properties"]["extent"] == {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 8}


def test_a_span_of_several_lines_in_unknown_code_keeps_four_numbers(report: ScanReport, run_of: Render) -> None:
    result = run_of(shown(report, trace=Trace.at(Span("other.py", 3, 5, 9, 1))))["results"][0]
    assert spot(result)["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 5}
    assert "contextRegion" not in spot(result)
    assert list(result["partialFingerprints"]) == ["casemateFinding/v1"]


def test_columns_behind_an_emoji_cut_the_snippet_where_the_code_is(report: ScanReport, run_of: Render) -> None:
    result = run_of(shown(report, trace=Trace.at(Span("app.py", 4, 10, 4, 14))))["results"][0]
    assert spot(result)["region"]["snippet"] == {"text": "done"}


def test_a_line_that_nobody_reads_is_not_quoted(report: ScanReport, run_of: Render) -> None:
    packed = {1: "short", 2: "x" * 100_000, 3: "short"}
    result = run_of(replace(shown(report, trace=Trace.at(Span("app.py", 2, 500, 2, 600))), excerpts={"app.py": Excerpt(packed, {})}))["results"][0]
    assert spot(result)["region"] == {"startLine": 2, "startColumn": 500, "endLine": 2, "endColumn": 600}
    assert "contextRegion" not in spot(result)


def test_a_file_of_one_line_has_no_context(report: ScanReport, run_of: Render) -> None:
    result = run_of(replace(shown(report, trace=Trace.at(Span("app.py", 1, 1, 1, 5))), excerpts={"app.py": Excerpt({1: "eval(x)"}, {})}))["results"][
        0
    ]
    assert spot(result)["region"]["snippet"] == {"text": "eval"}
    assert "contextRegion" not in spot(result)


def test_a_flow_is_told_step_by_step_with_a_place_for_each(report: ScanReport, run_of: Render) -> None:
    trace = Trace(
        (
            Location(Span("a.py", 1, 1, 1, 2), Role.SOURCE, "a header"),
            Location(Span("b.py", 2, 1, 2, 2), Role.STEP),
            Location(Span("app.py", 3, 5, 3, 9), Role.SINK, "run as code"),
        )
    )
    result = run_of(shown(report, trace=trace))["results"][0]
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [(step["executionOrder"], step["importance"], step["properties"]["role"]) for step in steps] == [
        (1, "essential", "source"),
        (2, "important", "step"),
        (3, "essential", "sink"),
    ]
    assert [step["location"]["message"]["text"] for step in steps] == ["a header", "step", "run as code"]
    assert [step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in steps] == ["a.py", "b.py", "app.py"]
    assert spot(result)["artifactLocation"]["uri"] == "app.py"


def test_a_finding_without_a_flow_has_no_code_flow(report: ScanReport, run_of: Render) -> None:
    assert "codeFlows" not in run_of(shown(report))["results"][0]


def test_related_places_are_numbered_from_one(report: ScanReport, run_of: Render) -> None:
    related = (Location(Span("a.py", 1, 1, 1, 2), Role.CONTEXT, "opened here"), Location(Span("a.py", 1, 1, 1, 2), Role.CONTEXT, "opened here"))
    result = run_of(shown(report, related=related))["results"][0]
    assert [location["id"] for location in result["relatedLocations"]] == [1, 2]


def test_a_message_is_one_sentence_without_links_or_placeholders(report: ScanReport, run_of: Render) -> None:
    result = run_of(shown(report, message="Text\n is {0}  [here](https://evil.example)"))["results"][0]
    assert result["message"]["text"] == "Text is { 0 } [here] (https://evil.example)."


@pytest.mark.parametrize("message", ["Is it?", "It is!", "It is."])
def test_a_sentence_that_ends_gets_no_second_full_stop(message: str, report: ScanReport, run_of: Render) -> None:
    assert run_of(shown(report, message=message))["results"][0]["message"]["text"] == message


def test_a_message_without_end_is_cut(report: ScanReport, run_of: Render) -> None:
    text = run_of(shown(report, message="x" * 10_000))["results"][0]["message"]["text"]
    assert len(text) <= 1_000
    assert text.endswith("…")


@pytest.mark.parametrize("profile", [SarifProfile.GITHUB, SarifProfile.ADO])
def test_what_somebody_suppressed_is_not_uploaded_and_that_is_said(
    profile: SarifProfile, finding: Finding, report: ScanReport, run_of: Render
) -> None:
    silent = replace(finding, suppression=Suppression(SuppressionKind.EXTERNAL, "known"))
    run = run_of(replace(report, findings=(finding, silent)), profile)
    assert len(run["results"]) == 1
    assert "suppressions" not in run["results"][0]
    said = [item["message"]["text"] for item in run["invocations"][0]["toolExecutionNotifications"]]
    assert any(text.startswith("1 suppressed finding is left out") for text in said)


def test_an_audit_sees_who_suppressed_what_and_why(finding: Finding, report: ScanReport, run_of: Render) -> None:
    decision = Suppression(SuppressionKind.IN_SOURCE, "a test\nkey", Span("app.py", 3, 11, 3, 20))
    run = run_of(replace(report, findings=(finding, replace(finding, suppression=decision))), SarifProfile.FULL)
    assert run["results"][0]["suppressions"] == []
    suppression = run["results"][1]["suppressions"][0]
    assert (suppression["kind"], suppression["status"], suppression["justification"]) == ("inSource", "accepted", "a test key")
    assert suppression["location"]["physicalLocation"]["region"]["startColumn"] == 11
    assert "state" not in suppression


def test_suppressed_results_are_all_that_an_audit_has_and_an_upload_has_not(finding: Finding, report: ScanReport, run_of: Render) -> None:
    silent = replace(finding, suppression=Suppression(SuppressionKind.EXTERNAL, "known"))
    runs = [run_of(replace(report, findings=(finding, silent)), profile) for profile in (SarifProfile.FULL, SarifProfile.GITHUB)]
    audit, upload = ([item for item in run["results"] if not item.get("suppressions")] for run in runs)
    assert [{key: value for key, value in item.items() if key != "suppressions"} for item in audit] == upload


def test_other_rules_and_confidence_stand_in_the_properties(rule: Rule, report: ScanReport, run_of: Render) -> None:
    properties = run_of(shown(report, also=(replace(rule, id="b-eval"),), confidence=Precision.VERY_HIGH, engines=("a", "b")))["results"][0][
        "properties"
    ]
    assert properties["alsoRules"] == ["b-eval"]
    assert properties["confidence"] == "very-high"
    assert properties["engines"] == ["a", "b"]
