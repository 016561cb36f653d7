"""Operators, and the words that work like them: `not`, `await`, `yield`, `a if b else c`, `a := b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Binary, Bind, Choice, Compare, Const, Expr, Logic, Name, Not, Opaque, Spread
from scanner.taint.lower.chains import Chain, Operators, balanced, chained
from scanner.taint.lower.parts import awaiting, yielded
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

_ARITHMETIC = Operators(Binary, frozenset("+*|&^"))
_LOGIC = Operators(Logic, frozenset({"and", "or"}))
_COMPARISONS: Mapping[str, str] = {"not in": "not-in", "is not": "is-not", "<>": "!="}


def _spine(node: SyntaxNode) -> Chain | None:
    """A chain that leans left; None where an error broke it."""
    kind = node.kind_id
    steps: list[tuple[str, SyntaxNode, int]] = []
    while node.kind_id == kind:
        parts = node.children
        if len(parts) == 3:  # noqa: PLR2004 -- left, operator, right
            left, operator, right = parts
        else:
            fields = [node.child_by_field_name(name) for name in ("left", "operator", "right")]
            found = [field for field in fields if field is not None]
            if len(found) < len(fields):
                return None
            left, operator, right = found
        steps.append((operator.type, right, node.end_byte))
        node = left
    steps.reverse()
    return Chain(node, steps)


def binary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`left + right` and its like."""
    return s.cut(node) if depth > MAX_EXPRESSION_DEPTH else chained(s, node, depth, _spine(node), _ARITHMETIC)


def boolean(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`left and right`, `left or right`."""
    return s.cut(node) if depth > MAX_EXPRESSION_DEPTH else chained(s, node, depth, _spine(node), _LOGIC)


def comparison(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`a < b`, or a chain, which is the conjunction of its links."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    terms: list[Expr] = []
    operators: list[str] = []
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            terms.append(handler(s, child, depth + 2))
        elif not child.is_named:
            operators.append(_COMPARISONS.get(child.type, child.type))
    start, end = node.start_byte, node.end_byte
    if len(terms) != len(operators) + 1 or not operators:
        return Opaque(tuple(terms), start, end)
    if isinstance(terms[0], Spread):
        return Spread(Opaque((terms[0].value, *terms[1:]), terms[0].value.at, end), start, end)
    if len(operators) == 1:
        return Compare(operators[0], terms[0], terms[1], start, end)
    links: list[Expr] = []
    for position, operator in enumerate(operators):
        left, right = terms[position], terms[position + 1]
        links.append(Compare(operator, _again(left) if position else left, right, left.at, right.end))
    return balanced(lambda one, other: Logic("and", one, other, one.at, other.end), links)


def _again(term: Expr) -> Expr:
    """The second mention of a term in a chain. What has effects, or could double with every level of nesting, is not said twice."""
    return term if isinstance(term, Name | Const) or (isinstance(term, Attr) and isinstance(term.base, Name)) else Opaque((), term.at, term.end)


def negation(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`not value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 1:
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Not(operands[0], node.start_byte, node.end_byte)


def unary(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`-x` as `0 - x`, `~x` as `x ^ -1`, `+x` as `x`; of a literal number, its value."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    if len(operands) != 1:
        return Opaque(tuple(operands), start, end)
    value = operands[0]
    operator = s.text[start : start + 1]
    if operator == "-":
        if isinstance(value, Const) and isinstance(value.value, int | float):
            return Const(-value.value, start, end)
        return Binary("-", Const(0, start, start), value, start, end)
    if operator == "~":
        return Binary("^", value, Const(-1, start, start), start, end)
    return value


def conditional(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`then if test else orelse`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 3:  # noqa: PLR2004 -- then, test, orelse
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    then, test, orelse = operands
    if isinstance(then, Spread):
        return Spread(Choice(test, then.value, orelse, then.value.at, node.end_byte), node.start_byte, node.end_byte)
    return Choice(test, then, orelse, node.start_byte, node.end_byte)


def walrus(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`name := value`."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 2:  # noqa: PLR2004 -- name, value
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Bind(operands[0], operands[1], node.start_byte, node.end_byte)


def yielding(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`yield`, `yield value`, `yield from value`; whichever it is, the function around it is a generator."""
    s.generator = True
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    operands = s.all_operands(node, depth + 1)
    return yielded(operands, start, end)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "binary_operator": binary,
    "boolean_operator": boolean,
    "comparison_operator": comparison,
    "not_operator": negation,
    "unary_operator": unary,
    "conditional_expression": conditional,
    "named_expression": walrus,
    "await": awaiting,
    "yield": yielding,
}
