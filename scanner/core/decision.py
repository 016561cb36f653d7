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
class Grounds:
    """Hashes of the code that a decision rests on: `code` of the files that the finding's path goes through, `helpers` of what those call in others.

    `helpers` is empty where the scan did not look at all of them: then nobody can tell.
    """

    code: str
    helpers: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word that a finding need not be shown, as long as the code it rests on stays the same and its day has not come.

    `code` and `helpers` are the hashes of that code (`scanner.pipeline.grounds`); `rule`, `path` and `symbol` say for readers what the fingerprint
    means; `place` is where the decision is written, None for one that is not written yet.
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
    helpers: str = ""

    def holds(self, now: Grounds) -> bool:
        """Whether the code is still the one that was judged. Helpers that one of the two scans did not look at have no say."""
        return self.code == now.code and (not self.helpers or not now.helpers or self.helpers == now.helpers)
