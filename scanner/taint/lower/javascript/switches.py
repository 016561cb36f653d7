"""`switch`: cases that do not fall through, with the bodies of those that do joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.ir import Expr, Opaque
from scanner.taint.lower.javascript import scopes
from scanner.taint.lower.javascript.blocks import run
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH, Landing, State, StatementHandler
from scanner.taint.lower.javascript.statements import once
from scanner.taint.program import Block, Case, If, Jump, Raise, Return, Stmt, Switch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.tree import SyntaxNode

MAX_JOINED = 8
"""How many bodies are joined where cases fall through; a longer ladder is cut there and named."""


def switch(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`switch (subject) { case value: body }`."""
    start, end = node.start_byte, node.end_byte
    subject = s.expression(node.child_by_field_name("value"), 0) or Opaque((), start, start)
    body = node.child_by_field_name("body")
    if body is None:
        return
    if depth > MAX_BLOCK_DEPTH:
        s.cut(node)
        return
    clauses = [child for child in body.children if child.type in {"switch_case", "switch_default"}]
    statements = [_statements(s, clause) for clause in clauses]
    landing = Landing((), loop=False, switch=True)
    entered = scopes.enter(s, scopes.declared_names(s, [child for children in statements for child in children]))
    s.frame.landings.append(landing)
    ladder: list[_Rung] = []
    for clause, children in zip(clauses, statements, strict=True):
        value = clause.child_by_field_name("value") if clause.type == "switch_case" else None
        rung = _Rung(s.expression(value, 0), clause.type == "switch_default", [])
        run(s, children, rung.body, depth + 1)
        ladder.append(rung)
    s.frame.landings.pop()
    scopes.leave(s, entered)
    cases = _joined(s, node, ladder, landing)
    out.extend(once(landing, (Switch(subject, cases, start, end),), start, end))


class _Rung(NamedTuple):
    """One `case` or `default`."""

    value: Expr | None
    default: bool
    body: list[Stmt]


def _statements(s: State, clause: SyntaxNode) -> list[SyntaxNode]:
    found = []
    behind = False
    for child in clause.children:
        if child.type == ":":
            behind = True
        elif behind and child.kind_id in s.statements:
            found.append(child)
    return found


def _joined(s: State, node: SyntaxNode, ladder: list[_Rung], landing: Landing) -> tuple[Case, ...]:
    """The cases: neighbours of one body are one case, a body that ends without leaving goes on with the next, `default` comes last."""
    final = len(ladder) - 1
    leaving = [leaves(rung.body) for rung in ladder]
    for position, rung in enumerate(ladder):
        if leaving[position] or position == final:
            _strip(rung.body, landing)
    cases: list[Case] = []
    last: tuple[Case, ...] = ()
    held: list[Expr] = []
    default = False
    for position, rung in enumerate(ladder):
        default = default or rung.default
        if rung.value is not None:
            held.append(rung.value)
        if not rung.body and not leaving[position] and position < final:
            continue
        body = _whole(s, node, ladder, leaving, position)
        if default:
            last = (Case((), (), None, body),)
        elif held:
            cases.append(Case(tuple(held), (), None, body))
        held, default = [], False
    return (*cases, *last)


def _whole(s: State, node: SyntaxNode, ladder: list[_Rung], leaving: list[bool], position: int) -> Block:
    """A body with those it falls through to."""
    whole: list[Stmt] = list(ladder[position].body)
    following = position
    while not leaving[following] and following < len(ladder) - 1:
        following += 1
        if following - position > MAX_JOINED:
            s.cut(node)
            break
        whole.extend(ladder[following].body)
    return tuple(whole)


def leaves(body: list[Stmt] | Block) -> bool:
    """Whether a body never gets to its end."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, Jump | Return | Raise):
        return True
    return isinstance(last, If) and leaves(last.then) and leaves(last.orelse)


def _strip(body: list[Stmt], landing: Landing) -> None:
    """Take away the breaks at the end of a body that ends there anyway."""
    if not body:
        return
    last = body[-1]
    if isinstance(last, Jump):
        if landing.aimed.pop(last.at, None) is not None:
            body.pop()
    elif isinstance(last, If):
        then, orelse = list(last.then), list(last.orelse)
        _strip(then, landing)
        _strip(orelse, landing)
        last.then, last.orelse = tuple(then), tuple(orelse)


HANDLERS: Mapping[str, StatementHandler] = {"switch_statement": switch}
