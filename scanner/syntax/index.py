"""The code index of one scanned tree, file by file and on demand."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import RLock
from typing import TYPE_CHECKING

from scanner.core.files import Unreadable, read_confined, stays_below
from scanner.syntax.comments import comment_ranges, comments_at
from scanner.syntax.lexical import lexical_comments
from scanner.syntax.outline import outline
from scanner.syntax.parse import DEFAULT_LIMITS, Parsed, ParseLimits, parse
from scanner.syntax.positions import LineIndex
from scanner.syntax.prose import prose_ranges
from scanner.syntax.statements import line_tokens, statement_tokens
from scanner.syntax.symbols import FileSymbols, enclosing
from scanner.syntax.tokens import plain_tokens, tree_tokens
from scanner.syntax.uses import file_symbols

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scanner.core.location import Span
    from scanner.ports.code_index import Comment
    from scanner.syntax.symbols import Definition

_MOST_FILES = 64
_MOST_BYTES = 16 * 1024 * 1024  # of source; a tree takes ten to twenty times as much


class TreeCodeIndex:
    """Answers the CodeIndex port for the files below `root`; `languages` says what each path is in.

    A file that is not in `languages`, or in "", is never parsed: leave out what inspection could not parse, and a file that crashes its grammar
    cannot crash this process. A file that cannot be read or parsed answers with nothing. A path that leaves the root raises ValueError.
    Safe to share between threads.
    """

    def __init__(self, root: Path, languages: Mapping[str, str], limits: ParseLimits = DEFAULT_LIMITS) -> None:
        self._root = str(root)
        self._languages = languages
        self._limits = limits
        self._files: OrderedDict[str, _File] = OrderedDict()
        self._bytes = 0
        self._lock = RLock()

    def enclosing_symbol(self, span: Span) -> str:
        """The dotted name of the innermost definitions around a span's start (`Shop.checkout`), empty at the top of a file."""
        with self._lock:
            found = enclosing(self._file(span.path).definitions, span.start_line, span.start_column)
        return found.qualified if found else ""

    def code_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens within a span, comments and white space left out."""
        with self._lock:
            return self._file(span.path).tokens(span)

    def statement_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the statement around a span's start, alike however the code is formatted."""
        with self._lock:
            return self._file(span.path).statement(span)

    def definition_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the innermost definition around a span's start; those of the whole file where it stands in none."""
        with self._lock:
            file = self._file(span.path)
            around = enclosing(file.definitions, span.start_line, span.start_column)
            return file.tokens(around.span) if around else file.every_token

    def digest(self, path: str) -> str:
        """The SHA-256 of the bytes that answers about a file rest on, as hexadecimal digits."""
        with self._lock:
            return self._file(path).digest

    def comments(self, path: str) -> tuple[Comment, ...]:
        """Every comment of a file, in order."""
        with self._lock:
            return self._file(path).comments

    def prose(self, path: str) -> tuple[Span, ...]:
        """The stretches of a file that are no code: comments, docstrings and strings that stand alone, in order."""
        with self._lock:
            return self._file(path).prose

    def symbols(self, path: str) -> FileSymbols:
        """The whole symbol index of a file; comments only where there is no tree."""
        with self._lock:
            return self._file(path).symbols

    def _file(self, path: str) -> _File:
        if not stays_below(path):
            msg = f"the path leaves the scanned directory: {path!r}"
            raise ValueError(msg)
        known = self._files.get(path)
        if known is not None:
            self._files.move_to_end(path)
            return known
        file = self._loaded(path)
        self._files[path] = file
        self._bytes += len(file.data)
        while len(self._files) > 1 and (len(self._files) > _MOST_FILES or self._bytes > _MOST_BYTES):
            _, oldest = self._files.popitem(last=False)
            self._bytes -= len(oldest.data)
        return file

    def _loaded(self, path: str) -> _File:
        language = self._languages.get(path, "")
        data = read_confined(self._root, path, self._limits.max_bytes)
        if isinstance(data, Unreadable):
            return _File(path, language, b"", None)
        parsed = parse(language, data, self._limits)
        return _File(path, language, data, parsed if isinstance(parsed, Parsed) else None)


@dataclass(frozen=True)
class _File:
    """One file and what has been asked about it so far; without slots, because it keeps its answers."""

    path: str
    language: str
    data: bytes
    parsed: Parsed | None

    @cached_property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.data)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        return outline(self.path, self.parsed, self.lines).definitions if self.parsed else ()

    @cached_property
    def comment_ranges(self) -> list[tuple[int, int]]:
        return comment_ranges(self.parsed) if self.parsed else lexical_comments(self.language, self.data)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        return comments_at(self.path, self.data, self.comment_ranges)

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        ranges = prose_ranges(self.parsed) if self.parsed else self.comment_ranges
        return tuple(self.lines.span(self.path, start, end) for start, end in ranges)

    @cached_property
    def symbols(self) -> FileSymbols:
        return file_symbols(self.path, self.parsed) if self.parsed else FileSymbols(self.path, self.language, comments=self.comments)

    @cached_property
    def every_token(self) -> tuple[str, ...]:
        end = len(self.data)
        return tree_tokens(self.parsed, 0, end) if self.parsed else plain_tokens(self.data, self.comment_ranges, 0, end)

    def tokens(self, span: Span) -> tuple[str, ...]:
        start = self.lines.offset(span.start_line, span.start_column)
        end = self.lines.offset(span.end_line, span.end_column)
        return tree_tokens(self.parsed, start, end) if self.parsed else plain_tokens(self.data, self.comment_ranges, start, end)

    def statement(self, span: Span) -> tuple[str, ...]:
        start = self.lines.offset(span.start_line, span.start_column)
        if self.parsed is None:
            return line_tokens(self.data, self.comment_ranges, start)
        return statement_tokens(self.parsed, start, self.lines.offset(span.end_line, span.end_column))
