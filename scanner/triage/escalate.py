"""Which findings are asked about, and in which order: severity x reachability x uncertainty, so that a small budget is spent where it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.finding import Trust
from scanner.core.rule import Precision, Severity
from scanner.triage.settings import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.finding import Finding
    from scanner.core.location import Span

# Whole numbers, so that the order is the same on every machine. They rank; they measure nothing.
_SEVERITY: Final = {Severity.INFO: 0, Severity.LOW: 1, Severity.MEDIUM: 3, Severity.HIGH: 8, Severity.CRITICAL: 16}
_REACH: Final = {
    Trust.REMOTE: 10,
    Trust.AUTHENTICATED: 8,
    Trust.CONTENT: 7,
    Trust.STORED: 6,
    Trust.LIBRARY: 4,
    Trust.LOCAL: 2,
}
_UNKNOWN_REACH: Final = 5
# A finding that is nearly surely true needs no judge as much as one that may be either; one that is rarely true is rarely worth the money.
_DOUBT: Final = {Precision.LOW: 5, Precision.MEDIUM: 10, Precision.HIGH: 8, Precision.VERY_HIGH: 4}
_SUSPICIOUS: Final = 30


def weight(finding: Finding) -> int:
    """How much a finding is worth asking about."""
    reach = _UNKNOWN_REACH if finding.trust is None else _REACH[finding.trust]
    return _SEVERITY[finding.severity] * reach * _DOUBT[finding.confidence]


def is_suspicious(finding: Finding, mode: Mode) -> bool:
    """Whether the mode asks about a finding at all. What somebody suppressed is nobody's question."""
    return finding.suppression is None and (mode is Mode.ALL or weight(finding) >= _SUSPICIOUS)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Weightiest first; among equals those of one file side by side, so that they share cached prompts."""
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[int, str, Span, str]:
    return -weight(finding), finding.rule.id, finding.place, finding.fingerprint
