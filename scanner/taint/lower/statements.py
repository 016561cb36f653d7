"""Statements that languages write alike: ladders of branches, and returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Opaque
from scanner.taint.program import If, Return

if TYPE_CHECKING:
    from scanner.taint.ir import Expr
    from scanner.taint.lower.state import Lowering
    from scanner.taint.lower.tree import SyntaxNode
    from scanner.taint.program import Block, Stmt

LONG_LADDER = 50
"""How many `else if`s nest; what follows more of them stands after the first ones instead, each under its own condition."""


def ladder(rungs: list[tuple[Expr, Block, SyntaxNode]], orelse: Block, end: int) -> list[Stmt]:
    """`if`, with its `else if`s: the test, the body and the place of each, and what runs where no test holds."""
    after: list[Stmt] = []
    if len(rungs) > LONG_LADDER:
        after.extend(If(test, then, (), place.start_byte, place.end_byte) for test, then, place in rungs[LONG_LADDER:])
        if orelse:
            after.append(If(Opaque((), end, end), orelse, (), end, end))
        orelse = ()
    for test, then, place in rungs[:LONG_LADDER][::-1]:
        orelse = (If(test, then, orelse, place.start_byte, end),)
    return [*orelse, *after]


def returning(s: Lowering, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`return value`."""
    value: Expr | None = None
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            value = handler(s, child, 0)
    out.append(Return(value, node.start_byte, node.end_byte))
