from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.core.finding import State, Suppression, SuppressionKind
from scanner.core.verdict import Cause, Judgement, Reason, Refuted, Undecided
from scanner.pipeline.triage import triage
from scanner.ports.observer import SilentObserver
from scanner.ports.source import Snapshot
from scanner.ports.triager import Triage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.core.finding import Finding
    from scanner.ports.observer import Observer

    from .conftest import MakeFinding, MakeRule

NOWHERE = Snapshot(Path("/nowhere"), ())


class Says:
    """A triager that says what it was told to, and remembers what it was asked."""

    def __init__(self, judgements: Mapping[str, Judgement]) -> None:
        self.judgements = judgements
        self.asked: list[str] = []

    def judge(self, _: Snapshot, findings: Sequence[Finding], __: Observer) -> Triage:
        self.asked += [finding.fingerprint for finding in findings]
        return Triage(self.judgements)


def test_what_is_refuted_is_closed_with_its_reason_and_stays_in_the_report(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    found = make_finding(make_rule())
    verdict = Refuted("The column is one of three.", (), Reason.CONSTRAINED)
    told = triage(Says({found.fingerprint: Judgement(verdict)}), NOWHERE, [found], SilentObserver())
    assert told.findings[0].suppression == Suppression(SuppressionKind.EXTERNAL, "constrained: The column is one of three.")
    assert told.findings[0].judgement == Judgement(verdict)


def test_no_answer_closes_nothing(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    found = make_finding(make_rule())
    for cause in Cause:
        told = triage(Says({found.fingerprint: Judgement(Undecided(cause))}), NOWHERE, [found], SilentObserver())
        assert told.findings[0].suppression is None


def test_only_what_is_open_and_not_known_from_before_is_asked_about(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    rule = make_rule()
    silenced = replace(make_finding(rule, 1), suppression=Suppression(SuppressionKind.IN_SOURCE, "reviewed"))
    old, moved = replace(make_finding(rule, 2), state=State.PERSISTING), replace(make_finding(rule, 3), state=State.MOVED)
    new, unknown = replace(make_finding(rule, 4), state=State.NEW), replace(make_finding(rule, 5), state=State.UNKNOWN)
    triager = Says({})
    told = triage(triager, NOWHERE, [silenced, old, moved, new, unknown], SilentObserver())
    assert triager.asked == [new.fingerprint, unknown.fingerprint]
    assert told.findings == (silenced, old, moved, new, unknown)
