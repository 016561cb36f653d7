"""Verdicts: tests whose outcome a variable keeps, and whether they still speak of what the variables in them hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.local.proofs import RESPELLED

if TYPE_CHECKING:
    from scanner.taint.local.machine import Machine

_DEEPEST_TEST = 4  # expressions in expressions of a test that was made earlier


def overtaken(it: Machine, test: ir.Expr) -> bool:
    """Whether a variable that a test was about has been given something else since, and not only another spelling of what it held."""
    waiting = [(test, _DEEPEST_TEST)]
    for node, depth in waiting:  # grows while it is walked
        match node:
            case ir.Name(id=name):
                made = it.origins.get(name)
                if made is not None and made.at > test.at and not _respelled(made, name):
                    return True
            case ir.Attr(base=inner) | ir.Index(base=inner) | ir.Not(value=inner) if depth:
                waiting.append((inner, depth - 1))
            case ir.Compare(left=left, right=right) | ir.Logic(left=left, right=right) if depth:
                waiting.extend(((left, depth - 1), (right, depth - 1)))
            case ir.Call(func=func, args=args) if depth:
                if isinstance(func, ir.Attr):
                    waiting.append((func.base, depth - 1))
                waiting.extend([(arg.value, depth - 1) for arg in args])
            case ir.Comprehension(clauses=clauses) if depth:
                waiting.extend([(condition, depth - 1) for _, _, conditions in clauses for condition in conditions])
            case _:
                pass
    return False


def _respelled(made: ir.Expr, name: str) -> bool:
    """`x = x.strip()`."""
    match made:
        case ir.Call(func=ir.Attr(base=ir.Name(id=same), name=method)):
            return same == name and method in RESPELLED
        case ir.Call(func=ir.Name(id=function), args=(ir.Arg(value=ir.Name(id=same)), *_)):
            return same == name and function in RESPELLED
        case _:
            return False
