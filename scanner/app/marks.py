"""How a person names a finding: by its fingerprint, or the beginning of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.finding import Finding

SHORTEST: Final = 6  # hexadecimal digits that name a finding
_SHOWN: Final = 5
_LONG: Final = 12
_DIGITS: Final = frozenset("0123456789abcdef")
_WHERE: Final = "`casemate scan -v` shows the fingerprints"


def mark_of(text: str) -> str:
    """The beginning of a fingerprint in what a person wrote. Raises UsageError for what is too short to be one, or holds other characters."""
    mark = text.strip().lower()
    if len(mark) < SHORTEST or not set(mark) <= _DIGITS:
        msg = f"{text!r} does not name a finding"
        raise UsageError(msg, f"give at least {SHORTEST} digits of its fingerprint; {_WHERE}")
    return mark


def finding_named(text: str, findings: Sequence[Finding]) -> Finding:
    """The one finding that a person named. Raises UsageError where there is none, or more than one, or no name."""
    mark = mark_of(text)
    found = [finding for finding in findings if finding.fingerprint.startswith(mark)]
    if not found:
        msg = f"no finding's fingerprint begins with {mark}"
        raise UsageError(msg, f"{_WHERE}; scan the same paths as then")
    if len(found) > 1:
        places = ", ".join(f"{item.fingerprint[:_LONG]} ({item.place.path}:{item.place.start_line})" for item in found[:_SHOWN])
        msg = f"{len(found)} findings' fingerprints begin with {mark}"
        raise UsageError(msg, f"give more digits: {places}")
    return found[0]
