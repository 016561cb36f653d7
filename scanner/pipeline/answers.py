"""A code index that remembers what it was asked: a file that did not change is not parsed again to name the findings in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, cast

from scanner.ports.cache import key_of
from scanner.ports.code_index import ReadingIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

    from scanner.core.location import Span
    from scanner.ports.cache import ScanCache
    from scanner.ports.code_index import CodeIndex, Comment, Reliance
    from scanner.ports.executor import Executor
    from scanner.ports.source import Snapshot

T = TypeVar("T")

_SHELF: Final = "answers"
_MANY: Final = 32  # files that have to be parsed for it, from which on that is worth processes
_SECONDS: Final = 60.0  # for one file, as a last resort


class RememberedIndex:
    """Answers the CodeIndex port from memory, or by asking `inner`. `unparsed` are the files that `inner` does not parse."""

    def __init__(self, inner: CodeIndex, cache: ScanCache, snapshot: Snapshot, unparsed: Collection[str]) -> None:
        self._inner = inner
        self._cache = cache
        self._digests = {file.path: file.digest for file in snapshot.files}
        self._keys = {file.path: key_of(file.path, file.language, file.digest, file.path in unparsed) for file in snapshot.files}
        self._known: dict[str, dict[Hashable, object]] = {}
        self._grown: set[str] = set()

    def foresee(self, places: Iterable[Span], executor: Executor, make: Callable[[], CodeIndex]) -> None:
        """Ask what names findings at some places, of several files at a time; what is not answered now is asked when it is needed.

        `make` makes an index like `inner`, in each worker process.
        """
        asked: dict[str, list[Span]] = {}
        for span in places:
            if span.path in self._keys and _question("symbol", span) not in self._of(span.path):
                asked.setdefault(span.path, []).append(span)
        if executor.workers == 1 or len(asked) < _MANY:
            return
        for path, outcome in zip(asked, executor.map(_Naming(make), list(asked.values()), seconds=_SECONDS), strict=True):
            if outcome.result is not None and outcome.result[0] == self._digests[path]:
                self._of(path).update(outcome.result[1])
                self._grown.add(path)

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
        known = self._of(path)
        asked = _question(kind, span)
        if asked in known:
            return cast("T", known[asked])  # what the same question was answered with
        answer = ask(span)
        if isinstance(self._inner, ReadingIndex) and self._inner.digest(path) == self._digests[path]:
            known[asked] = answer
            self._grown.add(path)
        return answer

    def _of(self, path: str) -> dict[Hashable, object]:
        """What is known of a file that the snapshot lists."""
        known = self._known.get(path)
        if known is None:
            found = self._cache.recall(_SHELF, [self._keys[path]]).get(self._keys[path])
            known = self._known[path] = dict(found) if isinstance(found, dict) else {}
        return known


def _question(kind: str, span: Span) -> Hashable:
    return (kind, span.start_line, span.start_column, span.end_line, span.end_column)


@dataclass(slots=True)
class _Naming:
    """Answers, in a worker process, what names findings at some places of one file; with the digest of the bytes that this rests on."""

    make: Callable[[], CodeIndex]
    index: CodeIndex | None = None  # made once a process

    def __call__(self, spans: Sequence[Span]) -> tuple[str, dict[Hashable, object]]:
        index = self.index = self.index or self.make()
        answers: dict[Hashable, object] = {}
        for span in spans:
            answers[_question("symbol", span)] = index.enclosing_symbol(span)
            answers[_question("statement", span)] = index.statement_tokens(span)
        return (index.digest(spans[0].path) if isinstance(index, ReadingIndex) else ""), answers
