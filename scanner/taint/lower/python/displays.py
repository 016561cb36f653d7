"""Displays (lists, tuples, sets, dictionaries), the targets that look like them, and comprehensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Comprehension, Expr, Mapping, Opaque, Sequence
from scanner.taint.lower.parts import spread
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Table

    from scanner.taint.lower.python.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode


def _display(kind: str) -> ExpressionHandler:
    def display(s: State, node: SyntaxNode, depth: int) -> Expr:
        if depth > MAX_EXPRESSION_DEPTH:
            return s.cut(node)
        operands = s.operands
        depth += 1
        items = []
        for child in node.children:
            handler = operands.get(child.kind_id)
            if handler is not None:
                items.append(handler(s, child, depth))
        return Sequence(tuple(items), kind, node.start_byte, node.end_byte)

    return display


def tuple_pattern(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`(a, b)` as a target; `(a)` is a target in parentheses."""
    found = _display("tuple")(s, node, depth)
    if isinstance(found, Sequence) and len(found.items) == 1 and not any(child.type == "," for child in node.children):
        return found.items[0]
    return found


def dictionary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`{key: value, **more}`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    expressions = s.expressions
    depth += 1
    items: list[tuple[Expr | None, Expr]] = []
    for child in node.children:
        if not child.is_named or child.type == "comment":
            continue
        parts = child.children
        if len(parts) == 3:  # noqa: PLR2004 -- key, colon, value
            key, _, value = parts
            items.append((expressions[key.kind_id](s, key, depth), expressions[value.kind_id](s, value, depth)))
        else:
            items.extend(_odd_items(s, child, depth))
    return Mapping(tuple(items), node.start_byte, node.end_byte)


def _odd_items(s: State, node: SyntaxNode, depth: int) -> Iterable[tuple[Expr | None, Expr]]:
    operands = s.all_operands(node, depth)
    if node.type == "pair" and len(operands) > 1:
        return [(operands[0], operands[-1])]
    return [(None, operand) for operand in operands]


def _comprehension(kind: str) -> ExpressionHandler:
    def comprehension(s: State, node: SyntaxNode, depth: int) -> Expr:
        if depth > MAX_EXPRESSION_DEPTH:
            return s.cut(node)
        start, end = node.start_byte, node.end_byte
        depth += 1
        values: list[Expr] = []
        clauses: list[tuple[Expr, Expr, list[Expr]]] = []
        for child in node.children:
            handler = s.operands.get(child.kind_id)
            if handler is not None:
                values.append(handler(s, child, depth))
            elif child.type == "pair":
                values.extend(s.all_operands(child, depth))
            elif child.type == "for_in_clause":
                clauses.append((*_clause(s, child, depth), []))
            elif child.type == "if_clause" and clauses:
                clauses[-1][2].extend(s.all_operands(child, depth))
        if not values or not clauses:
            return Opaque((*values, *(clause[1] for clause in clauses)), start, end)
        done = tuple([(target, iterable, tuple(conditions)) for target, iterable, conditions in clauses])
        return Comprehension(values[-1], values[0] if len(values) > 1 else None, done, kind, start, end)

    return comprehension


def _clause(s: State, node: SyntaxNode, depth: int) -> tuple[Expr, Expr]:
    """`for target in iterable`. Several iterables without parentheses (Python 2) are a tuple."""
    start, end = node.start_byte, node.end_byte
    target: Expr | None = None
    iterables: list[Expr] = []
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            value = handler(s, child, depth)
            if target is None:
                target = value
            else:
                iterables.append(value)
    iterable = iterables[0] if len(iterables) == 1 else Sequence(tuple(iterables), "tuple", start, end)
    return target or Opaque((), start, start), iterable


HANDLERS: Table[str, ExpressionHandler] = {
    "list": _display("list"),
    "tuple": _display("tuple"),
    "set": _display("set"),
    "expression_list": _display("tuple"),
    "pattern_list": _display("tuple"),
    "tuple_pattern": tuple_pattern,
    "list_pattern": _display("list"),
    "list_splat": spread,
    "list_splat_pattern": spread,
    "dictionary": dictionary,
    "list_comprehension": _comprehension("list"),
    "set_comprehension": _comprehension("set"),
    "dictionary_comprehension": _comprehension("dict"),
    "generator_expression": _comprehension("generator"),
}
