"""What a file imports, calls, decorates and mentions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from scanner.syntax.comments import comment_ranges, comments_at
from scanner.syntax.imports import imported
from scanner.syntax.names import callee_name, decorator_name
from scanner.syntax.outline import Outline, outline
from scanner.syntax.positions import LineIndex
from scanner.syntax.query import matches, uses_query
from scanner.syntax.symbols import Call, Decorator, DefinitionKind, Docstring, FileSymbols, Import

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from scanner.core.location import Span
    from scanner.syntax.parse import Parsed

# What may stand between a decorator and what it decorates: white space, comments, and words that are no part of the definition's node.
_GAP = re.compile(
    rb"(?:\s++|//[^\n]*+\n|/\*(?s:.*?)\*/|#[^\[\n][^\n]*+\n|(?:export|default|abstract|declare|public|private|protected|static|async)\b)*+"
)
_LONGEST_GAP = 2_000  # bytes


def file_symbols(path: str, parsed: Parsed) -> FileSymbols:
    """The whole symbol index of a parsed file."""
    lines = LineIndex(parsed.data)
    uses = _Uses(path, parsed, lines, outline(path, parsed, lines))
    for captures in matches(uses_query(parsed.language), parsed):
        uses.take(captures)
    uses.settle_decorators()
    return FileSymbols(
        path=path,
        language=parsed.language,
        definitions=uses.outline.definitions,
        imports=tuple(uses.imports),
        calls=tuple(sorted(uses.calls, key=lambda item: item.span)),
        decorators=tuple(uses.decorators),
        comments=comments_at(path, parsed.data, comment_ranges(parsed)),
        docstrings=tuple(sorted(uses.docstrings, key=lambda item: item.span)),
        identifiers={name: tuple(sorted(places)) for name, places in sorted(uses.identifiers.items())},
    )


class _Uses:
    """Collects the matches of one file."""

    def __init__(self, path: str, parsed: Parsed, lines: LineIndex, found: Outline) -> None:
        self.path = path
        self.parsed = parsed
        self.lines = lines
        self.outline = found
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.decorators: list[Decorator] = []
        self.docstrings: list[Docstring] = []
        self.identifiers: dict[str, list[tuple[int, int, int]]] = {}
        self._decorated: dict[tuple[int, int], tuple[Node, Node, Node | None]] = {}
        self._starts = [start for start, _ in found.ranges]
        self._by_range = {place: index for index, place in reversed(tuple(enumerate(found.ranges)))}

    def take(self, captures: Mapping[str, list[Node]]) -> None:
        if "identifier" in captures:
            self._take_identifier(captures["identifier"][0])
        elif "call" in captures:
            self._take_call(captures["call"][0], captures["callee"][0], captures.get("callee.start"))
        elif "import" in captures:
            span = self._span(captures["import"][0])
            self.imports.extend(Import(*names, span) for names in imported(self.parsed, captures))
        elif "decorator" in captures:
            node, name = captures["decorator"][0], captures["decorator.name"][0]
            if "decorated" in captures or node.byte_range not in self._decorated:
                self._decorated[node.byte_range] = (node, name, captures["decorated"][0] if "decorated" in captures else None)
        elif "docstring" in captures:
            node = captures["docstring"][0]
            self.docstrings.append(Docstring(self._span(node), self._symbol_at(node.start_byte)))

    def _take_identifier(self, node: Node) -> None:
        name = self.parsed.text(node).lstrip("$")
        line, column = self.lines.position(node.start_byte)
        _, end = self.lines.position(node.end_byte)
        self.identifiers.setdefault(name, []).append((line, column, end))

    def _take_call(self, node: Node, callee: Node, starts: list[Node] | None) -> None:
        start = starts[0].start_byte if starts else callee.start_byte
        name = callee_name(self.parsed.data, start, callee.end_byte)
        self.calls.append(Call(name, self._span(node), self._symbol_at(node.start_byte)))

    def settle_decorators(self) -> None:
        """Give each decorator its target, last one first: a decorator that stands before another one has the same target."""
        following: tuple[int, str] | None = None
        for (start, end), (node, name, around) in sorted(self._decorated.items(), reverse=True):
            if around is not None:
                target = self._target_of(around)
            elif following is not None and self._adjoining(end, following[0]):
                target = following[1]
            else:
                target = self._target_behind(end)
            following = (start, target)
            self.decorators.append(Decorator(decorator_name(self.parsed.text(name)), self._span(node), target))
        self.decorators.reverse()

    def _target_of(self, node: Node) -> str:
        index = self._by_range.get(node.byte_range)
        return self._symbol_at(node.start_byte) if index is None else self.outline.definitions[index].qualified

    def _target_behind(self, end: int) -> str:
        """The definition that begins behind a decorator, or the one around it when something else stands there."""
        index = bisect_left(self._starts, end)
        if index < len(self._starts) and self._adjoining(end, self._starts[index]):
            return self.outline.definitions[index].qualified
        return self._symbol_at(end)

    def _adjoining(self, end: int, start: int) -> bool:
        return start - end <= _LONGEST_GAP and _GAP.fullmatch(self.parsed.data, end, start) is not None

    def _span(self, node: Node) -> Span:
        return self.lines.span(self.path, node.start_byte, node.end_byte)

    def _symbol_at(self, offset: int) -> str:
        index = bisect_right(self._starts, offset) - 1
        while index >= 0:
            item = self.outline.definitions[index]
            if item.kind is not DefinitionKind.VARIABLE and offset < self.outline.ranges[index][1]:
                return item.qualified
            index = item.parent
        return ""
