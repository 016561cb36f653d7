"""The tokens of a stretch of code: what it says once comments and layout are taken away."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from scanner.syntax.comments import comment_types
from scanner.syntax.lexical import lexical_tokens
from scanner.syntax.parse import advance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import TreeCursor

    from scanner.syntax.parse import Parsed


def tree_tokens(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The leaves of the tree between two offsets, cut to them; text that no leaf covers (some grammars leave out parts of strings) counts as one."""
    result: list[str] = []
    position = start
    for low, high, comment in _leaves(parsed, start, end):
        for left, right in ((position, low), (max(low, start), min(high, end))):
            text = parsed.data[left:right].decode("utf-8", "replace").strip()
            if text and not (comment and right > low):
                result.append(text)
        position = max(position, min(high, end))
    rest = parsed.data[position:end].decode("utf-8", "replace").strip()
    return (*result, rest) if rest else tuple(result)


def plain_tokens(data: bytes, comments: Sequence[tuple[int, int]], start: int, end: int) -> tuple[str, ...]:
    """Words and signs between two offsets of a file without a grammar, whose comments are known as ranges in order."""
    parts: list[bytes] = []
    position = start
    index = bisect_right(comments, start, key=lambda item: item[1])  # the first comment that ends after the start
    while index < len(comments) and comments[index][0] < end:
        low, high = comments[index]
        parts.append(data[position : max(low, position)])
        position = min(high, end)
        index += 1
    parts.append(data[position:end])
    return tuple(token for part in parts for token in lexical_tokens(part.decode("utf-8", "replace")))


def _leaves(parsed: Parsed, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The leaves that share bytes with a stretch, as (start, end, is a comment), in order."""
    node = parsed.root.descendant_for_byte_range(start, end) or parsed.root
    comments = comment_types(parsed.language)
    cursor = node.walk()
    descending = True
    while descending or advance(cursor):
        leaf = cursor.node
        if leaf is None or leaf.start_byte >= end:
            return
        is_comment = leaf.type in comments
        overlaps = leaf.end_byte > start
        descending = overlaps and not is_comment and _descend(cursor, start)
        if overlaps and not descending:
            yield leaf.start_byte, leaf.end_byte, is_comment


def _descend(cursor: TreeCursor, start: int) -> bool:
    """Go to the first child that ends after `start`; stay at a leaf."""
    return cursor.goto_first_child_for_byte(start) is not None or cursor.goto_first_child()
