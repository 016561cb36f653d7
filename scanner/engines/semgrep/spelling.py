"""The texts that a simple regular expression matches: `^(read|write)File(Sync)?$` matches four."""

from __future__ import annotations

from itertools import product
from typing import Final

_MOST: Final = 200
_SPECIAL: Final = frozenset("^$.*+?{}[]|()\\")


def spelled(regex: str) -> tuple[str, ...]:
    """The texts, where the expression is made of letters, groups, alternatives and `?` between `^` and `$`; none where it is not, or has too many."""
    if not regex.startswith("^") or not regex.endswith("$") or regex.endswith("\\$"):
        return ()
    reading = _Reading(regex[1:-1])
    try:
        found = reading.alternatives()
    except _UnknownError:
        return ()
    return tuple(dict.fromkeys(found)) if reading.ended else ()


class _UnknownError(Exception):
    """Something else than what is read here."""


class _Reading:
    def __init__(self, regex: str) -> None:
        self._regex = regex
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at == len(self._regex)

    def alternatives(self) -> list[str]:
        found = self._sequence()
        while self._takes("|"):
            found.extend(self._sequence())
        return found

    def _sequence(self) -> list[str]:
        found = [""]
        while not self.ended and self._regex[self._at] not in "|)":
            item = self._item()
            if self._takes("?"):
                item = ["", *item]
            if len(found) * len(item) > _MOST:
                raise _UnknownError
            found = ["".join(pair) for pair in product(found, item)]
        return found

    def _item(self) -> list[str]:
        if self._takes("(?:") or self._takes("("):
            found = self.alternatives()
            if not self._takes(")"):
                raise _UnknownError
            return found
        if self._takes("\\"):
            if self.ended or self._regex[self._at].isalnum():
                raise _UnknownError  # a class of characters, a boundary
        elif self._regex[self._at] in _SPECIAL:
            raise _UnknownError
        self._at += 1
        return [self._regex[self._at - 1]]

    def _takes(self, text: str) -> bool:
        found = self._regex.startswith(text, self._at)
        self._at += len(text) * found
        return found
