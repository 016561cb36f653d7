"""How bad a confirmed weakness is where it stands: counted from what an attacker needs, not felt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scanner.core.rule import Severity
from scanner.core.verdict import Access, Needed

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.verdict import Preconditions

_ACCESS: Final = {Access.NETWORK: 0, Access.ADJACENT: 1, Access.LOCAL: 2}
_NEEDED: Final = {Needed.NONE: 0, Needed.SOME: 1, Needed.MUCH: 2}
_POINTS_PER_STEP: Final = 2
_MOST_STEPS: Final = 2


def settled(finding: Finding, said: Preconditions) -> Preconditions:
    """The preconditions with what the static engine knows better: data that a request brings comes from the network."""
    return replace(said, access=Access.NETWORK) if finding.trust is not None and finding.trust.sent else said


def severity_of(rule: Severity, preconditions: Preconditions) -> Severity:
    """The rule's severity, one step lower for each two things that an attack needs; two steps at most, and never to nothing.

    A thing is a point: adjacent access, any account, one click, one setting; local access, an administrator's account and the like are two.
    """
    points = (
        _ACCESS[preconditions.access]
        + _NEEDED[preconditions.authentication]
        + _NEEDED[preconditions.interaction]
        + _NEEDED[preconditions.configuration]
    )
    lowered = rule - min(points // _POINTS_PER_STEP, _MOST_STEPS)
    return Severity(min(rule, max(lowered, Severity.LOW)))
