from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.location import Location, Role, Span, Trace
from scanner.core.report import Excerpt
from scanner.core.rule import Severity
from scanner.reporters.sarif.profiles import TERMS, Automation, Limits, SarifProfile
from scanner.reporters.sarif.render import render_for

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

Render = Callable[..., dict[str, Any]]


def said(run: dict[str, Any]) -> list[str]:
    return [item["message"]["text"] for item in run["invocations"][0]["toolExecutionNotifications"]]


def crowd(report: ScanReport, count: int) -> ScanReport:
    """A report of many findings; every third is critical, and they come last."""
    finding = report.findings[0]
    critical = replace(finding, rule=replace(finding.rule, id="critical", severity=Severity.CRITICAL))
    mild = tuple(replace(finding, fingerprint=f"{number:064}") for number in range(count - count // 3))
    grave = tuple(replace(critical, fingerprint=f"c{number:063}") for number in range(count // 3))
    return replace(report, findings=(*mild, *grave))


def test_thirty_thousand_findings_become_the_twenty_five_thousand_most_severe(report: ScanReport, run_of: Render) -> None:
    run = run_of(crowd(report, 30_000))
    rules = [result["ruleId"] for result in run["results"]]
    assert Counter(rules) == {"critical": 10_000, "python-eval": 15_000}
    assert rules[:10_000] == ["critical"] * 10_000
    assert [result["partialFingerprints"]["casemateFinding/v1"] for result in run["results"][10_000:10_003]] == [f"{n:064}" for n in range(3)]
    assert said(run) == [
        "5,000 findings of the least severity are left out, to stay within what GitHub takes in one upload.",
        "GitHub shows the 5,000 most severe of these 25,000 results.",
    ]


def test_what_fits_keeps_the_order_of_the_report(report: ScanReport, run_of: Render) -> None:
    run = run_of(crowd(report, 30))
    assert [result["ruleId"] for result in run["results"]] == ["python-eval"] * 20 + ["critical"] * 10
    assert said(run) == []


def test_an_audit_gets_every_finding(report: ScanReport, run_of: Render) -> None:
    run = run_of(crowd(report, 5_001), SarifProfile.FULL)
    assert len(run["results"]) == 5_001
    assert said(run) == []


def test_a_long_flow_keeps_its_source_and_its_sink(finding: Finding, report: ScanReport, run_of: Render) -> None:
    steps = tuple(Location(Span("a.py", line, 1, line, 2), Role.STEP) for line in range(1, 1_502))
    long = replace(report, findings=(replace(finding, trace=Trace(steps)),))
    run = run_of(long)
    lines = [step["location"]["physicalLocation"]["region"]["startLine"] for step in run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert lines == [*range(1, 501), *range(1_002, 1_502)]
    assert said(run) == ["1 flow is shortened in the middle: GitHub takes 1,000 steps of a result."]
    assert len(run_of(long, SarifProfile.FULL)["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]) == 1_501


def test_related_places_keep_to_the_limit(finding: Finding, report: ScanReport, run_of: Render) -> None:
    related = tuple(Location(Span("a.py", line, 1, line, 2), Role.CONTEXT) for line in range(1, 200))
    run = run_of(replace(report, findings=(replace(finding, related=related),)))
    assert len(run["results"][0]["relatedLocations"]) == 100
    assert said(run) == ["1 result is shown without some related places: GitHub takes 100 of a result."]


def squeezed(report: ScanReport, size: int) -> tuple[dict[str, Any], int]:
    limits = Limits(results=25_000, shown=5_000, steps=1_000, locations=100, compressed_bytes=size)
    text = render_for(report, replace(TERMS[SarifProfile.GITHUB], limits=limits), Automation())
    return dict(json.loads(text)["runs"][0]), len(text)


@pytest.fixture(scope="module")
def bulky(report: ScanReport) -> ScanReport:
    """Findings on lines that do not compress."""
    lines = {number: f"eval({'-'.join(str(number * place * 7_919 % 104_729) for place in range(1, 60))})" for number in range(1, 301)}
    finding = report.findings[0]
    spots = tuple(replace(finding, fingerprint=f"{line * 7_919:064}", trace=Trace.at(Span("a.py", line, 1, line, 300))) for line in range(3, 298))
    low = replace(finding.rule, id="low", severity=Severity.LOW)
    return replace(report, findings=(*(replace(spot, rule=low) for spot in spots[:100]), *spots[100:]), excerpts={"a.py": Excerpt(lines, {})})


def sizes(run: dict[str, Any]) -> tuple[bool, bool, int]:
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return any("contextRegion" in place for place in places), any("snippet" in place["region"] for place in places), len(places)


def test_a_log_that_is_too_large_loses_context_then_code_then_the_least_severe_results(bulky: ScanReport) -> None:
    whole, length = squeezed(bulky, 10_000_000)
    assert sizes(whole) == (True, True, 295)
    assert said(whole) == []

    bare, _ = squeezed(bulky, 64_000)
    assert sizes(bare) == (False, True, 295)
    assert said(bare) == ["The lines around the results are left out, to stay below 0.064 MB once compressed."]

    barer, _ = squeezed(bulky, 16_000)
    assert sizes(barer) == (False, False, 295)
    assert said(barer) == ["The code at the results is left out, to stay below 0.016 MB once compressed."]

    fewer, shortest = squeezed(bulky, 6_000)
    context, code, count = sizes(fewer)
    assert (context, code) == (False, False)
    assert 0 < count < 295
    assert [result["ruleId"] for result in fewer["results"]] == sorted((result["ruleId"] for result in fewer["results"]), reverse=True)
    assert said(fewer)[0].startswith(f"{295 - count} findings of the least severity are left out")
    assert shortest < length


def test_a_log_without_results_is_written_however_small_the_limit(report: ScanReport) -> None:
    run, _ = squeezed(report, 10)
    assert run["results"] == []
    assert said(run)[0].startswith("1 finding of the least severity is left out")
