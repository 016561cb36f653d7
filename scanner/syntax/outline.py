"""The definitions of a file and the dotted names that their nesting gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.syntax.names import declared, dotted, parameter_names, printable
from scanner.syntax.query import matches, outline_query, reaches_on
from scanner.syntax.symbols import Definition, DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tree_sitter import Node

    from scanner.syntax.parse import Parsed
    from scanner.syntax.positions import LineIndex

# Where two patterns match one node, the one that says more wins.
_RANK: Mapping[str, int] = {"function": 0, "class": 1, "namespace": 2, "rest": 2, "impl": 3, "scope": 3, "variable": 4}
_KINDS: Mapping[str, DefinitionKind] = {
    "function": DefinitionKind.FUNCTION,
    "class": DefinitionKind.CLASS,
    "namespace": DefinitionKind.NAMESPACE,
    "rest": DefinitionKind.NAMESPACE,
    "impl": DefinitionKind.SCOPE,
    "scope": DefinitionKind.SCOPE,
    "variable": DefinitionKind.VARIABLE,
}
_HOLD_METHODS = frozenset((DefinitionKind.CLASS, DefinitionKind.SCOPE))


@dataclass(frozen=True, slots=True)
class Outline:
    """The definitions in order, and the same as byte ranges for those who work on the tree."""

    definitions: tuple[Definition, ...]
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """One match: its byte range, the capture's kind, its name (dotted already), and what else was captured."""

    start: int
    end: int
    kind: str
    name: str
    parameters: tuple[str, ...] = ()
    body: tuple[int, int] | None = None

    @property
    def order(self) -> tuple[int, int, int]:
        return self.start, -self.end, _RANK[self.kind]


def outline(path: str, parsed: Parsed, lines: LineIndex, at: int | None = None) -> Outline:
    """Every definition of a parsed file; with an offset, at least those that it lies in."""
    found = _without_doubles(_found(parsed, None if reaches_on(parsed.language) else at))
    found.sort(key=lambda item: item.order)
    found = _extended(found, len(parsed.data))
    definitions: list[Definition] = []
    open_ones: list[int] = []
    for item in found:
        while open_ones and found[open_ones[-1]].end <= item.start:
            open_ones.pop()
        parent = open_ones[-1] if open_ones else -1
        definitions.append(_definition(path, item, lines, definitions, parent))
        if item.kind != "variable":
            open_ones.append(len(definitions) - 1)
    return Outline(tuple(definitions), tuple((item.start, item.end) for item in found))


def _definition(path: str, item: _Found, lines: LineIndex, before: list[Definition], parent: int) -> Definition:
    kind = _KINDS[item.kind]
    holder = before[parent] if parent >= 0 else None
    prefix = holder.qualified if holder else ""
    if kind is DefinitionKind.FUNCTION and ("." in item.name or (holder is not None and holder.kind in _HOLD_METHODS)):
        kind = DefinitionKind.METHOD
    return Definition(
        kind=kind,
        name=item.name.rpartition(".")[2] or item.name,
        qualified=".".join(part for part in (prefix, item.name) if part),
        span=lines.span(path, item.start, item.end),
        body=lines.span(path, *item.body) if item.body else None,
        parameters=item.parameters,
        parent=parent,
    )


def _found(parsed: Parsed, at: int | None) -> Iterable[_Found]:
    for captures in matches(outline_query(parsed.language), parsed, at):
        capture = next(name for name in captures if name.startswith("def."))
        node = captures[capture][0]
        name, parameters = _name_and_parameters(parsed, captures)
        if not name:
            continue  # broken code: the parser put an empty name where one is missing
        body = captures["body"][0].byte_range if "body" in captures else None
        yield _Found(node.start_byte, node.end_byte, capture.removeprefix("def."), name, parameters, body)


def _name_and_parameters(parsed: Parsed, captures: Mapping[str, list[Node]]) -> tuple[str, tuple[str, ...]]:
    holders = captures.get("params")
    parameters = holders[0] if holders else None
    if "declarator" in captures:
        name_node, parameters = declared(captures["declarator"][0])
    else:
        name_node = captures["name"][0]
    name = dotted(parsed.language, parsed.text(name_node))
    if "receiver" in captures:
        name = f"{dotted(parsed.language, parsed.text(captures['receiver'][0]))}.{name}"
    return printable(name), parameter_names(parsed, parameters) if parameters is not None else ()


def _without_doubles(found: Iterable[_Found]) -> list[_Found]:
    best: dict[tuple[int, int], _Found] = {}
    variables: dict[tuple[int, int, str], _Found] = {}
    for item in found:
        key = (item.start, item.end)
        if item.kind == "variable":
            variables.setdefault((*key, item.name), item)
        elif key not in best or (_RANK[item.kind], item.body is None) < (_RANK[best[key].kind], best[key].body is None):
            best[key] = item
    return [*best.values(), *(item for (start, end, _), item in variables.items() if (start, end) not in best)]


def _extended(found: list[_Found], size: int) -> list[_Found]:
    """A namespace without a block reaches to the next one, or to the file's end."""
    result: list[_Found] = []
    limit = size
    for item in reversed(found):
        if item.kind == "rest":
            result.append(_Found(item.start, limit, item.kind, item.name))
            limit = item.start
        else:
            result.append(item)
    result.reverse()
    return result
