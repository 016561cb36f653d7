"""What tests of every lowering ask of hostile input: to be parsed whatever its size, and to come out no deeper than allowed."""

from __future__ import annotations

from dataclasses import is_dataclass

from scanner.syntax.parse import ParseLimits
from scanner.taint import ir, program

NO_LIMITS = ParseLimits(max_bytes=10**9, max_depth=10**9, effort=10**6)


def depth(module: program.Module) -> int:
    """How many expressions and statements stand in one another, counted without recursion."""
    deepest = 0
    stack: list[tuple[object, int]] = [(module.body, 0)]
    while stack:
        node, level = stack.pop()
        if isinstance(node, tuple):
            stack.extend((item, level) for item in node)
        elif is_dataclass(node):
            level += isinstance(node, ir.Expr | program.Stmt)
            deepest = max(deepest, level)
            stack.extend((getattr(node, name), level) for name in node.__dataclass_fields__)
    return deepest
