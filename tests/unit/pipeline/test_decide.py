from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from scanner.core.decision import Decision, Grounds
from scanner.core.finding import Suppression, SuppressionKind
from scanner.core.location import Span
from scanner.pipeline.decide import apply_decisions, unmet

if TYPE_CHECKING:
    from scanner.core.finding import Finding

    from .conftest import MakeFinding, MakeRule

TODAY = date(2026, 11, 21)


def decision(mark: str, *, code: str = "code", expires: date | None = None) -> Decision:
    place = Span(".casemate/triage.yaml", 4, 1, 4, 1)
    return Decision(mark, "some-rule", "a.py", "f", "an internal tool", "ops", date(2026, 1, 2), code, expires, place)


def code_of(_: Finding) -> Grounds:
    return Grounds("code", "helpers")


def test_a_decision_silences_its_finding_with_its_words(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    found = make_finding(make_rule())
    judged, problems, met = apply_decisions([found], [decision(found.fingerprint)], code_of, TODAY)
    assert judged[0].suppression == Suppression(
        SuppressionKind.EXTERNAL, "an internal tool (ops, 2026-01-02)", Span(".casemate/triage.yaml", 4, 1, 4, 1)
    )
    assert not problems
    assert met == {found.fingerprint}


def test_other_code_opens_the_finding_again_and_says_so(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    found = make_finding(make_rule())
    judged, problems, _ = apply_decisions([found], [decision(found.fingerprint, code="older")], code_of, TODAY)
    assert judged[0].suppression is None
    assert "has changed" in problems[0].message
    assert not problems[0].incomplete


def test_a_decision_ends_on_its_day(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    found = make_finding(make_rule())
    for day, silent in ((date(2026, 11, 22), True), (TODAY, False), (date(2026, 11, 20), False)):
        judged, problems, _ = apply_decisions([found], [decision(found.fingerprint, expires=day)], code_of, TODAY)
        assert (judged[0].suppression is not None, not problems) == (silent, silent)


def test_the_code_is_only_asked_for_where_somebody_decided(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    asked: list[str] = []

    def remember(finding: Finding) -> Grounds:
        asked.append(finding.fingerprint)
        return Grounds("code")

    rule = make_rule()
    findings = [make_finding(rule, line) for line in (1, 2, 3)]
    apply_decisions(findings, [decision(findings[1].fingerprint)], remember, TODAY)
    assert asked == [findings[1].fingerprint]


def test_a_decision_about_nothing_is_told() -> None:
    assert [item.subject for item in unmet([decision("1"), decision("2")], frozenset({"1"}))] == [".casemate/triage.yaml:4"]


def test_helpers_have_a_say_only_where_both_scans_looked_at_them() -> None:
    old = decision("0" * 32)
    for then, now, holds in (("", "h", True), ("h", "", True), ("h", "h", True), ("h", "other", False), ("", "", True)):
        assert replace(old, helpers=then).holds(Grounds("code", now)) is holds
    assert not replace(old, helpers="h").holds(Grounds("other", "h"))
