"""What the terminal says of verdicts and comparisons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.core.finding import State, Suppression, SuppressionKind
from scanner.core.location import Span
from scanner.core.rule import Severity
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
from scanner.reporters.terminal.ink import TerminalStyle
from scanner.reporters.terminal.render import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.core.rule import Rule
    from scanner.core.verdict import Verdict

    MakeRule = Callable[..., Rule]
    MakeFinding = Callable[..., Finding]
    MakeReport = Callable[..., ScanReport]

PLAIN = TerminalStyle(color=False, width=100)
SPOT = Span("app.py", 1, 1, 1, 5)
BY_LINE = Citation(SPOT, "eval(text)", Part.SINK, "no check before it")
OPEN_TO_ALL = Preconditions(Access.NETWORK, Needed.NONE, Needed.NONE, Needed.NONE)


def judged(finding: Finding, verdict: Verdict) -> Finding:
    return replace(finding, judgement=Judgement(verdict))


def test_a_confirmed_finding_says_why_and_what_an_attack_takes(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    finding = judged(make_finding(make_rule()), Confirmed("Nothing checks it.", (BY_LINE,), Severity.HIGH, OPEN_TO_ALL))
    text = render_terminal(replace(make_report(finding), triaged=True), PLAIN)
    assert "  Verdict  confirmed  high; over the network, no account, no help from a user, the default settings\n    Nothing checks it.\n" in text
    assert "    app.py:1  where it does harm: no check before it\n" in text
    assert "  Verdicts    1 confirmed\n" in text


def test_where_two_sides_differ_both_are_heard(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    sides = (Argument("confirmed", "It is reachable.", (BY_LINE,)), Argument("refuted", "It is not."))
    finding = judged(make_finding(make_rule()), Undecided(Cause.DISAGREEMENT, "The route is not in this file.", (), sides))
    text = render_terminal(replace(make_report(finding), triaged=True), PLAIN)
    assert "Verdict  undecided  two sides came to different answers" in text
    assert "    One side: confirmed\n      It is reachable.\n      app.py:1  where it does harm" in text
    assert "    One side: refuted\n      It is not.\n" in text


def test_what_no_model_looked_at_is_counted_with_the_reasons(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    rule = make_rule()
    findings = (make_finding(rule, 1), *(judged(make_finding(rule, line), Undecided(Cause.BUDGET)) for line in (2, 3)))
    text = render_terminal(replace(make_report(*findings), triaged=True), PLAIN)
    assert "  Verdicts    none\n              3 of 3 open findings not looked at by a model: 2 because the budget was used up\n" in text
    assert "Verdict  " not in text


def test_a_refuted_finding_is_among_the_suppressed_with_the_reason(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    refuted = judged(make_finding(make_rule()), Refuted("It is a cache key.", (BY_LINE,), Reason.SAFE_INTERFACE))
    silenced = replace(refuted, suppression=Suppression(SuppressionKind.EXTERNAL, "It is a cache key."))
    text = render_terminal(replace(make_report(silenced), triaged=True), TerminalStyle(color=False, width=100, verbosity=1))
    assert "refuted, what it reaches does not interpret the data: It is a cache key." in text
    assert "  Verdicts    1 refuted\n" in text


def test_a_comparison_counts_what_is_new_and_what_is_gone(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    rule = make_rule()
    here = tuple(replace(make_finding(rule, line), state=state) for line, state in ((1, State.NEW), (2, State.PERSISTING), (3, State.PERSISTING)))
    gone = replace(make_finding(rule, 40), state=State.FIXED)
    report = replace(make_report(*here), compared="0123456789abcdef0123456789abcdef01234567", fixed=(gone,))
    text = render_terminal(report, PLAIN)
    assert "  Findings    new: 1 high\n              from before: 2 high\n" in text
    assert "  Compared    1 new, 2 persisting, 1 fixed; with 0123456789ab (-v lists what is gone)\n" in text
    assert "confidence high · new\n" in text
    assert "app.py:40" not in text
    assert "── Fixed, 1 finding of 0123456789ab ─" in render_terminal(report, TerminalStyle(color=False, width=100, verbosity=1))


def test_without_triage_and_comparison_nothing_is_said_of_them(make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport) -> None:
    text = render_terminal(make_report(make_finding(make_rule())), PLAIN)
    assert "Compared" not in text
    assert "Verdict" not in text


def test_a_change_that_brings_nothing_says_so_first_and_asks_for_nothing(
    make_rule: MakeRule, make_finding: MakeFinding, make_report: MakeReport
) -> None:
    report = replace(make_report(replace(make_finding(make_rule()), state=State.PERSISTING)), compared="main")
    text = render_terminal(report, PLAIN)
    assert text.startswith("Nothing new in ")
    assert "  Findings    new: none\n              from before: 1 high\n" in text
    assert "to accept one" not in text
