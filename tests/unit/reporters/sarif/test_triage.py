"""Verdicts, states and costs in SARIF."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.finding import State, Suppression, SuppressionKind
from scanner.core.location import Span
from scanner.core.rule import Severity
from scanner.core.usage import Usage
from scanner.core.verdict import (
    Access,
    Argument,
    Cause,
    Citation,
    Confirmed,
    Judgement,
    Needed,
    Part,
    Preconditions,
    Reason,
    Refuted,
    Undecided,
)
from scanner.reporters.json_read import read_report
from scanner.reporters.sarif.profiles import SarifProfile
from scanner.reporters.sarif.render import render_sarif

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

Render = Callable[..., dict[str, Any]]

GOLDEN = Path(__file__).parents[3] / "golden" / "reporters"
USAGE = Usage(calls=3, input_tokens=100, output_tokens=40, cache_write_tokens=50, cache_read_tokens=450, cost_usd=Decimal("0.0421"))
CITED = (Citation(Span("app files/a.py", 3, 1, 3, 10), "eval(text)", Part.SINK, "run as code"),)
CONFIRMED = Confirmed("Nothing checks it.", CITED, Severity.HIGH, Preconditions(Access.NETWORK, Needed.NONE, Needed.SOME, Needed.NONE))
REFUTED = Refuted("It is a constant.", CITED, Reason.CONSTRAINED)


def with_verdict(report: ScanReport, verdict: Confirmed | Refuted | Undecided) -> ScanReport:
    finding = replace(report.findings[0], judgement=Judgement(verdict, ("a-model",), USAGE))
    if isinstance(verdict, Refuted):
        finding = replace(finding, suppression=Suppression(SuppressionKind.EXTERNAL, verdict.rationale))
    return replace(report, findings=(finding,), triaged=True, usage=USAGE)


def test_a_confirmed_result_says_that_a_model_took_part_and_on_what_evidence(report: ScanReport, run_of: Render) -> None:
    properties = run_of(with_verdict(report, CONFIRMED))["results"][0]["properties"]
    assert properties["ai/origin"] == "annotated"
    assert properties["triage"] == {
        "verdict": "confirmed",
        "rationale": "Nothing checks it.",
        "citations": [
            {"part": "sink", "uri": "app%20files/a.py", "startLine": 3, "endLine": 3, "note": "run as code", "quote": "eval(text)"},
        ],
        "severity": "high",
        "preconditions": {"access": "network", "authentication": "none", "interaction": "some", "configuration": "none"},
        "models": ["a-model"],
        "cached": False,
        "usage": {
            "costUsd": 0.0421,
            "calls": 3,
            "inputTokens": 100,
            "outputTokens": 40,
            "cacheWriteTokens": 50,
            "cacheReadTokens": 450,
            "cacheReadShare": 0.75,
        },
    }


def test_the_run_says_what_triage_cost(report: ScanReport, run_of: Render) -> None:
    properties = run_of(with_verdict(report, CONFIRMED))["properties"]
    assert (properties["ai/origin"], properties["triaged"]) == ("annotated", True)
    assert (properties["usage"]["costUsd"], properties["usage"]["cacheReadShare"]) == (0.0421, 0.75)


def test_a_disputed_result_holds_both_sides(report: ScanReport, run_of: Render) -> None:
    sides = (Argument("confirmed", "It is reachable.", CITED), Argument("refuted", "It is not."))
    triage = run_of(with_verdict(report, Undecided(Cause.DISAGREEMENT, "One file is missing.", (), sides)))["results"][0]["properties"]["triage"]
    assert (triage["verdict"], triage["cause"]) == ("undecided", "disagreement")
    assert [(side["side"], side["rationale"], len(side["citations"])) for side in triage["arguments"]] == [
        ("confirmed", "It is reachable.", 1),
        ("refuted", "It is not.", 0),
    ]


def test_a_refuted_result_is_left_out_where_it_would_be_shown_as_open(report: ScanReport, run_of: Render) -> None:
    refuted = with_verdict(report, REFUTED)
    assert run_of(refuted)["results"] == []
    result = run_of(refuted, SarifProfile.FULL)["results"][0]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "It is a constant."}]
    assert (result["properties"]["triage"]["verdict"], result["properties"]["triage"]["reason"]) == ("refuted", "constrained")


def test_what_no_model_looked_at_bears_no_origin_and_is_counted_in_a_notification(report: ScanReport, run_of: Render) -> None:
    finding = report.findings[0]
    skipped = replace(finding, judgement=Judgement(Undecided(Cause.BUDGET)))
    run = run_of(replace(report, findings=(finding, skipped), triaged=True))
    assert all("ai/origin" not in result["properties"] and "triage" not in result["properties"] for result in run["results"])
    assert [item["message"]["text"] for item in run["invocations"][0]["toolExecutionNotifications"]] == [
        "No model looked at 2 of 2 open findings: 1 because the budget was used up."
    ]


def test_without_triage_nothing_speaks_of_models(report: ScanReport) -> None:
    assert not re.search(r"ai/origin|costUsd|baselineState|\"triage\"", render_sarif(report, SarifProfile.FULL))


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.NEW, "new"),
        (State.PERSISTING, "unchanged"),
        (State.MOVED, "updated"),
        (State.UNKNOWN, "new"),
        (None, "new"),
    ],
)
def test_compared_results_all_have_a_baseline_state(report: ScanReport, run_of: Render, state: State | None, word: str) -> None:
    compared = replace(report, findings=(replace(report.findings[0], state=state),), compared="main")
    result = run_of(compared)["results"][0]
    assert result["baselineState"] == word
    assert result["properties"].get("state") == (state.value if state else None)


def test_fixed_findings_are_absent_results_for_audits_and_left_out_where_they_would_be_shown_as_open(
    finding: Finding, report: ScanReport, run_of: Render, oasis: Callable[[object], None]
) -> None:
    gone = replace(finding, fingerprint="e" * 64, state=State.FIXED, rule=replace(finding.rule, id="an-old-rule"))
    unseen = replace(gone, fingerprint="d" * 64, state=State.UNKNOWN)
    compared = replace(report, compared="main", fixed=(gone, unseen))
    full = run_of(compared, SarifProfile.FULL)
    assert [result["baselineState"] for result in full["results"]] == ["new", "absent", "unchanged"]
    assert full["tool"]["driver"]["rules"][full["results"][1]["ruleIndex"]]["id"] == "an-old-rule"
    oasis({"version": "2.1.0", "runs": [full]})
    github = run_of(compared)
    assert len(github["results"]) == 1
    assert [item["message"]["text"] for item in github["invocations"][0]["toolExecutionNotifications"]] == [
        "1 fixed finding is left out: GitHub would show absent results as open.",
        "1 finding of the earlier scan, in files that were not looked at this time, is left out.",
    ]


@pytest.mark.parametrize("profile", SarifProfile)
def test_hostile_words_of_a_model_are_harmless_and_valid(run_of: Render, oasis: Callable[[object], None], profile: SarifProfile) -> None:
    run = run_of(runpy.run_path(str(GOLDEN / "hostile.py"))["hostile_report"](), profile)
    oasis({"version": "2.1.0", "runs": [run]})
    said = [result["properties"]["triage"]["rationale"] for result in run["results"] if "triage" in result["properties"]]
    assert said
    assert not any(re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e\ud800-\udfff]|\\]\\(", words) for words in said)


def test_thirty_thousand_judged_findings_stay_within_githubs_limits_and_defectdojos_identity(run_of: Render) -> None:
    judged = read_report((GOLDEN / "json" / "report.json").read_bytes().decode())
    run = run_of(runpy.run_path(str(GOLDEN / "hostile.py"))["many_findings"](judged, 30_000))
    results = run["results"]
    assert len(results) <= 25_000
    assert not any("suppressions" in result or result["baselineState"] == "absent" for result in results)
    assert all(re.fullmatch(r".+/v\d+|primaryLocationLineHash", key) for result in results for key in result["partialFingerprints"])
    joined = {"".join(sorted(result["partialFingerprints"].values())) for result in results}
    assert len(joined) == len(results)
    assert all(
        "physicalLocation" in step["location"]
        for result in results[:50]
        for flow in result.get("codeFlows", [])
        for thread in flow["threadFlows"]
        for step in thread["locations"]
    )
