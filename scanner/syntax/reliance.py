"""What decides about a place besides the data that reaches it: the code that a person's decision about a finding rests on.

A guard stands before a sink in the same function, around a callback without a name, in a decorator, in the head of a class, or in a helper that is
called. Which of them it is cannot be told from the tree, so all of them count.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scanner.core.location import Span
from scanner.ports.code_index import Reliance
from scanner.syntax.importing import candidates
from scanner.syntax.statements import normalised
from scanner.syntax.symbols import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scanner.syntax.file import SourceText
    from scanner.syntax.symbols import Definition, Import

Piece = tuple[str, tuple[str, ...]]

_FUNCTIONS: Final = frozenset({DefinitionKind.FUNCTION, DefinitionKind.METHOD})
_NAMED: Final = frozenset({*_FUNCTIONS, DefinitionKind.CLASS, DefinitionKind.VARIABLE})
_NAMELESS: Final = frozenset(
    {
        "anonymous_function",
        "anonymous_function_creation_expression",
        "anonymous_method_expression",
        "arrow_function",
        "closure_expression",
        "do_block",
        "func_literal",
        "function_expression",
        "generator_function",
        "lambda",
        "lambda_expression",
        "lambda_literal",
    }
)
_HOPS: Final = 3  # files that hand on what another one defines
_MOST: Final = 200  # definitions that are followed from one place: a name that all the project shares leads everywhere


def reliance(span: Span, open_file: Callable[[str], SourceText], is_there: Callable[[str], bool | None]) -> Reliance:
    """What a place relies on. `is_there` says whether a path is a file of the tree, None for one that the tree leaves out."""
    file = open_file(span.path)
    if file.parsed is None:
        return Reliance(((span.path, file.statement(span)),))
    near = _grown(file, list(_around(file, span)))
    imported = _Imported(open_file, is_there)
    imported.follow(file, _names(file, near), _HOPS)
    return Reliance(tuple(_pieces(file, near)), tuple(imported.pieces), imported.whole)


@dataclass(slots=True)
class _Imported:
    """Collects what names mean in other files; `whole` until one of them lies there and is no part of the tree."""

    open_file: Callable[[str], SourceText]
    is_there: Callable[[str], bool | None]
    pieces: list[Piece] = field(default_factory=list)
    whole: bool = True
    seen: set[str] = field(default_factory=set)

    def follow(self, file: SourceText, names: frozenset[str], hops: int) -> None:
        """The definitions that names of a file lead to. A file that only hands on what it imports itself is looked through."""
        for item in file.symbols.imports:
            if item.name != "*" and _bound(item) not in names:
                continue
            for path in candidates(item, file.language):
                there = self.is_there(path)
                self.whole = self.whole and there is not None
                if there and path not in self.seen:
                    self.seen.add(path)
                    self._take(self.open_file(path), names | {item.name}, hops)

    def _take(self, file: SourceText, names: frozenset[str], hops: int) -> None:
        spans = [span for one in file.definitions if one.kind in _NAMED and one.name in names for span in _with_decorators(file, one)]
        self.pieces += _pieces(file, _grown(file, spans[:_MOST]))
        if hops:
            self.follow(file, names - {one.name for one in file.definitions}, hops - 1)


def _bound(item: Import) -> str:
    """The name that an import gives to what it brings in."""
    return item.alias or item.name or item.module.strip("'\"./").replace("/", ".").partition(".")[0]


def _around(file: SourceText, span: Span) -> Iterator[Span]:
    """The code around a place that has a say in whether it is reached."""
    chain = list(_chain(file.definitions, (span.start_line, span.start_column)))
    functions = [index for index, one in enumerate(chain) if one.kind in _FUNCTIONS]
    if functions:
        yield from _with_decorators(file, chain[functions[-1]])
    holders = [one for one in chain[functions[-1] + 1 if functions else 0 :] if one.kind is DefinitionKind.CLASS]
    for holder in holders:
        yield from _decorators(file, holder)
        yield from _without(holder.span, [one.span for one in file.definitions if one.kind in _FUNCTIONS and _within(one.span, holder.span)])
    if not functions and not holders:
        yield from _at_top(file, span)


def _at_top(file: SourceText, span: Span) -> Iterator[Span]:
    """At the top of a file: the statement, where the place stands in a function without a name; else also all that runs before it."""
    if file.parsed is None:
        return
    start = file.lines.offset(span.start_line, span.start_column)
    node = file.parsed.root.descendant_for_byte_range(start, start + 1) or file.parsed.root
    nameless = False
    while (parent := node.parent) is not None and parent.parent is not None:
        nameless = nameless or node.type in _NAMELESS
        node = parent
    nameless = nameless or node.type in _NAMELESS
    whole = file.lines.span(span.path, node.start_byte if nameless else 0, node.end_byte)
    inner = [one.span for one in file.definitions if one.kind is not DefinitionKind.VARIABLE and _within(one.span, whole)]
    yield from [whole] if nameless else _without(whole, inner)


def _grown(file: SourceText, spans: list[Span]) -> list[Span]:
    """The stretches, and the definitions of the file that they name, and those that these name."""
    by_name: dict[str, list[Definition]] = {}
    for one in file.definitions:
        if one.kind in _NAMED:
            by_name.setdefault(one.name, []).append(one)
    done, new = set[str](), spans
    while new and len(spans) < _MOST:
        names = sorted((_names(file, new) & by_name.keys()) - done)
        done.update(names)
        found = [span for name in names for one in by_name[name] for span in _with_decorators(file, one)]
        # What holds a stretch that counts already has been weighed: the rest of it has no say.
        new = [span for span in found if not any(_within(span, known) or _within(known, span) for known in spans)]
        spans = [*spans, *new]
    return spans[:_MOST]


def _names(file: SourceText, spans: Iterable[Span]) -> frozenset[str]:
    """The names that are spelled within the stretches."""
    places = file.spelled
    found: set[str] = set()
    for span in spans:
        first = bisect_left(places, (span.start_line, span.start_column, ""))
        last = bisect_left(places, (span.end_line, span.end_column, ""))
        found.update(name for _, _, name in places[first:last])
    return frozenset(found)


def _pieces(file: SourceText, spans: Iterable[Span]) -> Iterator[Piece]:
    for span in spans:
        tokens = normalised(file.tokens(span))
        if tokens:
            yield file.path, tokens


def _with_decorators(file: SourceText, one: Definition) -> Iterator[Span]:
    yield from _decorators(file, one)
    yield one.span


def _decorators(file: SourceText, one: Definition) -> Iterator[Span]:
    yield from (item.span for item in file.symbols.decorators if item.target == one.qualified)


def _chain(definitions: Sequence[Definition], place: tuple[int, int]) -> Iterator[Definition]:
    """The definitions around a place, innermost first; a variable is none."""
    for one in reversed(definitions):
        around = (one.span.start_line, one.span.start_column) <= place < (one.span.end_line, one.span.end_column)
        if around and one.kind is not DefinitionKind.VARIABLE:
            yield one


def _within(inner: Span, outer: Span) -> bool:
    begins = (outer.start_line, outer.start_column) <= (inner.start_line, inner.start_column)
    return begins and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _without(whole: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """The stretches of a span that lie in no hole."""
    line, column = whole.start_line, whole.start_column
    for hole in sorted(holes):
        if (hole.start_line, hole.start_column) > (line, column):
            yield Span(whole.path, line, column, hole.start_line, hole.start_column)
        line, column = max((line, column), (hole.end_line, hole.end_column))
    if (line, column) < (whole.end_line, whole.end_column):
        yield Span(whole.path, line, column, whole.end_line, whole.end_column)
