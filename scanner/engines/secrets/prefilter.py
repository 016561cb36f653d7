"""One pass over a file's bytes that says where the keywords of all rules stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Characters of lower-cased source text, most common first, counted over Python, JavaScript and their documentation (Django, Flask, requests,
# aws-sdk and others, each weighing the same). Whatever is not here is rarer than any of these.
_COMMON_FIRST: Final = " etasroin\nlcd\"pumfh,._g0b:y()vw=-k12/x*3`4q{}56'978j[];z#>|%"


class Prefilter:
    """Finds many literals in one pass, in time that is linear in the text.

    Python's `re` tries an alternation at every character that can begin one of its words, and the letters that begin words are the common ones.
    So each keyword is looked for at one of its rare characters instead, its anchor, and its other characters are compared around it: the pass
    skips over everything else. The pattern consumes the anchor only, so that keywords that overlap are all seen.
    """

    def __init__(self, keywords: Sequence[str]) -> None:
        """`keywords` are lower-case ASCII."""
        anchors = _anchors(keywords)
        entries: dict[bytes, list[tuple[bytes, int, int]]] = {}
        for number, keyword in enumerate(keywords):
            shift = keyword.index(_rarest(keyword, anchors))
            literal = keyword.encode("ascii")
            entries.setdefault(literal[shift : shift + 2], []).append((literal, shift, number))
        # By the anchor and the character behind it, or the anchor alone where the keyword ends with it.
        self._entries: Final = {key: tuple(items) for key, items in entries.items()}
        self._pattern: Final = _pattern(self._entries)

    def hits(self, folded: bytes) -> Iterator[tuple[int, int]]:
        """Where a keyword starts and its number, for each keyword in the lower-cased text, in the order of their anchors."""
        starts_with, entries = folded.startswith, self._entries
        for match in self._pattern.finditer(folded):
            position = match.start()
            pair = folded[position : position + 2]
            for literal, shift, number in (*entries.get(pair[:1], ()), *(entries.get(pair, ()) if len(pair) > 1 else ())):
                if starts_with(literal, position - shift):
                    yield position - shift, number


def _anchors(keywords: Sequence[str]) -> frozenset[str]:
    """Characters of which each keyword has one: the rarest of each, without the common ones that the others make needless."""
    anchors = {_rarest(keyword, None) for keyword in keywords}
    for char in sorted(anchors, key=lambda char: (_rank(char), char)):
        others = anchors - {char}
        if all(others.intersection(keyword) for keyword in keywords):
            anchors = others
    return frozenset(anchors)


def _rarest(keyword: str, among: frozenset[str] | None) -> str:
    return max((char for char in keyword if among is None or char in among), key=_rank)


def _rank(char: str) -> int:
    position = _COMMON_FIRST.find(char)
    return len(_COMMON_FIRST) if position < 0 else position


def _pattern(entries: Mapping[bytes, Sequence[tuple[bytes, int, int]]]) -> re.Pattern[bytes]:
    """Every anchor, with a look at the next character first: that settles nearly all cases without looking back."""
    branches: dict[bytes, list[bytes]] = {}
    for key, items in sorted(entries.items(), reverse=True):
        around = sorted({_around(literal, shift) for literal, shift, _ in items})
        branches.setdefault(key[:1], []).append(re.escape(key[1:]) + b"(?:" + b"|".join(around) + b")")
    return re.compile(b"|".join(re.escape(anchor) + b"(?=" + b"|".join(nexts) + b")" for anchor, nexts in branches.items()) or b"(?!)")


def _around(literal: bytes, shift: int) -> bytes:
    """What stands before the character behind the anchor, up to there, and what follows it."""
    before = b"(?<=" + re.escape(literal[: shift + 2]) + b")" if shift else b""
    return before + re.escape(literal[shift + 2 :])
