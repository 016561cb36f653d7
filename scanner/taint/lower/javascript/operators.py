"""Operators, and the words that work like them: `await`, `yield`, `typeof`, `void`, `a ? b : c`, `a, b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import (
    Arg,
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Compare,
    Const,
    Expr,
    Index,
    Logic,
    Name,
    Not,
    Opaque,
    Sequence,
)
from scanner.taint.lower.chains import Chain, Operators, chained
from scanner.taint.lower.parts import awaiting, yielded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

COMPARISONS = frozenset(("==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "instanceof"))


def operation(operator: str, left: Expr, right: Expr, start: int, end: int) -> Expr:
    """One operation of two operands."""
    if operator in COMPARISONS:
        return Compare(operator, left, right, start, end)
    if operator == "&&":
        return Logic("and", left, right, start, end)
    if operator == "||":
        return Logic("or", left, right, start, end)
    return Binary(">>" if operator == ">>>" else operator, left, right, start, end)


_OPERATORS = Operators(operation, frozenset(("+", "*", "|", "&", "^", "&&", "||", "??")))


def binary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`left op right`; a chain of one operator leans left, and is balanced where it is long."""
    if depth > s.limit:
        return s.cut(node)
    kind = node.kind_id
    start = node.start_byte
    steps: list[tuple[str, SyntaxNode, int]] = []
    chain = ""
    current = node
    while current.kind_id == kind:
        parts = current.children
        if len(parts) != 3:  # noqa: PLR2004 -- left, operator, right
            if chain:
                break
            return _unusual_binary(s, node, depth)
        left, mark, right = parts
        operator = mark.type
        if chain and operator != chain:
            break
        chain = operator
        steps.append((operator, right, current.end_byte))
        current = left
    if len(steps) == 1:
        _, right, end = steps[0]
        depth += 1
        return operation(chain, s.expressions[current.kind_id](s, current, depth), s.expressions[right.kind_id](s, right, depth), start, end)
    steps.reverse()
    return chained(s, node, depth, Chain(current, steps), _OPERATORS)


def _unusual_binary(s: State, node: SyntaxNode, depth: int) -> Expr:
    fields = [node.child_by_field_name(name) for name in ("left", "operator", "right")]
    left, mark, right = fields
    if left is None or mark is None or right is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
    values = [s.expressions[side.kind_id](s, side, depth + 1) for side in (left, right)]
    return operation(mark.type, values[0], values[1], node.start_byte, node.end_byte)


def unary(s: State, node: SyntaxNode, depth: int) -> Expr:  # noqa: C901 -- one case an operator
    """`!x`, `typeof x` as `typeof(x)`, `-x` as `0 - x`, `~x` as `x ^ -1`, `+x` as `x - 0`, `void x` as what comes after x, `delete x`."""
    if depth > s.limit:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    if len(operands) != 1:
        return Opaque(tuple(operands), start, end)
    value = operands[0]
    operator = node.children[0].type
    if operator == "!":
        return Not(value, start, end)
    if operator == "typeof":
        return Call(Name("typeof", start, start + len(operator)), (Arg(value),), start, end)
    if operator == "void":
        return Const(None, start, end) if type(value) in {Const, Name} else last_of([value, Const(None, end, end)], start, end)
    if isinstance(value, Const) and isinstance(value.value, int | float) and not isinstance(value.value, bool):
        number = value.value
        if operator == "-":
            return Const(-number, start, end)
        if operator == "+":
            return Const(number, start, end)
    if operator in "+-":
        return Binary("-", value, Const(0, start, start), start, end) if operator == "+" else Binary("-", Const(0, start, start), value, start, end)
    if operator == "~":
        return Binary("^", value, Const(-1, start, start), start, end)
    return Opaque((value,), start, end)


def last_of(values: list[Expr], start: int, end: int) -> Expr:
    """Values of which only the last counts (`a, b`): those before it without effect are left out, else it is the last of a list."""
    kept = [value for value in values[:-1] if type(value) not in {Const, Name, Attr}]
    if not kept:
        return values[-1]
    return Index(Sequence((*kept, values[-1]), "list", start, end), Const(-1, end, end), start, end)


def comma(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`a, b`."""
    if depth > s.limit:
        return s.cut(node)
    values: list[Expr] = []
    stack = list(node.children)[::-1]
    kind = node.kind_id
    while stack:
        child = stack.pop()
        if child.kind_id == kind:
            stack.extend(list(child.children)[::-1])
            continue
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            values.append(handler(s, child, depth + 1))
    return last_of(values, node.start_byte, node.end_byte) if values else Opaque((), node.start_byte, node.end_byte)


def conditional(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`test ? then : orelse`."""
    if depth > s.limit:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 3:  # noqa: PLR2004 -- test, then, orelse
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Choice(operands[0], operands[1], operands[2], node.start_byte, node.end_byte)


def yielding(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`yield`, `yield value`, `yield* value`."""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    operands = s.all_operands(node, depth + 1)
    if s.frame.awaiter and len(operands) == 1:
        return Await(operands[0], start, end)
    return yielded(operands, start, end)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "binary_expression": binary,
    "unary_expression": unary,
    "sequence_expression": comma,
    "ternary_expression": conditional,
    "await_expression": awaiting,
    "yield_expression": yielding,
}
