"""Verdicts: tests whose outcome a variable keeps, and whether they still speak of what the variables in them hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.local.proofs import RESPELLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint.local.machine import Machine

_DEEPEST_TEST = 4  # expressions in expressions of a test that was made earlier


def overtaken(it: Machine, test: ir.Expr) -> bool:
    """Whether a variable that a test was about has been given something else since, and not only another spelling of what it held."""
    return any(
        (made := it.origins.get(name)) is not None and made.at > test.at and not _respelled(made, name) for name in _variables(test, _DEEPEST_TEST)
    )


def _variables(node: ir.Expr, depth: int) -> Iterator[str]:
    """The variables that a test is about, as far as it is worth looking."""
    match node:
        case ir.Name(id=name):
            yield name
        case ir.Attr(base=base) | ir.Index(base=base) if depth:
            yield from _variables(base, depth - 1)
        case ir.Not(value=inner) if depth:
            yield from _variables(inner, depth - 1)
        case ir.Compare(left=left, right=right) | ir.Logic(left=left, right=right) if depth:
            yield from _variables(left, depth - 1)
            yield from _variables(right, depth - 1)
        case ir.Call(func=func, args=args) if depth:
            if isinstance(func, ir.Attr):
                yield from _variables(func.base, depth - 1)
            for arg in args:
                yield from _variables(arg.value, depth - 1)
        case _:
            return


def _respelled(made: ir.Expr, name: str) -> bool:
    """`x = x.strip()`."""
    match made:
        case ir.Call(func=ir.Attr(base=ir.Name(id=same), name=method)):
            return same == name and method in RESPELLED
        case ir.Call(func=ir.Name(id=function), args=(ir.Arg(value=ir.Name(id=same)), *_)):
            return same == name and function in RESPELLED
        case _:
            return False
