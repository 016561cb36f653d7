"""Stores whose keys nobody knows: what is put there under some key, and who asks for which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.binding import THIS
from scanner.taint.link.heap import FEW_PLACES
from scanner.taint.link.trail import How

if TYPE_CHECKING:
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.trail import Trail

OTHER_KEY = 3  # guesses: that a caller of what all the program calls asks for the very key under which something was put
_Words = tuple[str, ...]
"""The texts that a call passes, in their order."""


class Keys:
    """Knows which functions bring whatever a program asks for by its key (`settings.get(path)`)."""

    def __init__(self, symbols: Symbols, calls: Calls) -> None:
        self._symbols = symbols
        self._calls = calls
        self._many: dict[int, bool] = {}
        self._named: dict[int, frozenset[_Words]] = {}

    def wanted(self, trail: Trail | None, function: int) -> frozenset[_Words] | None:
        """None where what a function returns is meant for its callers, else the words that say for which of them.

        What was stored under a key that nobody knows is found by all who ask for any key, and most of them ask for another one. A key that both ends
        name in their calls is known, whatever becomes of it on the way.
        """
        if not self._is_asked_by_many(function):
            return None
        while trail is not None and trail.how not in {How.HEAP, How.LOOSE}:
            trail = trail.before
        if trail is None or trail.how is How.HEAP:
            return None
        words: frozenset[_Words] = frozenset()
        while trail is not None:
            if trail.how is How.DOWN:
                words |= self._given(trail.other)
            trail = trail.before
        return words

    def names(self, call: int, wanted: frozenset[_Words]) -> bool:
        """Whether a call passes the same words as one of those, as far as both go."""
        words = self._words(call)
        return bool(words) and any(one[: len(words)] == words[: len(one)] for one in wanted)

    def _words(self, call: int) -> _Words:
        return tuple([value for _, value in self._calls.sites[call].constants if isinstance(value, str)])

    def _given(self, function: int) -> frozenset[_Words]:
        """The words that a function is called with beside something that is not known."""
        found = self._named.get(function)
        if found is None:
            given: set[_Words] = set()
            for call, _ in self._calls.callers.get(function, ()):
                site = self._calls.sites[call]
                known = dict(site.constants)
                if any(slot != "self" and slot not in known for slot in site.slots):
                    given.add(self._words(call))
            found = self._named[function] = frozenset(given - {()})
        return found

    def _is_asked_by_many(self, function: int) -> bool:
        """Whether a function is called all over the program, and told what is wanted."""
        found = self._many.get(function)
        if found is None:
            params = self._symbols.functions[function].params
            told = len(params) > (params[:1] == (THIS,) or self._symbols.owner(function) >= 0)
            found = self._many[function] = told and len(self._calls.callers.get(function, ())) > FEW_PLACES
        return found
