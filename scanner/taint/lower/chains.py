"""Chains of operators: folded so that a long one is not deep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Expr, Opaque
from scanner.taint.lower.tree import SyntaxNode

if TYPE_CHECKING:
    from scanner.taint.lower.state import Lowering

LONG_CHAIN = 32
"""From how many terms on a chain of one operator is folded as a balanced tree, so that its depth stays small."""


class Operators(NamedTuple):
    """Operators of one rank: how an operation is made of operator, operands, start and end, and which of them may be regrouped."""

    make: Callable[[str, Expr, Expr, int, int], Expr]
    associative: frozenset[str]


class Chain(NamedTuple):
    """A chain that leans left: its first term, then (operator, term, end) in reading order."""

    first: SyntaxNode
    steps: list[tuple[str, SyntaxNode, int]]


def chained(s: Lowering, node: SyntaxNode, depth: int, chain: Chain | None, operators: Operators) -> Expr:
    """An operator chain as a tree that leans left, balanced where it is long; where it is long and of many operators, its terms side by side.

    A chain of None is one that an error broke: then there is nothing but its values.
    """
    if chain is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)
    first, steps = chain
    make = operators.make
    start = node.start_byte
    below = depth + min(len(steps), LONG_CHAIN)
    value = s.expressions[first.kind_id](s, first, below)
    if len(steps) <= LONG_CHAIN:
        for position, (operator, right, end) in enumerate(steps):
            value = make(operator, value, s.expressions[right.kind_id](s, right, below - position), start, end)
        return value
    terms = [value, *(s.expressions[right.kind_id](s, right, below) for _, right, _ in steps)]
    used = {operator for operator, _, _ in steps}
    if len(used) == 1 and used <= operators.associative:
        return balanced(lambda one, other: make(steps[0][0], one, other, one.at, other.end), terms)
    return Opaque(tuple(terms), start, node.end_byte)


def balanced(make: Callable[[Expr, Expr], Expr], terms: list[Expr]) -> Expr:
    """Terms of an associative operator as a tree of logarithmic depth. Takes at least one."""
    while len(terms) > 1:
        paired = [make(left, right) for left, right in zip(terms[::2], terms[1::2], strict=False)]
        if len(terms) % 2:
            paired.append(terms[-1])
        terms = paired
    return terms[0]
