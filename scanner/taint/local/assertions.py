"""What an `assert` tests: a question of trust, or only whether there is something, and of which type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint import ir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value

_TYPE_QUESTION = re.compile(
    r"isinstance|issubclass|callable|hasattr|len"
    r"|is_?(?:str(?:ing)?|text|unicode|bytes?|int(?:eger)?|float|number|bool|list|tuple|dict|mapping|sequence|iterable|class|function|none)"
)
"""Functions that ask of which type something is, also those that programs write for themselves."""


_MOST_TESTS = 4  # tests joined by `and` and `or` in one `assert`


def asserted(it: Machine, test: ir.Expr, env: Env, depth: int = _MOST_TESTS) -> Iterator[Value]:
    """The values that an assertion tests. Whether there is something at all, or of which type, is no question of trust."""
    match test:
        case ir.Logic(left=left, right=right) if depth:
            yield from asserted(it, left, env, depth - 1)
            yield from asserted(it, right, env, depth - 1)
        case ir.Not(value=inner) if depth:
            yield from asserted(it, inner, env, depth - 1)
        case ir.Compare(op=op, left=left, right=right) if op not in {"is", "is-not"} and not (_tells_type(left) and isinstance(right, ir.Const)):
            yield it.evaluate(left, env)
            yield it.evaluate(right, env)
        case ir.Call(func=ir.Name(id=name) | ir.Attr(name=name) as func, args=args) if not _TYPE_QUESTION.fullmatch(name):
            if isinstance(func, ir.Attr):
                yield it.evaluate(func.base, env)
            for arg in args:
                yield it.evaluate(arg.value, env)


def _tells_type(node: ir.Expr) -> bool:
    """Whether an expression is named as what tells the members of a union apart (`settings.kind`, `event["type"]`)."""
    name = node.name if isinstance(node, ir.Attr) else node.key.value if isinstance(node, ir.Index) and isinstance(node.key, ir.Const) else ""
    return name in {"type", "kind", "tag"}
