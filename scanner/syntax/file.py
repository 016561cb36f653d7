"""One file of a scanned tree, and what has been asked about it so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from scanner.syntax.comments import comment_ranges, comments_at
from scanner.syntax.lexical import lexical_comments
from scanner.syntax.outline import outline
from scanner.syntax.positions import LineIndex
from scanner.syntax.prose import prose_ranges
from scanner.syntax.statements import line_tokens, statement_tokens
from scanner.syntax.symbols import FileSymbols, enclosing
from scanner.syntax.tokens import plain_tokens, tree_tokens
from scanner.syntax.uses import file_symbols

if TYPE_CHECKING:
    from scanner.core.location import Span
    from scanner.ports.code_index import Comment
    from scanner.syntax.parse import Parsed
    from scanner.syntax.symbols import Definition


@dataclass(frozen=True)
class SourceText:
    """A file with its tree, where it has one; without slots, because it keeps its answers."""

    path: str
    language: str
    data: bytes
    parsed: Parsed | None

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, as hexadecimal digits."""
        return sha256(self.data).hexdigest()

    @cached_property
    def lines(self) -> LineIndex:
        """Its lines."""
        return LineIndex(self.data)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """What it defines, in order."""
        return outline(self.path, self.parsed, self.lines).definitions if self.parsed else ()

    def around(self, line: int, column: int) -> Definition | None:
        """The innermost definition around a place."""
        if self.parsed is None or "definitions" in self.__dict__:
            return enclosing(self.definitions, line, column)
        # Most files are asked for one place or two: their other definitions need not be looked for.
        return enclosing(outline(self.path, self.parsed, self.lines, self.lines.offset(line, column)).definitions, line, column)

    @cached_property
    def comment_ranges(self) -> list[tuple[int, int]]:
        """Where its comments stand, as offsets."""
        return comment_ranges(self.parsed) if self.parsed else lexical_comments(self.language, self.data)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Its comments, in order."""
        return comments_at(self.path, self.data, self.comment_ranges)

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """What of it is no code: comments, docstrings, strings that stand alone."""
        ranges = prose_ranges(self.parsed) if self.parsed else self.comment_ranges
        return tuple(self.lines.span(self.path, start, end) for start, end in ranges)

    @cached_property
    def symbols(self) -> FileSymbols:
        """Its whole symbol index; comments only where there is no tree."""
        return file_symbols(self.path, self.parsed) if self.parsed else FileSymbols(self.path, self.language, comments=self.comments)

    @cached_property
    def spelled(self) -> list[tuple[int, int, str]]:
        """Every place where a name is spelled, as line, column and name, in order."""
        return sorted((line, column, name) for name, places in self.symbols.identifiers.items() for line, column, _ in places)

    @cached_property
    def every_token(self) -> tuple[str, ...]:
        """All its tokens."""
        end = len(self.data)
        return tree_tokens(self.parsed, 0, end) if self.parsed else plain_tokens(self.data, self.comment_ranges, 0, end)

    def tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens within a span."""
        start = self.lines.offset(span.start_line, span.start_column)
        end = self.lines.offset(span.end_line, span.end_column)
        return tree_tokens(self.parsed, start, end) if self.parsed else plain_tokens(self.data, self.comment_ranges, start, end)

    def statement(self, span: Span) -> tuple[str, ...]:
        """The tokens of the statement around a span's start, of the line where there is no tree."""
        start = self.lines.offset(span.start_line, span.start_column)
        if self.parsed is None:
            return line_tokens(self.data, self.comment_ranges, start)
        return statement_tokens(self.parsed, start, self.lines.offset(span.end_line, span.end_column))
