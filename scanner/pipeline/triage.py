"""The triage stage: findings go to the triager, and come back with their judgements; what it refutes is closed, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scanner.core.finding import State, Suppression, SuppressionKind
from scanner.core.usage import Usage
from scanner.core.verdict import Refuted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.finding import Finding
    from scanner.core.problem import Problem
    from scanner.core.verdict import Judgement
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot
    from scanner.ports.triager import Triager


@dataclass(frozen=True, slots=True)
class Triaged:
    """The findings, in the order they were given, with what the triager said."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    usage: Usage = field(default_factory=Usage)


def triage(triager: Triager, snapshot: Snapshot, findings: Sequence[Finding], observer: Observer) -> Triaged:
    """Ask about the findings that are open and, in a comparison, not known from before.

    A judgement never changes what a finding is. A refuted one stays in the report as suppressed, with the rationale for its reason.
    """
    asked = [finding for finding in findings if finding.suppression is None and finding.state not in {State.PERSISTING, State.MOVED}]
    if not asked:
        return Triaged(tuple(findings))
    said = triager.judge(snapshot, asked, observer)
    names = {finding.fingerprint for finding in asked}
    return Triaged(
        tuple(_judged(finding, said.judgements.get(finding.fingerprint)) if finding.fingerprint in names else finding for finding in findings),
        said.problems,
        said.usage,
    )


def _judged(finding: Finding, judgement: Judgement | None) -> Finding:
    if judgement is None:
        return finding
    verdict = judgement.verdict
    if isinstance(verdict, Refuted):
        reason = f"{verdict.reason.value}: {verdict.rationale}"
        return replace(finding, judgement=judgement, suppression=Suppression(SuppressionKind.EXTERNAL, reason))
    return replace(finding, judgement=judgement)
