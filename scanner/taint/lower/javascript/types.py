"""Type annotations, as the expression of the one class that says most.

`Promise<T>`, `Partial<T>` and their like are `T`; `T[]` and `Array<T>` are `Array[T]`; of a union the first class that is no primitive counts,
else the first primitive; other generics are their base. Primitives are the classes of their methods (`string` is `String`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Expr, Index, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.javascript.state import State
    from scanner.taint.lower.tree import SyntaxNode

MAX_DEPTH = 20
"""How deep a type may nest before it says nothing."""

_PRIMITIVES: Mapping[str, str] = {"string": "String", "number": "Number", "boolean": "Boolean", "bigint": "Number", "object": "Object"}
_THROUGH = frozenset(
    (
        "Promise",
        "PromiseLike",
        "Awaited",
        "Partial",
        "Required",
        "Readonly",
        "NonNullable",
        "Pick",
        "Omit",
        "Exclude",
        "Extract",
        "InstanceType",
        "DeepPartial",
    )
)
_LISTS = frozenset(("Array", "ReadonlyArray", "Iterable", "AsyncIterable"))
_INNER = frozenset(("type_annotation", "parenthesized_type", "readonly_type", "optional_type", "rest_type", "flow_maybe_type"))


def annotation(s: State, node: SyntaxNode | None) -> Expr | None:
    """The class that an annotation names, if it names one."""
    return None if node is None else _read(s, node, 0)


def _read(s: State, node: SyntaxNode, depth: int) -> Expr | None:
    if depth > MAX_DEPTH:
        return None
    kind = node.type
    start, end = node.start_byte, node.end_byte
    if kind in {"type_identifier", "identifier"}:
        return s.name(start, end)
    if kind == "predefined_type":
        name = _PRIMITIVES.get(s.text[start:end])
        return None if name is None else Name(name, start, end)
    if kind == "generic_type":
        return _generic(s, node, depth)
    if kind in _INNER:
        return next((read for child in node.children if child.is_named and (read := _read(s, child, depth + 1)) is not None), None)
    if kind in {"union_type", "intersection_type"}:
        return _first(s, node)
    if kind == "array_type":
        element = next((child for child in node.children if child.is_named), None)
        read = None if element is None else _read(s, element, depth + 1)
        return Index(Name("Array", start, start), read, start, end)
    if kind == "nested_type_identifier":
        return _dotted(s, node)
    if kind == "function_type":
        return Name("Function", start, end)
    return None


def _generic(s: State, node: SyntaxNode, depth: int) -> Expr | None:
    start, end = node.start_byte, node.end_byte
    children = node.children
    base = children[0]
    arguments = next((child for child in children if child.type == "type_arguments"), None)
    first = next((child for child in arguments.children if child.is_named), None) if arguments is not None else None
    name = s.text[base.start_byte : base.end_byte]
    if name in _THROUGH:
        return None if first is None else _read(s, first, depth + 1)
    if name in _LISTS:
        return Index(Name("Array", start, start), None if first is None else _read(s, first, depth + 1), start, end)
    return _read(s, base, depth + 1)


def _first(s: State, node: SyntaxNode) -> Expr | None:
    """The most telling member of a union or intersection, which the grammar leans left."""
    members: list[SyntaxNode] = []
    stack = [node]
    kind = node.kind_id
    while stack:
        current = stack.pop()
        if current.kind_id == kind:
            stack.extend([child for child in current.children if child.is_named][::-1])
        else:
            members.append(current)
    primitive: Expr | None = None
    for part in members:
        read = _read(s, part, 1)
        if read is None:
            continue
        if not (isinstance(read, Name) and part.type == "predefined_type"):
            return read
        primitive = primitive or read
    return primitive


def _dotted(s: State, node: SyntaxNode) -> Expr | None:
    names: list[SyntaxNode] = []
    stack = [node]
    while stack:
        current = stack.pop()
        parts = [child for child in current.children if child.is_named]
        if parts:
            stack.extend(parts[::-1])
        else:
            names.append(current)
    if not names:
        return None
    first, *rest = names
    read: Expr = s.name(first.start_byte, first.end_byte)
    for part in rest:
        read = Attr(read, s.word(part.start_byte, part.end_byte), node.start_byte, part.end_byte)
    return read
