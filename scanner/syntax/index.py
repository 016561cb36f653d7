"""The code index of one scanned tree, file by file and on demand."""

from __future__ import annotations

import os
from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING

from scanner.core.files import Unreadable, read_confined, stays_below
from scanner.syntax.file import SourceText
from scanner.syntax.parse import DEFAULT_LIMITS, Parsed, ParseLimits, parse
from scanner.syntax.reliance import reliance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scanner.core.location import Span
    from scanner.ports.code_index import Comment, Reliance
    from scanner.syntax.symbols import FileSymbols

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
        self._files: OrderedDict[str, SourceText] = OrderedDict()
        self._bytes = 0
        self._lock = RLock()

    def enclosing_symbol(self, span: Span) -> str:
        """The dotted name of the innermost definitions around a span's start (`Shop.checkout`), empty at the top of a file."""
        with self._lock:
            found = self._file(span.path).around(span.start_line, span.start_column)
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
            around = file.around(span.start_line, span.start_column)
            return file.tokens(around.span) if around else file.every_token

    def reliance(self, span: Span) -> Reliance:
        """What decides about a place besides the data that reaches it, as far as names lead there."""
        with self._lock:
            return reliance(span, self._file, self._is_there)

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

    def _is_there(self, path: str) -> bool | None:
        """Whether a file is part of the tree; None where it lies below the root and the tree leaves it out."""
        if self._languages.get(path):
            return True
        there = stays_below(path) and os.path.isfile(f"{self._root}/{path}")  # noqa: PTH113 -- Path.is_file raises for a name that is too long
        return None if there else False

    def _file(self, path: str) -> SourceText:
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

    def _loaded(self, path: str) -> SourceText:
        language = self._languages.get(path, "")
        data = read_confined(self._root, path, self._limits.max_bytes)
        if isinstance(data, Unreadable):
            return SourceText(path, language, b"", None)
        parsed = parse(language, data, self._limits)
        return SourceText(path, language, data, parsed if isinstance(parsed, Parsed) else None)
