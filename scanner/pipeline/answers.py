"""A code index that remembers what it was asked: a file that did not change is not parsed again to name the findings in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from scanner.ports.cache import key_of
from scanner.ports.code_index import ReadingIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable

    from scanner.core.location import Span
    from scanner.ports.cache import ScanCache
    from scanner.ports.code_index import CodeIndex, Comment, Reliance
    from scanner.ports.source import Snapshot

T = TypeVar("T")

_SHELF: Final = "answers"


class RememberedIndex:
    """Answers the CodeIndex port from memory, or by asking `inner`. `unparsed` are the files that `inner` does not parse."""

    def __init__(self, inner: CodeIndex, cache: ScanCache, snapshot: Snapshot, unparsed: Collection[str]) -> None:
        self._inner = inner
        self._cache = cache
        self._digests = {file.path: file.digest for file in snapshot.files}
        self._keys = {file.path: key_of(file.path, file.language, file.digest, file.path in unparsed) for file in snapshot.files}
        self._known: dict[str, dict[Hashable, object]] = {}
        self._grown: set[str] = set()

    def enclosing_symbol(self, span: Span) -> str:
        """The dotted name of the innermost definitions around a span's start."""
        return self._answer("symbol", span, self._inner.enclosing_symbol)

    def code_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens within a span."""
        return self._answer("code", span, self._inner.code_tokens)

    def statement_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the statement around a span's start."""
        return self._answer("statement", span, self._inner.statement_tokens)

    def definition_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the innermost definition around a span's start."""
        return self._answer("definition", span, self._inner.definition_tokens)

    def reliance(self, span: Span) -> Reliance:
        """What decides about a place; not remembered, because more than one file says so, and few places are asked about."""
        return self._inner.reliance(span)

    def comments(self, path: str) -> tuple[Comment, ...]:
        """Every comment of a file, in order; not remembered, because nobody asks twice."""
        return self._inner.comments(path)

    def keep(self) -> None:
        """Remember the answers for the next scan."""
        self._cache.remember(_SHELF, {self._keys[path]: self._known[path] for path in sorted(self._grown)})
        self._grown.clear()

    def _answer(self, kind: str, span: Span, ask: Callable[[Span], T]) -> T:
        path = span.path
        if path not in self._keys:
            return ask(span)
        known = self._known.get(path)
        if known is None:
            found = self._cache.recall(_SHELF, [self._keys[path]]).get(self._keys[path])
            known = self._known[path] = dict(found) if isinstance(found, dict) else {}
        asked = (kind, span.start_line, span.start_column, span.end_line, span.end_column)
        if asked in known:
            return cast("T", known[asked])  # what the same question was answered with
        answer = ask(span)
        if isinstance(self._inner, ReadingIndex) and self._inner.digest(path) == self._digests[path]:
            known[asked] = answer
            self._grown.add(path)
        return answer
