"""One file of JavaScript or TypeScript: its syntax tree becomes a module of the IR."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scanner.syntax.grammars import grammar
from scanner.taint.lower.javascript import (
    assignments,
    blocks,
    classes,
    declarations,
    decorated,
    displays,
    exports,
    expressions,
    functions,
    jsx,
    kinds,
    literals,
    modules,
    operators,
    prototypes,
    scopes,
    statements,
    switches,
)
from scanner.taint.lower.javascript.state import State, Tables
from scanner.taint.lower.parts import nothing, opaque
from scanner.taint.lower.tree import ERROR_KIND, named_kinds
from scanner.taint.program import Module, Stmt

if TYPE_CHECKING:
    from scanner.taint.lower.javascript.state import ExpressionHandler
    from scanner.taint.lower.tree import SyntaxNode

LANGUAGE = "javascript"
DIALECTS = frozenset(("javascript", "typescript", "tsx"))
"""The grammars that are lowered here."""

_OPERANDS = {
    **expressions.HANDLERS,
    **operators.HANDLERS,
    **literals.HANDLERS,
    **displays.HANDLERS,
    **assignments.HANDLERS,
    **functions.EXPRESSION_HANDLERS,
    **classes.EXPRESSION_HANDLERS,
    **jsx.HANDLERS,
    "ERROR": opaque,
}
_STATEMENTS = {
    **blocks.HANDLERS,
    **statements.HANDLERS,
    **switches.HANDLERS,
    **declarations.HANDLERS,
    **prototypes.HANDLERS,
    **modules.HANDLERS,
}


@cache
def _tables(dialect: str) -> Tables:
    """The handlers by the numbers that a grammar gives to its kinds."""
    language = grammar(dialect)
    named = [*named_kinds(language), (ERROR_KIND, "ERROR")]
    operands = {kind: _OPERANDS[name] for kind, name in named if name in _OPERANDS}
    values: dict[int, ExpressionHandler] = dict.fromkeys(range(language.node_kind_count), nothing)
    values.update(dict.fromkeys((kind for kind, _ in named), opaque))
    return Tables(
        {**values, **operands},
        operands,
        {kind: _STATEMENTS[name] for kind, name in named if name in _STATEMENTS},
        {kind: scopes.ROLES[name] for kind, name in named if name in scopes.ROLES},
        frozenset(kind for kind, handler in operands.items() if handler is expressions.wrapped),
        {
            **{kind: kinds.NAMED[name] for kind, name in named if name in kinds.NAMED},
            **{
                kind: kinds.TOKENS[name]
                for kind in range(language.node_kind_count)
                if (name := language.node_kind_for_id(kind) or "") in kinds.TOKENS
            },
        },
        {kind: statements.EFFECTS[name] for kind, name in named if name in statements.EFFECTS},
    )


def lower_module(  # noqa: PLR0913 -- what a file is, and what it is called
    root: SyntaxNode, data: bytes, *, path: str, name: str, package: bool, dialect: str, ordered: bool = False
) -> Module:
    """The IR of one file. `root` is the root of the tree that `scanner.syntax` made of `data` with the grammar `dialect`; offsets are into `data`.

    Never fails: what the parser could not place is lowered as far as it reads; what is nested beyond the bounds (`state`) is left out and its
    function named in `truncated`. `ordered` as in `Lowering`.
    """
    state = State(data, _tables(dialect))
    state.ordered = ordered
    exports.find_aliases(state)
    out: list[Stmt] = []
    children = root.children
    scopes.open_function(state, [*scopes.declared_names(state, children), *scopes.var_names(state, children)])
    blocks.run(state, children, out, 0)
    decorated.restore(state, out)
    return Module(path, name, LANGUAGE, package, (*scopes.said(state.frame), *out), tuple(state.truncated))
