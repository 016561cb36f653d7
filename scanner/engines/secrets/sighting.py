"""What a check sees, and what it can say."""

from __future__ import annotations

import string
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re

_NAME_CHARACTERS: Final = string.ascii_letters + string.digits + "_.-"
_NAME_REACH: Final = 40
_LINE_REACH: Final = 200


class Opinion(IntEnum):
    """What a check makes of a match. The lowest opinion of all checks decides; `PROVEN` counts only when nobody says less than `FINE`."""

    REJECT = 0
    DOUBT = 1
    FINE = 2
    PROVEN = 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """A match of a rule's pattern in a text: `match.group("secret")` is the secret."""

    text: str
    match: re.Match[str]

    @property
    def secret(self) -> str:
        """The text that would be secret."""
        return self.match["secret"]

    @property
    def before(self) -> str:
        """What the name that the match begins with has in front of the match (`db_` of `db_password`)."""
        start = self.match.start()
        nearby = self.text[max(0, start - _NAME_REACH) : start]
        return nearby[len(nearby.rstrip(_NAME_CHARACTERS)) :]

    @property
    def line(self) -> str:
        """The line that the match starts in, up to the secret, at most its last 200 characters."""
        end = self.match.start("secret")
        start = max(0, end - _LINE_REACH)
        before = self.text[start:end]
        return before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]

    def group(self, name: str) -> str:
        """A named group of the match, empty when the pattern has no such group or it took no part."""
        return self.match.groupdict().get(name) or ""
