"""What people decided about findings, and keep in a file beside the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from scanner.core.location import Span

DECISIONS_FILE: Final = ".casemate/triage.yaml"
"""Where they are kept, below the root of a scan."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word that a finding need not be shown, as long as the code it rests on stays the same and its day has not come.

    `code` is the hash of that code (`scanner.pipeline.identity.relied_on`); `rule`, `path` and `symbol` say for readers what the fingerprint means;
    `place` is where the decision is written, None for one that is not written yet.
    """

    fingerprint: str
    rule: str
    path: str
    symbol: str
    reason: str
    owner: str
    decided: date
    code: str
    expires: date | None = None
    place: Span | None = None
