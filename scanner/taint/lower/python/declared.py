"""Annotations: expressions, with types that are written as strings read as what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Binary, Const, Expr, Index, Name, Opaque, Sequence
from scanner.taint.lower.parts import opaque
from scanner.taint.lower.python.expressions import first_operand
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

_MARK = re.compile(r"\s*([^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*|[][|,]|\.\.\.)")
_LITERALS = frozenset({"Literal"})
_FIRST_ONLY = frozenset({"Annotated"})
MAX_DEPTH = 20
"""How deep a type written as a string may nest before it says nothing."""
MAX_LENGTH = 2_000
"""How long a type written as a string may be, in characters."""


def annotation(s: State, node: SyntaxNode | None) -> Expr | None:
    """The type that a parameter, variable or function is declared to have."""
    return None if node is None else _read(s.expressions[node.kind_id](s, node, 0), 0)


def _read(found: Expr, depth: int) -> Expr:
    """An annotation with its strings read. Strings within `Literal[...]` are values, not types."""
    if depth > MAX_EXPRESSION_DEPTH:
        return found
    if isinstance(found, Const):
        return _quoted(found)
    if isinstance(found, Index):
        if found.key is None:
            return found
        last = _last_name(found.base)
        if last in _LITERALS:
            return found
        if last in _FIRST_ONLY and isinstance(found.key, Sequence) and found.key.items:
            first, *rest = found.key.items
            return replace(found, key=replace(found.key, items=(_read(first, depth + 1), *rest)))
        return replace(found, key=_read(found.key, depth + 1))
    if isinstance(found, Sequence):
        return replace(found, items=tuple([_read(item, depth + 1) for item in found.items]))
    if isinstance(found, Binary):
        return replace(found, left=_read(found.left, depth + 1), right=_read(found.right, depth + 1))
    return found


def _last_name(base: Expr) -> str:
    return base.name if isinstance(base, Attr) else base.id if isinstance(base, Name) else ""


def _quoted(found: Const) -> Expr:
    """A type written as a string: dotted names, `a[b, c]`, `a | b`; anything else stays the string. Places are the string's in the file."""
    text = found.value
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        return found
    marks: list[str] = []
    position = 0
    while match := _MARK.match(text, position):
        marks.append(match[1])
        position = match.end()
    if text[position:].strip():
        return found
    reader = _Reader(marks, found)
    read = reader.union(0)
    return found if read is None or reader.position != len(marks) else read


class _Reader:
    """Reads the marks of one quoted type. Every node has the place of the whole string: its text may be escaped or broken over lines."""

    __slots__ = ("at", "end", "marks", "position")

    def __init__(self, marks: list[str], found: Const) -> None:
        self.marks = marks
        self.at, self.end = found.at, found.end
        self.position = 0

    def _peek(self) -> str:
        return self.marks[self.position] if self.position < len(self.marks) else ""

    def union(self, depth: int) -> Expr | None:
        """`a | b`."""
        read = self._type(depth)
        while read is not None and self._peek() == "|":
            self.position += 1
            other = self._type(depth)
            read = None if other is None else Binary("|", read, other, self.at, self.end)
        return read

    def _type(self, depth: int) -> Expr | None:
        mark = self._peek()
        if depth > MAX_DEPTH or not mark or mark in "|,]":
            return None
        if mark == "[":
            return self._listed(depth)
        self.position += 1
        read: Expr = Opaque((), self.at, self.end) if mark == "..." else self._dotted(mark)
        if self._peek() != "[":
            return read
        key = self._listed(depth)
        if not isinstance(key, Sequence):
            return None
        one = len(key.items) == 1
        return Index(read, key.items[0] if one else replace(key, kind="tuple"), self.at, self.end)

    def _listed(self, depth: int) -> Expr | None:
        """`[a, b]`: what a type is of."""
        self.position += 1
        items: list[Expr] = []
        while self._peek() != "]":
            item = self.union(depth + 1)
            if item is None:
                return None
            items.append(item)
            if self._peek() == ",":
                self.position += 1
            elif self._peek() != "]":
                return None
        self.position += 1
        return Sequence(tuple(items), "list", self.at, self.end)

    def _dotted(self, mark: str) -> Expr:
        first, *rest = [part.strip() for part in mark.split(".")]
        if first == "None" and not rest:
            return Const(None, self.at, self.end)
        read: Expr = Name(first, self.at, self.end)
        for name in rest:
            read = Attr(read, name, self.at, self.end)
        return read


def _generic(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`list[int]` where the grammar reads it as a type."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    operands = s.all_operands(node, depth + 1)
    keys = [operand for child in node.children if child.type == "type_parameter" for operand in s.all_operands(child, depth + 1)]
    if len(operands) != 1 or not keys:
        return Opaque((*operands, *keys), start, end)
    return Index(operands[0], keys[0] if len(keys) == 1 else Sequence(tuple(keys), "tuple", keys[0].at, keys[-1].end), start, end)


def _union(s: State, node: SyntaxNode, depth: int) -> Expr:
    operands = opaque(s, node, depth)
    if isinstance(operands, Opaque) and len(operands.parts) == 2:  # noqa: PLR2004 -- left, right
        return Binary("|", operands.parts[0], operands.parts[1], operands.at, operands.end)
    return operands


def _member(s: State, node: SyntaxNode, depth: int) -> Expr:
    operands = opaque(s, node, depth)
    if isinstance(operands, Opaque) and len(operands.parts) == 2 and isinstance(operands.parts[1], Name):  # noqa: PLR2004 -- base, name
        return Attr(operands.parts[0], operands.parts[1].id, operands.at, operands.end)
    return operands


HANDLERS: Mapping[str, ExpressionHandler] = {
    "type": first_operand,
    "generic_type": _generic,
    "union_type": _union,
    "member_type": _member,
    "constrained_type": opaque,
    "splat_type": opaque,
}
