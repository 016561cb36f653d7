"""What one file defines, imports, calls and mentions, as plain data that can travel between processes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from scanner.core.location import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.ports.code_index import Comment


class DefinitionKind(StrEnum):
    """What is defined. A SCOPE defines nothing itself but names what it holds: a Rust `impl`, an object whose properties are functions."""

    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"
    NAMESPACE = "namespace"
    SCOPE = "scope"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition. `qualified` is its dotted name within the file (`Shop.checkout`), `name` the last part of it.

    `span` is the whole definition, without decorators that stand before it; `body` is None where there is only a signature.
    `parent` is the index of the innermost definition around it in the same sequence, -1 at the top of a file; variables are nobody's parent.
    """

    kind: DefinitionKind
    name: str
    qualified: str
    span: Span
    body: Span | None = None
    parameters: tuple[str, ...] = ()
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Import:
    """One name brought in: from `module`, `name` of it (empty: the module itself, `*`: everything), under `alias` when it gets another one."""

    module: str
    name: str
    alias: str
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what is called, as written and without its own arguments (`db.cursor().execute`), and the definition around it."""

    callee: str
    span: Span
    symbol: str


@dataclass(frozen=True, slots=True)
class Decorator:
    """One decorator, annotation or attribute: its name without arguments, and the definition it stands at (`target`, a dotted name)."""

    name: str
    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Docstring:
    """A string that documents the definition it stands in (`symbol`, empty for the file)."""

    span: Span
    symbol: str


@dataclass(frozen=True, slots=True)
class FileSymbols:
    """The symbol index of one file. Everything is in the order of the file; a file without a grammar has comments only.

    `identifiers` maps each name to its places as (line, column, end column).
    """

    path: str
    language: str
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    calls: tuple[Call, ...] = ()
    decorators: tuple[Decorator, ...] = ()
    comments: tuple[Comment, ...] = ()
    docstrings: tuple[Docstring, ...] = ()
    identifiers: Mapping[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)

    def references(self, name: str) -> tuple[Span, ...]:
        """Every place where an identifier is spelled `name`, definitions included; what it refers to is not resolved."""
        return tuple(Span(self.path, line, column, line, end) for line, column, end in self.identifiers.get(name, ()))

    def enclosing_symbol(self, line: int, column: int) -> str:
        """The dotted name of the innermost definition around a place, empty at the top of the file."""
        found = enclosing(self.definitions, line, column)
        return found.qualified if found else ""


def enclosing(definitions: Sequence[Definition], line: int, column: int) -> Definition | None:
    """The innermost definition around a place; a variable encloses nothing. `definitions` are in order, as `FileSymbols` has them."""
    index = bisect_right(definitions, (line, column), key=lambda item: (item.span.start_line, item.span.start_column)) - 1
    while index >= 0:
        item = definitions[index]
        if item.kind is not DefinitionKind.VARIABLE and (line, column) < (item.span.end_line, item.span.end_column):
            return item
        index = item.parent
    return None
