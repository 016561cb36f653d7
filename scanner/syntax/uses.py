"""What a file imports, calls, decorates and mentions."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from scanner.syntax.comments import comment_ranges, comments_at
from scanner.syntax.names import callee_name, decorator_name, dotted, module_name
from scanner.syntax.outline import Outline, outline
from scanner.syntax.positions import LineIndex
from scanner.syntax.query import matches, uses_query
from scanner.syntax.symbols import Call, Decorator, DefinitionKind, Docstring, FileSymbols, Import

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from scanner.core.location import Span
    from scanner.syntax.parse import Parsed


def file_symbols(path: str, parsed: Parsed) -> FileSymbols:
    """The whole symbol index of a parsed file."""
    lines = LineIndex(parsed.data)
    uses = _Uses(path, parsed, lines, outline(path, parsed, lines))
    for captures in matches(uses_query(parsed.language), parsed):
        uses.take(captures)
    return FileSymbols(
        path=path,
        language=parsed.language,
        definitions=uses.outline.definitions,
        imports=tuple(uses.imports),
        calls=tuple(sorted(uses.calls, key=lambda item: item.span)),
        decorators=tuple(sorted(uses.decorators, key=lambda item: item.span)),
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
        self._starts = [start for start, _ in found.ranges]
        self._by_range = {place: index for index, place in reversed(tuple(enumerate(found.ranges)))}

    def take(self, captures: Mapping[str, list[Node]]) -> None:
        if "identifier" in captures:
            self._take_identifier(captures["identifier"][0])
        elif "call" in captures:
            self._take_call(captures["call"][0], captures["callee"][0], captures.get("callee.start"))
        elif "import" in captures:
            self.imports.extend(self._imports(captures))
        elif "decorator" in captures:
            self._take_decorator(captures["decorator"][0], captures["decorator.name"][0], captures["decorated"][0])
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

    def _take_decorator(self, node: Node, name: Node, decorated: Node) -> None:
        index = self._by_range.get(decorated.byte_range)
        target = self._symbol_at(decorated.start_byte) if index is None else self.outline.definitions[index].qualified
        self.decorators.append(Decorator(decorator_name(self.parsed.text(name)), self._span(node), target))

    def _imports(self, captures: Mapping[str, list[Node]]) -> Iterator[Import]:
        span = self._span(captures["import"][0])
        module = self.parsed.text(captures["module"][0])
        if self.parsed.language == "rust":
            for path, alias in _expanded(module):
                yield Import(module_name(path), "", module_name(alias), span)
            return
        if "imported" not in captures and self.parsed.text(captures["import"][0]).endswith(".*"):
            yield Import(module_name(module), "*", "", span)  # Kotlin's grammar has no node for the star
            return
        name, alias = (self.parsed.text(captures[key][0]) if key in captures else "" for key in ("imported", "alias"))
        yield Import(module_name(module), module_name(name) if name == "*" else dotted(self.parsed.language, name), module_name(alias), span)

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


def _expanded(tree: str) -> Iterator[tuple[str, str]]:
    """The paths of a Rust use tree with their aliases: `io::{self, Read as R}` names `io` and `io::Read`."""
    prefixes = [""]
    word = ""
    for char in f"{tree},":
        if char == "{":
            prefixes.append(prefixes[-1] + "".join(word.split()))
            word = ""
        elif char in ",}":
            path, _, alias = word.partition(" as ")
            path = prefixes[-1] + path.strip()
            if word.strip():
                yield path.removesuffix("::self"), alias.strip()
            word = ""
            if char == "}" and len(prefixes) > 1:
                prefixes.pop()
        else:
            word += char
