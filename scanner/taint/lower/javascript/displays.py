"""Object displays.

A property to be read (`get x() {}`) is what calling its function gives; one to be written has the key `set x`. `__proto__: base` spreads its base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Call, Const, Expr, Mapping, Opaque
from scanner.taint.lower.javascript import functions
from scanner.taint.lower.javascript.expressions import identifier
from scanner.taint.lower.javascript.targets import key_of
from scanner.taint.program import Closure, Return, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode


def display(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`{key: value, name, [computed]: value, ...spread, method() {}}`."""
    if depth > s.limit:
        return s.cut(node)
    depth += 1
    items: list[tuple[Expr | None, Expr]] = []
    for child in node.children:
        if not child.is_named:
            continue
        kind = child.type
        if kind == "pair":
            items.append(_pair(s, child, depth))
        elif kind == "shorthand_property_identifier":
            start, end = child.start_byte, child.end_byte
            items.append((Const(s.word(start, end), start, end), identifier(s, child, depth)))
        elif kind == "method_definition":
            items.append(_method(s, child, depth))
        elif kind == "spread_element":
            items.extend((None, value) for value in s.all_operands(child, depth))
    return Mapping(tuple(items), node.start_byte, node.end_byte)


def _pair(s: State, node: SyntaxNode, depth: int) -> tuple[Expr | None, Expr]:
    parts = node.children
    if len(parts) == 3:  # noqa: PLR2004 -- key, colon, value
        name, _, value = parts
    else:
        found = node.child_by_field_name("key"), node.child_by_field_name("value")
        if found[0] is None or found[1] is None:
            return None, Opaque(tuple(s.all_operands(node, depth)), node.start_byte, node.end_byte)
        name, value = found[0], found[1]
    key = key_of(s, name, depth)
    known = key.value if isinstance(key, Const) and isinstance(key.value, str) else ""
    lowered = functions.named(s, value, known, depth)
    if known == "__proto__" and name.type != "computed_property_name":
        return None, lowered
    return key, lowered


def _method(s: State, node: SyntaxNode, depth: int) -> tuple[Expr | None, Expr]:
    word, name = accessor(node)
    start, end = node.start_byte, node.end_byte
    if name is None:
        return None, Opaque((), start, end)
    key = key_of(s, name, depth)
    known = str(key.value) if isinstance(key, Const) else f"<lambda@{s.label(start)}>"
    function = functions.lower(s, node, f"{word} {known}" if word else known, depth=depth)
    value = Closure(function, start, end)
    if word == "get":
        return key, read_of(function.body, value, start, end)
    if word == "set":
        return Const(f"set {known}", key.at, key.end), value
    return key, value


def read_of(body: tuple[Stmt, ...], value: Closure, start: int, end: int) -> Expr:
    """What reading a property gives: what its function returns, where it does nothing else and has no receiver; else the call of its function."""
    only = body[0] if len(body) == 1 and not value.function.params else None
    return only.value if isinstance(only, Return) and only.value is not None else Call(value, (), start, end)


def accessor(node: SyntaxNode) -> tuple[str, SyntaxNode | None]:
    """`get`, `set` or nothing, and the node of a method's name."""
    word = ""
    for child in node.children:
        kind = child.type
        if kind in {"get", "set"} and not child.is_named:
            word = kind
        elif kind in NAMES:
            return word, child
    return word, None


NAMES = frozenset(("property_identifier", "private_property_identifier", "string", "number", "computed_property_name"))

HANDLERS: Table[str, ExpressionHandler] = {"object": display}
