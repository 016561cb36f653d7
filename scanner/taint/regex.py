"""Regular expressions as Python's own parser reads them: the trees that proofs about a pattern walk. Nothing is matched here."""

from __future__ import annotations

import re
import warnings
from typing import Any, Final

UNREADABLE: Final = (re.error, RecursionError, OverflowError)
"""What the parser raises for text that is no pattern, or one beyond its bounds."""


def parsed(pattern: str | bytes, flags: int = 0) -> Any:
    """The parse tree of a pattern, without the parser's warnings. Raises what is UNREADABLE."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re._parser.parse(pattern, flags)  # type: ignore[attr-defined]  # noqa: SLF001 -- the only parser that reads what `re` reads
