"""Many findings stay readable, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scanner.core.finding import Finding
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.terminal.condense import FULL_IN_ALL, FULL_PER_RULE, arrange, listed_each
from scanner.reporters.terminal.ink import TerminalStyle
from scanner.reporters.terminal.render import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.core.report import ScanReport

RULES = tuple(
    Rule(f"rule-{number}", "taint", "A title", (79,), Severity(number % 5), Precision.HIGH, "A message", "Help.", "Remedy.", "0" * 64)
    for number in range(30)
)


def found(rule: Rule, line: int) -> Finding:
    return Finding(str(line), rule, "Something else", Trace.at(Span("app.py", line, 1, line, 2)), ("taint",), Precision.HIGH)


@given(st.lists(st.sampled_from(RULES), max_size=120), st.booleans())
def test_every_finding_is_shown_once_in_full_or_listed(rules: list[Rule], everything: bool) -> None:
    findings = [found(rule, line) for line, rule in enumerate(rules, start=1)]
    groups = arrange(findings, everything=everything)
    shown = [entry.finding for group in groups for entry in group.entries]
    listed = [finding for group in groups for listing in group.listings for finding in listing.findings]
    assert sorted(int(finding.fingerprint) for finding in (*shown, *listed)) == list(range(1, len(rules) + 1))
    assert sum(group.size for group in groups) == len(findings)
    assert [group.severity for group in groups] == sorted({rule.severity for rule in rules}, reverse=True)
    assert not (everything and listed)
    assert everything or len(shown) <= FULL_IN_ALL
    assert everything or all(sum(finding.rule is rule for finding in shown) <= FULL_PER_RULE for rule in RULES)


def test_the_first_of_each_rule_comes_before_the_second_of_any() -> None:
    findings = [found(rule, line) for rule in RULES[:FULL_IN_ALL] for line in (1, 2, 3)]
    entries = [entry for group in arrange(findings, everything=False) for entry in group.entries]
    assert {entry.finding.rule.id for entry in entries} == {rule.id for rule in RULES[:FULL_IN_ALL]}


def test_second_and_third_ones_come_from_other_sources_where_there_are() -> None:
    def flow(source: int, sink: int) -> Finding:
        steps = (Location(Span("app.py", source, 1, source, 2), Role.SOURCE, "from"), Location(Span("app.py", sink, 1, sink, 2), Role.SINK, "to"))
        return Finding(str(sink), RULES[0], "Something", Trace(steps, 1), ("taint",), Precision.HIGH)

    findings = [flow(1, 10), flow(1, 11), flow(1, 12), flow(2, 13), flow(1, 14)]
    (group,) = arrange(findings, everything=False)
    assert [entry.finding.fingerprint for entry in group.entries] == ["10", "11", "13"]
    assert [finding.fingerprint for finding in group.listings[0].findings] == ["12", "14"]


def test_a_rule_is_explained_once_and_later_findings_say_where(
    make_rule: Callable[..., Rule], make_finding: Callable[..., Finding], make_report: Callable[..., ScanReport]
) -> None:
    findings = [make_finding(make_rule(), line) for line in range(1, 41)]
    text = render_terminal(make_report(*findings), TerminalStyle(color=False, width=80))
    assert text.count("The help of some-rule.") == 1
    assert text.count("The remedy of some-rule.") == 1
    assert text.count("explained at #1") == FULL_PER_RULE  # the second, the third, and the list of the others
    assert "37 more of some-rule" in text
    assert "and 29 in 1 file: app.py (29)" in text
    assert text.count("\n") < 60


def test_verbosity_shows_every_finding_in_full(
    make_rule: Callable[..., Rule], make_finding: Callable[..., Finding], make_report: Callable[..., ScanReport]
) -> None:
    findings = [make_finding(make_rule(), line) for line in range(1, 41)]
    text = render_terminal(make_report(*findings), TerminalStyle(color=False, width=80, verbosity=1))
    assert text.count("HIGH  A title") == 40
    assert "more of" not in text
    assert text.count("The help of some-rule.") == 1


def test_a_quiet_report_explains_nothing(
    make_rule: Callable[..., Rule], make_finding: Callable[..., Finding], make_report: Callable[..., ScanReport]
) -> None:
    findings = [make_finding(make_rule(), line) for line in range(1, 41)]
    text = render_terminal(make_report(*findings), TerminalStyle(color=False, width=80, verbosity=-1))
    assert "37 more of some-rule\n" in text
    assert not any(word in text for word in ("The help of", "The remedy of", "explained", "Next"))


def test_one_more_than_is_listed_is_listed_too(
    make_rule: Callable[..., Rule], make_finding: Callable[..., Finding], make_report: Callable[..., ScanReport]
) -> None:
    findings = [make_finding(make_rule(), line) for line in range(1, FULL_PER_RULE + 8 + 2)]
    text = render_terminal(make_report(*findings), TerminalStyle(color=False, width=80))
    assert all(f"app.py:{line}:1" in text for line in range(1, len(findings) + 1))
    assert "and 1 in" not in text


def test_three_hundred_findings_of_many_rules_stay_short(make_report: Callable[..., ScanReport]) -> None:
    findings = [found(RULES[number % 30], number + 1) for number in range(300)]
    assert listed_each(arrange(findings, everything=False)) == 3
    text = render_terminal(make_report(*findings), TerminalStyle(color=False, width=80))
    assert text.count("\n") < 450
