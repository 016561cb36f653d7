"""What the report says about findings, coverage and the verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Suppression, SuppressionKind
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate
from scanner.core.rule import Severity
from scanner.core.usage import Usage
from scanner.reporters.terminal.ink import TerminalStyle
from scanner.reporters.terminal.render import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.core.rule import Rule

    MakeRule = Callable[..., Rule]
    MakeFinding = Callable[..., Finding]
    MakeReport = Callable[..., ScanReport]

PLAIN = TerminalStyle(color=False, width=100)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[!-~]*\x1b\\")
NASTY = st.text(st.sampled_from("ab\x00\t\n\r\x1b[2J\x9b\u202e\u2066\u200b\u2028日🎉\u0301\ud800\udcff`*#-]()"), max_size=40)


def test_the_most_severe_findings_come_first(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    findings = [make_finding(make_rule(f"rule-{severity.label}", severity)) for severity in Severity]
    text = render_terminal(make_report(*findings), PLAIN)
    headings = re.findall(r"^── (\w+), 1 finding ─", text, re.MULTILINE)
    assert headings == ["Critical", "High", "Medium", "Low", "Info"]


def test_a_message_that_repeats_the_title_is_not_repeated(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    text = render_terminal(make_report(make_finding(make_rule(), message="a title.")), PLAIN)
    assert "a title." not in text


def test_a_message_may_have_lines_but_not_without_end(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    text = render_terminal(make_report(make_finding(make_rule(), message="word\n" * 1_000 + "end")), PLAIN)
    assert "\n  word\n  word\n" in text
    assert text.count("word") < 10


def test_a_clean_scan_says_what_was_looked_at(make_report: MakeReport) -> None:
    text = render_terminal(make_report(), PLAIN)
    assert text.startswith("No findings in 2 files (30 lines), 10 rules of 1 engine.\n")
    assert "no finding at or over high: exit 0" in text
    assert "complete" in text
    assert "Next" not in text


@pytest.mark.parametrize(
    ("coverage", "why"),
    [
        (Coverage(), "no engine ran"),
        (Coverage(engines=(EngineRun("taint", "1", 0, 10),)), "no file was left to look at"),
        (
            Coverage(files=3, lines=9, engines=(EngineRun("taint", "1", 0, 10), EngineRun("semgrep", "1", 3, 0))),
            "no engine had rules for any of the 3 files",
        ),
    ],
)
def test_a_scan_that_looked_at_nothing_is_not_called_clean(make_report: MakeReport, coverage: Coverage, why: str) -> None:
    report = make_report(coverage=coverage)
    text = render_terminal(report, PLAIN)
    assert text.startswith(f"Nothing was looked at: {why}")
    assert "No findings in" not in text
    assert "\x1b[32m" not in render_terminal(report, replace(PLAIN, color=True))


def test_an_incomplete_scan_says_so_first_in_its_summary(make_report: MakeReport) -> None:
    coverage = Coverage(
        files=2,
        lines=3,
        skipped=(SkippedPath("a.py", Skip.TIMEOUT), SkippedPath("vendor/", Skip.VENDORED)),
        engines=(EngineRun("semgrep", "1", 2, 4, complete=False, note="ran out of memory"),),
    )
    text = render_terminal(make_report(coverage=coverage, gate=Gate(Severity.HIGH, 0, ExitCode.INCOMPLETE)), PLAIN)
    summary = text[text.index("── Summary") :].split("\n")
    assert summary[2].startswith("  INCOMPLETE")
    assert "semgrep did not finish: ran out of memory" in text
    assert "1 path not looked at: a.py (timeout)" in text
    assert "Left out    1: 1 vendored" in text
    assert "incomplete scan, no finding at or over high: exit 4" in text
    assert "; complete" not in text


def test_a_problem_that_left_nothing_out_does_not_make_a_scan_incomplete(make_report: MakeReport) -> None:
    report = replace(make_report(), problems=(Problem(Stage.SUPPRESS, "a.py:1", "no reason", incomplete=False),))
    text = render_terminal(report, PLAIN)
    assert "- suppress  a.py:1: no reason" in text
    assert "INCOMPLETE" not in text


def test_problems_are_said_once_and_not_without_end(make_report: MakeReport) -> None:
    same = tuple(Problem(Stage.PARSE, f"{number}.py", "too deep") for number in range(50))
    others = tuple(Problem(Stage.DETECT, "semgrep", f"message {number}") for number in range(30))
    text = render_terminal(replace(make_report(), problems=(*same, *same, *others)), PLAIN)
    assert "── Problems, 80 " in text
    assert "! parse     0.py, 1.py, 2.py and 47 more: too deep" in text
    assert "and 23 more: -v shows them" in text
    assert "message 29" in render_terminal(replace(make_report(), problems=others), replace(PLAIN, verbosity=1))


@pytest.mark.parametrize(
    ("gate", "line"),
    [
        (Gate(None, 0, ExitCode.CLEAN), "no threshold, findings do not fail the scan: exit 0"),
        (Gate(Severity.HIGH, 1, ExitCode.FINDINGS), "1 finding at or over high: exit 1"),
        (Gate(Severity.HIGH, 2, ExitCode.FINDINGS), "2 findings at or over high: exit 1"),
        (Gate(Severity.CRITICAL, 2, ExitCode.FINDINGS), "2 findings at critical: exit 1"),
    ],
)
def test_the_decision_is_one_line(make_report: MakeReport, gate: Gate, line: str) -> None:
    assert f"  Gate        {line}\n" in render_terminal(make_report(gate=gate), PLAIN)


def test_whether_a_model_took_part_is_said(make_report: MakeReport) -> None:
    assert "none took part; the findings are the static engines' word" in render_terminal(make_report(), PLAIN)
    usage = Usage(calls=12, input_tokens=100, cache_read_tokens=300, output_tokens=50, cost_usd=Decimal("1.256"))
    assert "Model       $1.26, 12 calls, 400 tokens in (75% from the cache), 50 out" in render_terminal(
        replace(make_report(), triaged=True, usage=usage), PLAIN
    )
    assert "Model       $0.00, no calls" in render_terminal(replace(make_report(), triaged=True), PLAIN)


def test_suppressed_and_hidden_findings_are_counted_and_suppressed_ones_listed_on_demand(
    make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport
) -> None:
    silenced = replace(make_finding(make_rule(), 7), suppression=Suppression(SuppressionKind.IN_SOURCE, "checked by hand"))
    report = replace(make_report(silenced), hidden=1_400)
    text = render_terminal(report, PLAIN)
    assert "1 suppressed (-v lists them)" in text
    assert "1,400 below the severity or confidence asked for, not shown" in text
    assert "checked by hand" not in text
    assert "in the code: checked by hand" in render_terminal(report, replace(PLAIN, verbosity=1))


def test_a_long_flow_shows_its_ends_and_its_primary_step(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    steps = tuple(Location(Span("app.py", line, 1, line, 2), Role.STEP, f"note {line}") for line in range(1, 31))
    finding = replace(make_finding(make_rule()), trace=Trace(steps, 14))
    text = render_terminal(make_report(finding), PLAIN)
    assert re.findall(r"note (\d+)", text) == ["1", "2", "3", "4", "15", "27", "28", "29", "30"]
    assert "… 10 steps between" in text
    assert "… 11 steps between" in text
    assert render_terminal(make_report(finding), replace(PLAIN, verbosity=1)).count("note ") == 30


def test_a_step_without_a_note_leaves_no_gap(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    path = "/".join(["directory"] * 20) + "/file.py"
    steps = (Location(Span(path, 1, 1, 1, 2), Role.SOURCE), Location(Span(path, 2, 1, 2, 2), Role.SINK))
    text = render_terminal(make_report(replace(make_finding(make_rule()), trace=Trace(steps))), PLAIN)
    assert f"1 source   {path}:1:1\n    2 sink     {path}:2:1\n" in text


def test_engines_that_agree_are_named(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    finding = replace(make_finding(make_rule()), engines=("semgrep", "taint"))
    assert "semgrep and taint agree" in render_terminal(make_report(finding), PLAIN)


def test_a_place_is_never_cut(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    path = "/".join(["directory"] * 20) + "/file.py"
    finding = make_finding(make_rule(), span=Span(path, 3, 4, 3, 5))
    assert f"  {path}:3:4\n" in render_terminal(make_report(finding), replace(PLAIN, width=60))


def test_a_path_that_is_only_mentioned_loses_its_start(make_report: MakeReport) -> None:
    path = "/".join(["directory"] * 20) + "/file.py"
    text = render_terminal(make_report(coverage=Coverage(files=1, lines=1, partial=(path,))), PLAIN)
    assert re.search(r"1 file with syntax errors: …\S{30,46}/file\.py\n", text)


def test_only_links_that_are_plain_web_addresses_become_links(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    rule = replace(make_rule(), references=("https://example.org/a", "file:///etc/passwd", "https://example.org/\x1b]0;x\x07"))
    text = render_terminal(make_report(make_finding(rule)), TerminalStyle(color=False, width=100, links=True, verbosity=1))
    links = set(re.findall(r"\x1b]8;;([^\x1b]*)\x1b\\", text)) - {""}
    assert links == {"https://cwe.mitre.org/data/definitions/79.html", "https://example.org/a"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    texts=st.tuples(NASTY, NASTY, NASTY, NASTY, NASTY, NASTY),
    style=st.builds(
        TerminalStyle,
        color=st.booleans(),
        width=st.integers(min_value=1, max_value=160),
        links=st.booleans(),
        verbosity=st.integers(min_value=0, max_value=1),
        unicode=st.booleans(),
    ),
)
def test_no_text_from_outside_reaches_the_terminal_as_it_came(
    texts: tuple[str, str, str, str, str, str], style: TerminalStyle, make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport
) -> None:
    one, two, three, four, five, six = texts
    path = f"a/{one.replace('/', '')}x"
    here = Location(Span(path, 1, 2, 1, 6), Role.SOURCE, two)
    finding = replace(
        make_finding(make_rule(title=three, help=four, remediation=five), message=six),
        trace=Trace((here, replace(here, role=Role.SINK))),
        symbol=one,
        suspicion=two,
        engines=(three, four),
        related=(here,),
    )
    silenced = replace(finding, suppression=Suppression(SuppressionKind.EXTERNAL, five))
    report = replace(
        make_report(finding, finding, silenced),
        excerpts={path: Excerpt({1: six, 2: one}, {})},
        problems=(Problem(Stage.PARSE, one, two),),
        coverage=Coverage(
            files=1,
            lines=1,
            languages=((three, 1),),
            skipped=(SkippedPath(four, Skip.TIMEOUT),),
            partial=(five,),
            engines=(EngineRun(six, one, 1, 1, complete=False, note=two),),
        ),
    )
    text = render_terminal(report, style)
    bare = ESCAPES.sub("", text) if style.color or style.links else text
    assert all(char.isprintable() or char in "\n\u3000" for char in bare)
    assert style.unicode or bare.isascii()
    assert text.endswith("\n")
    assert all(line == line.rstrip(" ") for line in bare.split("\n"))
    assert render_terminal(report, style) == text
