"""What assignments, declarations, parameters and loops bind, destructuring included.

A default of a pattern is said by an assignment behind it: `{a = 1} = o` is `{a: a} = o; a = a ?? 1`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Binary, Const, Expr, Index, Mapping, Name, Opaque, Sequence, Spread
from scanner.taint.lower.javascript.scopes import stored
from scanner.taint.program import Assign, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.javascript.state import State
    from scanner.taint.lower.tree import SyntaxNode

_TRANSPARENT = frozenset(("parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression", "type_assertion"))


def target(s: State, node: SyntaxNode, defaults: list[Stmt], depth: int) -> Expr:
    """What an assignment or declaration binds; the assignments for its defaults are added to `defaults`."""
    if depth > s.limit:
        return s.cut(node)
    kind = node.type
    if kind in {"identifier", "shorthand_property_identifier_pattern"}:
        return stored(s, s.name(node.start_byte, node.end_byte))
    if kind == "object_pattern":
        return _object(s, node, defaults, depth)
    if kind == "array_pattern":
        return _array(s, node, defaults, depth)
    if kind in {"assignment_pattern", "object_assignment_pattern"}:
        return _defaulted(s, node, defaults, depth)
    if kind == "rest_pattern":
        inner = [child for child in node.children if child.is_named and child.type != "comment"]
        start, end = node.start_byte, node.end_byte
        return Spread(target(s, inner[0], defaults, depth + 1), start, end) if inner else Opaque((), start, end)
    if kind in _TRANSPARENT:
        inner = [child for child in node.children if child.kind_id in s.operands]
        if len(inner) == 1:
            return target(s, inner[0], defaults, depth + 1)
    return s.expressions[node.kind_id](s, node, depth)


def _object(s: State, node: SyntaxNode, defaults: list[Stmt], depth: int) -> Expr:
    items: list[tuple[Expr | None, Expr]] = []
    for child in node.children:
        kind = child.type
        if kind == "shorthand_property_identifier_pattern":
            key = Const(s.word(child.start_byte, child.end_byte), child.start_byte, child.end_byte)
            items.append((key, stored(s, s.name(child.start_byte, child.end_byte))))
        elif kind == "pair_pattern":
            name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if name is not None and value is not None:
                items.append((key_of(s, name, depth + 1), target(s, value, defaults, depth + 1)))
        elif kind == "object_assignment_pattern":
            left = child.child_by_field_name("left")
            if left is not None:
                key = Const(s.word(left.start_byte, left.end_byte), left.start_byte, left.end_byte)
                items.append((key, _defaulted(s, child, defaults, depth + 1)))
        elif kind == "rest_pattern":
            rest = target(s, child, defaults, depth + 1)
            items.append((None, rest.value if isinstance(rest, Spread) else rest))
    return Mapping(tuple(items), node.start_byte, node.end_byte)


def key_of(s: State, node: SyntaxNode, depth: int) -> Expr:
    """The key of a property: a constant, or what is computed."""
    kind = node.type
    start, end = node.start_byte, node.end_byte
    if kind == "computed_property_name":
        values = s.all_operands(node, depth)
        return values[0] if len(values) == 1 else Opaque(tuple(values), start, end)
    if kind in {"string", "number"}:
        return s.expressions[node.kind_id](s, node, depth)
    return Const(s.word(start, end), start, end)


def _array(s: State, node: SyntaxNode, defaults: list[Stmt], depth: int) -> Expr:
    items: list[Expr] = []
    filled = False
    for child in node.children:
        if not child.is_named:
            if child.type == ",":
                if not filled:
                    items.append(Opaque((), child.start_byte, child.start_byte))
                filled = False
        elif child.type != "comment":
            items.append(target(s, child, defaults, depth + 1))
            filled = True
    return Sequence(tuple(items), "list", node.start_byte, node.end_byte)


def _defaulted(s: State, node: SyntaxNode, defaults: list[Stmt], depth: int) -> Expr:
    """`target = default` within a pattern."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    start, end = node.start_byte, node.end_byte
    if left is None or right is None:
        return Opaque((), start, end)
    value = s.expressions[right.kind_id](s, right, depth + 1)
    if is_empty(value):
        return target(s, left, defaults, depth + 1)
    if left.type in {"object_pattern", "array_pattern"}:
        held: Expr = s.made_up(start)
        inner: list[Stmt] = []
        pattern = target(s, left, inner, depth + 1)
        defaults.append(Assign(pattern, Binary("??", held, value, start, end), start, end))
        defaults.extend(inner)
        return held
    bound = target(s, left, defaults, depth + 1)
    if isinstance(bound, Name | Attr | Index):
        defaults.append(Assign(bound, Binary("??", bound, value, start, end), start, end))
    return bound


def is_empty(value: Expr) -> bool:
    """Whether a default brings nothing: `{}`, `[]`, `undefined`."""
    if isinstance(value, Mapping | Sequence):
        return not value.items
    return isinstance(value, Const) and value.value is None
