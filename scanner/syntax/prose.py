"""What of a file is prose and not code: comments, docstrings, and strings that stand alone as statements and do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.syntax.comments import comment_ranges
from scanner.syntax.query import matches, stray_query

if TYPE_CHECKING:
    from scanner.syntax.parse import Parsed


def prose_ranges(parsed: Parsed) -> list[tuple[int, int]]:
    """The prose of a parsed file as byte ranges in order; they may touch, and do not overlap."""
    query = stray_query(parsed.language)
    strays = [captures["stray"][0].byte_range for captures in matches(query, parsed)] if query is not None else []
    return sorted({*comment_ranges(parsed), *strays})
