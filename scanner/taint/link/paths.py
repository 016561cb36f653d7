"""Access paths: where a reader meets what a writer left."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.taint.facts import KEYS, PATH_DEPTH, REACHED, REJECTED

if TYPE_CHECKING:
    from scanner.taint.facts import Path

ANY = "*"
_NO_ELEMENTS = frozenset({REACHED, REJECTED, KEYS})
MOST_GUESSES = 6  # on one way; what rests on more of them is not worth a look
MOST_LIBRARY_GUESSES = 3  # on one way from an exported function, whose callers are a guess themselves
MOST_RESTS = 48  # paths below one node that a search tells apart; data at further ones counts as the whole


@lru_cache(maxsize=1 << 16)
def remainder(given: Path, wanted: Path) -> Path | None:
    """What a reader of `wanted` finds of data that lies at `given`, as a path below what it reads; None when the two do not meet.

    Data at a whole covers every part of it (the remainder is empty); a reader of the whole finds the part below it.
    """
    for one, other in zip(given, wanted, strict=False):
        if one != other and (ANY not in (one, other) or not _NO_ELEMENTS.isdisjoint((one, other))):
            return None
    if len(wanted) > len(given) and REACHED in wanted[len(given) :]:
        return None  # how an object was reached is no part of it
    return given[len(wanted) :]


@lru_cache(maxsize=1 << 16)
def joined(*paths: Path) -> Path:
    """Paths after one another, cut to what facts tell apart."""
    return tuple(component for path in paths for component in path)[:PATH_DEPTH]


@lru_cache(maxsize=1 << 16)
def loose(given: Path, wanted: Path) -> int:
    """How much of a guess it is that a reader of `wanted` asks for the key under which data at `given` lies, where the two meet.

    What lies under a key that nobody knows is all that a reader of any key can mean (0), and one of many things that the reader of a certain key may
    mean (1). -1 where no such key is in it.
    """
    found = -1
    for one, other in zip(given, wanted, strict=False):
        if one == ANY:
            found = max(found, 1 if other[0] == "[" and not other[1:-1].isdigit() else 0)
    return found
