"""The scanned tree as triage reads it: files of the snapshot and no others, with secrets masked and prose told from code."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, Final, Protocol

from scanner.core.files import Unreadable, read_confined
from scanner.core.text import character_index, decode, split_lines
from scanner.syntax.languages import GRAMMARS
from scanner.syntax.symbols import Definition, FileSymbols, enclosing
from scanner.triage.modules import Modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.location import Span
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot

_MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_PAGES: Final = 256
_WORD: Final = re.compile(rb"[A-Za-z0-9_$\x80-\xff]{1,100}")
_SEARCHED_BYTES: Final = 256 * 1024 * 1024  # of raw text that one question over the whole tree looks at


class Structure(Protocol):
    """What triage asks about code; `scanner.syntax.index.TreeCodeIndex` answers it."""

    def prose(self, path: str) -> tuple[Span, ...]:
        """The stretches that are no code, in order."""
        ...

    def symbols(self, path: str) -> FileSymbols:
        """The symbol index of a file."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line."""

    text: str
    code: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its lines in pieces, with secrets masked, and the digest of the bytes it was read from."""

    path: str
    language: str
    digest: str
    lines: tuple[Line, ...]


class Tree:
    """Reads files when they are asked for, and keeps the last ones. Safe to share between threads."""

    def __init__(self, snapshot: Snapshot, structure: Structure, redactor: Redactor) -> None:
        self._root = snapshot.root
        self._files = {file.path: file for file in snapshot.files}
        self._structure = structure
        self._redactor = redactor
        self._pages: OrderedDict[str, Page | None] = OrderedDict()
        self._words: dict[bytes, array[int]] | None = None
        self._modules: Modules | None = None
        self._lock = RLock()
        self.digest = hashlib.sha256("".join(f"{file.path}\0{file.digest}\n" for file in snapshot.files).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file there is, sorted."""
        return tuple(self._files)

    @property
    def modules(self) -> Modules:
        """Which file an import means; collected once."""
        with self._lock:
            if self._modules is None:
                self._modules = Modules({path: file.language for path, file in self._files.items()})
            return self._modules

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def language(self, path: str) -> str:
        """The language of a file of the snapshot."""
        return self._files[path].language

    def digest_of(self, path: str) -> str:
        """The SHA-256 of a file as it was collected; empty for what is not in the snapshot."""
        file = self._files.get(path)
        return file.digest if file else ""

    def page(self, path: str) -> Page | None:
        """A file of the snapshot; None for any other, and for one that cannot be read any more or is too large."""
        with self._lock:
            if path in self._pages:
                self._pages.move_to_end(path)
                return self._pages[path]
            page = self._read(path)
            self._pages[path] = page
            if len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)
            return page

    def masked(self, text: str) -> str:
        """Any text without the secrets in it."""
        return self._redactor.mask(text)

    def symbols(self, path: str) -> FileSymbols:
        """The symbol index of a file of the snapshot; empty for any other."""
        if path not in self._files:
            return FileSymbols(path, "")
        return self._structure.symbols(path)

    def function_at(self, path: str, line: int, column: int = 1) -> Definition | None:
        """The innermost definition around a place."""
        return enclosing(self.symbols(path).definitions, line, column)

    def raw(self) -> Iterator[tuple[str, bytes]]:
        """Path and bytes of the files in order, up to a bound on their sum. For looking for words, before a page is made."""
        total = 0
        for path in self._files:
            data = read_confined(self._root, path, _MOST_BYTES)
            if isinstance(data, Unreadable):
                continue
            total += len(data)
            if total > _SEARCHED_BYTES:
                return
            yield path, data

    def with_word(self, word: str, most: int) -> tuple[str, ...]:
        """Files with a grammar in which a word stands, at most so many of them, in order. The words of all files are collected once."""
        wanted = word.encode("utf-8", "replace")
        if not _WORD.fullmatch(wanted):
            found = (path for path, data in self.raw() if wanted in data and self._files[path].language in GRAMMARS)
            return tuple(islice(found, most))
        paths = self.paths
        return tuple(paths[number] for number in self._word_index().get(wanted, ())[:most])

    def _word_index(self) -> dict[bytes, array[int]]:
        with self._lock:
            if self._words is None:
                words: dict[bytes, array[int]] = {}
                numbers = {path: number for number, path in enumerate(self._files)}
                for path, data in self.raw():
                    if self._files[path].language in GRAMMARS:
                        for word in set(_WORD.findall(data)):
                            words.setdefault(word, array("L")).append(numbers[path])
                self._words = words
            return self._words

    def _read(self, path: str) -> Page | None:
        file = self._files.get(path)
        data = read_confined(self._root, path, _MOST_BYTES) if file else None
        if file is None or data is None or isinstance(data, Unreadable):
            return None
        text = decode(data)
        plain = split_lines(text)
        hidden = split_lines(self._redactor.mask(text))
        ranges = _by_line(plain, self._structure.prose(path))
        lines = tuple(_pieces(line, ranges.get(number, ())) for number, line in enumerate(hidden, 1))
        if len(lines) > 1 and not any(piece.text for piece in lines[-1]):
            lines = lines[:-1]  # what follows the last line end is no line
        return Page(path, file.language, hashlib.sha256(data).hexdigest(), lines)


def _by_line(lines: Sequence[str], spans: Sequence[Span]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Line number -> the stretches of it that are prose, as character indexes. Masking changes no index: it replaces characters one by one."""
    found: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        for number in range(span.start_line, min(span.end_line, len(lines)) + 1):
            line = lines[number - 1]
            start = character_index(line, span.start_column) if number == span.start_line else 0
            end = character_index(line, span.end_column) if number == span.end_line else len(line)
            found.setdefault(number, []).append((start, end))
    return {number: tuple(ranges) for number, ranges in found.items()}


def _pieces(line: str, prose: Sequence[tuple[int, int]]) -> Line:
    pieces: list[Piece] = []
    done = 0
    for start, end in prose:
        pieces += (Piece(line[done:start], code=True), Piece(line[max(start, done) : end], code=False))
        done = max(done, end)
    pieces.append(Piece(line[done:], code=True))
    return tuple(piece for piece in pieces if piece.text)
