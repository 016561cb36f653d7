"""Blocks: their scopes, what is hoisted in them, and what can be read where the parser found an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Const, Opaque
from scanner.taint.lower.javascript import constructors, scopes
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH, State, StatementHandler
from scanner.taint.program import Block, Evaluate, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.taint.lower.tree import SyntaxNode


def run(s: State, children: Sequence[SyntaxNode], out: list[Stmt], depth: int) -> None:
    """The statements of one block, whose names are declared already. Functions come first: they are bound before anything runs."""
    before, s.pending = s.pending, []
    above, s.depth = s.depth, depth
    statements, roles = s.statements, s.roles
    later: list[tuple[StatementHandler, SyntaxNode]] = []
    gathered = s.gathered
    taken: set[int] = set()
    if s.constructors:
        s.gathered, taken = constructors.gather(s, children)
    for child in children:
        kind = child.kind_id
        handler = statements.get(kind)
        if handler is None:
            continue
        role = roles.get(kind)
        if role == scopes.FUNCTION:
            handler(s, child, out, depth)
        else:
            if role == scopes.EXPORT:
                _exported_functions(s, child, out, depth)
            later.append((handler, child))
    for handler, child in later:
        if taken and child.start_byte in taken:
            continue
        mark = len(out)
        handler(s, child, out, depth)
        if s.pending:
            out[mark:mark] = s.pending
            s.pending = []
    s.pending = before
    s.depth = above
    s.gathered = gathered


def _exported_functions(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`export function f() {}` defines its function before anything runs."""
    for child in node.children:
        if s.roles.get(child.kind_id) == scopes.FUNCTION:
            s.statements[child.kind_id](s, child, out, depth)


def block(s: State, node: SyntaxNode | None, depth: int) -> Block:
    """The statements of a block in a scope of its own; a single statement is a block too; none for a block that is missing."""
    if node is None:
        return ()
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return ()
    children: Sequence[SyntaxNode] = node.children if node.type == "statement_block" else (node,)
    return scoped(s, children, depth)


def scoped(s: State, children: Sequence[SyntaxNode], depth: int) -> Block:
    """Statements in a scope of their own."""
    out: list[Stmt] = []
    names = scopes.declared_names(s, children)
    if not names:
        run(s, children, out, depth)
        return tuple(out)
    entered = scopes.enter(s, names)
    run(s, children, out, depth)
    scopes.leave(s, entered)
    return tuple(out)


def nested(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`{ ... }` as a statement."""
    out.extend(block(s, node, depth + 1))


def recover(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """An error: its statements, and its values for their effect."""
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return
    for child in node.children:
        kind = child.kind_id
        handler = s.statements.get(kind)
        if handler is not None:
            handler(s, child, out, depth + 1)
        elif kind in s.operands:
            value = s.operands[kind](s, child, 0)
            if type(value) is not Const and value != Opaque((), value.at, value.end):
                out.append(Evaluate(value, value.at, value.end))


def nothing(_s: State, _node: SyntaxNode, _out: list[Stmt], _depth: int) -> None:
    """A statement that does nothing here."""


HANDLERS: Mapping[str, StatementHandler] = {"statement_block": nested, "ERROR": recover}
