"""Rank: most pressing first, so that whoever has five minutes reads the right five findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.finding import Finding
    from scanner.core.location import Span

_TRUST_ORDER = {trust: position for position, trust in enumerate(Trust)}


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Active before suppressed; then by severity, confidence, who controls the data, and place."""
    return tuple(sorted(findings, key=_pressing))


def _pressing(finding: Finding) -> tuple[bool, int, int, int, Span, str]:
    trust = len(_TRUST_ORDER) if finding.trust is None else _TRUST_ORDER[finding.trust]
    return (finding.suppression is not None, -finding.severity, -finding.confidence, trust, finding.place, finding.rule.id)
