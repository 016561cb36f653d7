"""One Python file: its syntax tree becomes a module of the IR."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scanner.syntax.grammars import grammar
from scanner.taint.lower.parts import nothing, opaque
from scanner.taint.lower.python import blocks, declared, definitions, displays, expressions, imports, operators, patterns, statements, strings
from scanner.taint.lower.python.state import State, Tables
from scanner.taint.lower.tree import ERROR_KIND, named_kinds
from scanner.taint.program import Module, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.python.state import ExpressionHandler
    from scanner.taint.lower.tree import SyntaxNode

LANGUAGE = "python"

_OPERANDS = {
    **expressions.HANDLERS,
    **operators.HANDLERS,
    **strings.HANDLERS,
    **displays.HANDLERS,
    **declared.HANDLERS,
    **definitions.EXPRESSION_HANDLERS,
    "ERROR": opaque,
}
_STATEMENTS = {**statements.HANDLERS, **imports.HANDLERS, **definitions.HANDLERS, **patterns.HANDLERS, **blocks.HANDLERS}


@cache
def _tables() -> Tables:
    """The handlers by the numbers that the grammar gives to its kinds."""
    python = grammar(LANGUAGE)
    named = [*named_kinds(python), (ERROR_KIND, "ERROR")]
    operands = {kind: _OPERANDS[name] for kind, name in named if name in _OPERANDS}
    values: dict[int, ExpressionHandler] = dict.fromkeys(range(python.node_kind_count), nothing)
    values.update(dict.fromkeys((kind for kind, _ in named), opaque))
    return Tables({**values, **operands}, operands, {kind: _STATEMENTS[name] for kind, name in named if name in _STATEMENTS})


def lower_module(  # noqa: PLR0913 -- what a file is, and what it is called
    root: SyntaxNode, data: bytes, *, path: str, name: str, package: bool, ordered: bool = False
) -> Module:
    """The IR of one file. `root` is the root of the tree that `scanner.syntax` made of `data`; all offsets are into `data`.

    Never fails: what the parser could not place is lowered as far as it reads; what is nested beyond the bounds (`state`) is left out and its
    function named in `truncated`. `ordered` as in `Lowering`.
    """
    state = State(data, _tables())
    state.ordered = ordered
    out: list[Stmt] = []
    if root.kind_id == ERROR_KIND:
        blocks.recover(state, root, out, 0)
    else:
        out.extend(blocks.block(state, root, 0))
    return Module(path, name, LANGUAGE, package, tuple(out), tuple(state.truncated))
