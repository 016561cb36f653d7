"""Expressions that are no more than their parts, and arguments: what languages write alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scanner.taint.ir import Arg, Await, Const, Opaque, Spread, Yield

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scanner.taint.ir import Expr
    from scanner.taint.lower.state import Lowering
    from scanner.taint.lower.tree import SyntaxNode

_State = TypeVar("_State", bound="Lowering")


def opaque(s: Lowering, node: SyntaxNode, depth: int) -> Expr:
    """Anything that has no handler of its own, with the values in it."""
    if depth > s.limit:
        return s.cut(node)
    return Opaque(tuple(s.all_operands(node, depth + 1)), node.start_byte, node.end_byte)


def nothing(_s: Lowering, node: SyntaxNode, _depth: int) -> Expr:
    """What holds no value."""
    return Opaque((), node.start_byte, node.end_byte)


def spread(s: Lowering, node: SyntaxNode, depth: int) -> Expr:
    """`*value` or `...value`, as a value or as a target."""
    if depth > s.limit:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    return Spread(operands[0] if len(operands) == 1 else Opaque(tuple(operands), start, end), start, end)


def awaiting(s: Lowering, node: SyntaxNode, depth: int) -> Expr:
    """`await value`."""
    if depth > s.limit:
        return s.cut(node)
    operands = s.all_operands(node, depth + 1)
    if len(operands) != 1:
        return Opaque(tuple(operands), node.start_byte, node.end_byte)
    return Await(operands[0], node.start_byte, node.end_byte)


def yielded(operands: Sequence[Expr], start: int, end: int) -> Yield:
    """`yield` of so many values: of none, of one, of several as one."""
    if not operands:
        return Yield(Const(None, end, end), start, end)
    return Yield(operands[0] if len(operands) == 1 else Opaque(tuple(operands), start, end), start, end)


def arguments(s: _State, node: SyntaxNode, depth: int, other: Callable[[_State, SyntaxNode, int], list[Arg]] | None = None) -> tuple[Arg, ...]:
    """What stands between the parentheses of a call or class. `other` reads what is no value but an argument all the same."""
    operand = s.operands.get
    args: list[Arg] = []
    for child in node.children:
        handler = operand(child.kind_id)
        if handler is not None:
            value = handler(s, child, depth)
            args.append(Arg(value) if type(value) is not Spread else Arg(value.value, "", 1))
        elif other is not None and child.is_named:
            args.extend(other(s, child, depth))
    return tuple(args)
