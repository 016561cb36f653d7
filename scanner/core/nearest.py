"""What somebody may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """The known words most like one that is not known, the likest first; none where none is as like as `cutoff` (0 to 1)."""
    import difflib  # noqa: PLC0415 -- start-up: for mistakes only

    return difflib.get_close_matches(word, list(known), most, cutoff)
