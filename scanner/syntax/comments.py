"""The comments of a file: from its tree where there is a grammar, by lexical rules elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.ports.code_index import Comment
from scanner.syntax.positions import LineIndex
from scanner.syntax.query import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.syntax.parse import Parsed

_TYPES: Mapping[str, tuple[str, ...]] = {
    "javascript": ("comment", "html_comment"),
    "typescript": ("comment", "html_comment"),
    "tsx": ("comment", "html_comment"),
    "java": ("line_comment", "block_comment"),
    "rust": ("line_comment", "block_comment"),
    "kotlin": ("line_comment", "block_comment"),
}


def comment_types(language: str) -> tuple[str, ...]:
    """The node types that are comments in a language's grammar."""
    return _TYPES.get(language, ("comment",))


def comment_ranges(parsed: Parsed) -> list[tuple[int, int]]:
    """The comments of a parsed file as byte ranges in order, without the line end that some grammars count in."""
    ranges = sorted((node.start_byte, node.end_byte) for node in nodes_of(parsed, comment_types(parsed.language)))
    return [(start, start + len(parsed.data[start:end].rstrip(b"\r\n"))) for start, end in ranges]


def comments_at(path: str, data: bytes, ranges: Iterable[tuple[int, int]], markers: tuple[bytes, ...] = ()) -> tuple[Comment, ...]:
    """The comments at some ranges, which are in order; with `markers` (lower case), only those that contain one of them in any case."""
    held = list(ranges)
    if not held:
        return ()  # as in most files: their lines need not be counted
    lines = LineIndex(data)
    return tuple(
        Comment(lines.span(path, start, end), data[start:end].decode("utf-8", "replace"), trailing)
        for start, end, trailing in _with_trailing(data, lines, held)
        if not markers or any(marker in data[start:end].lower() for marker in markers)
    )


def _with_trailing(data: bytes, lines: LineIndex, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Say for each comment whether code stands before it on its line; another comment there is no code."""
    previous_end, after_code = 0, False
    for start, end in ranges:
        line_start = lines.line_start(start)
        if line_start >= previous_end:
            after_code = False
        after_code = after_code or bool(data[max(line_start, previous_end) : start].strip())
        yield start, end, after_code
        if lines.line_start(end) != line_start:
            after_code = False  # what follows a comment of several lines stands on a line that it opened
        previous_end = end
