"""Statements, but for declarations, definitions, imports and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Attr, Call, Const, Expr, Name, Opaque
from scanner.taint.lower.javascript import assignments, exports, scopes, wrappers
from scanner.taint.lower.javascript.blocks import block
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.state import Landing, State, StatementHandler
from scanner.taint.lower.javascript.targets import target
from scanner.taint.lower.statements import ladder, returning
from scanner.taint.lower.tree import child_of_type
from scanner.taint.program import Block, Evaluate, Handler, If, Jump, Loop, Raise, Stmt, Try

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.tree import SyntaxNode

_DIRECTIVE = "use "


def expression_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """Values for their effect. Literals have none, but for directives like `"use server"`."""
    for child in node.children:
        kind = child.kind_id
        if kind in s.operands:
            effect(s, child, out, depth)
        else:
            handler = s.statements.get(kind)
            if handler is not None:
                handler(s, child, out, depth)


def effect(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """One expression for its effect."""
    kind = node.kind_id
    if kind in s.wrappers:
        node = bare(s, node)
        kind = node.kind_id
    special = s.effects.get(kind)
    if special is not None:
        special(s, node, out, depth)
        return
    value = s.expressions[kind](s, node, 0)
    if type(value) is Const and not (isinstance(value.value, str) and value.value.startswith(_DIRECTIVE) and value.value != "use strict"):
        return
    out.append(Evaluate(value, node.start_byte, node.end_byte))


def _call(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """A call, unless it is a function called where it is written, a module wrapper, or a compiler's word for an export."""
    start = node.start_byte
    if s.text.startswith(_UNUSUAL, start):
        if exports.helped(s, node, out) or wrappers.defined(s, node, out, depth):
            return
        returned = wrappers.inlined(s, node, out, depth)
        if returned is not None:
            if not isinstance(returned, Const | Name):
                out.append(Evaluate(returned, returned.at, returned.end))
            return
    out.append(Evaluate(s.expressions[node.kind_id](s, node, 0), start, node.end_byte))


_UNUSUAL = ("(", "function", "define(", "Object.defineProperty(", "Object.assign(", "__", "tslib")


def _comma(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    for child in node.children:
        if child.kind_id in s.operands:
            effect(s, child, out, depth)


def _unary(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    operator = node.children[0].type
    if operator == "delete":
        assignments.delete_statement(s, node, out, depth)
    elif operator in {"void", "!", "+", "-", "~"}:
        for child in node.children:
            if child.kind_id in s.operands:
                effect(s, child, out, depth)
    else:
        out.append(Evaluate(s.expressions[node.kind_id](s, node, 0), node.start_byte, node.end_byte))


EFFECTS: Mapping[str, StatementHandler] = {
    "call_expression": _call,
    "assignment_expression": assignments.statement,
    "augmented_assignment_expression": assignments.augmented_statement,
    "update_expression": assignments.update_statement,
    "sequence_expression": _comma,
    "unary_expression": _unary,
}


# -- branches ------------------------------------------------------------------------------------------------------------


def branch(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`if`, with its `else if`s."""
    rungs: list[tuple[Expr, Block, SyntaxNode]] = []
    orelse: Block = ()
    current: SyntaxNode | None = node
    while current is not None:
        rung, following = _rung(s, current, depth)
        rungs.append(rung)
        current = None
        inner = [child for child in following.children if child.kind_id in s.statements] if following is not None else []
        if len(inner) == 1 and inner[0].type == "if_statement":
            current = inner[0]
        else:
            orelse = tuple([statement for child in inner for statement in block(s, child, depth + 1)])
    out.extend(ladder(rungs, orelse, node.end_byte))


def _rung(s: State, node: SyntaxNode, depth: int) -> tuple[tuple[Expr, Block, SyntaxNode], SyntaxNode | None]:
    """The test and body of one `if`, and its `else`."""
    test: Expr | None = None
    then: Block = ()
    following: SyntaxNode | None = None
    for child in node.children:
        kind = child.type
        if kind == "parenthesized_expression" and test is None:
            test = s.expressions[child.kind_id](s, child, 0)
        elif kind == "else_clause":
            following = child
        elif child.kind_id in s.statements:
            then = (*then, *block(s, child, depth + 1))
    return (test or Opaque((), node.start_byte, node.start_byte), then, node), following


# -- loops ---------------------------------------------------------------------------------------------------------------


def looped(s: State, node: SyntaxNode | None, depth: int, labels: tuple[str, ...]) -> Block:
    """The body of a loop."""
    landings = s.frame.landings
    landings.append(Landing(labels, loop=True))
    body = block(s, node, depth + 1)
    landings.pop()
    return body


def _condition(s: State, node: SyntaxNode | None) -> Expr | None:
    return None if node is None or node.kind_id not in s.operands else s.expressions[node.kind_id](s, node, 0)


def while_loop(s: State, node: SyntaxNode, out: list[Stmt], depth: int, labels: tuple[str, ...] = ()) -> None:
    """`while (test) body`."""
    start, end = node.start_byte, node.end_byte
    test = _condition(s, node.child_by_field_name("condition")) or Opaque((), start, start)
    out.append(Loop(None, None, test, looped(s, node.child_by_field_name("body"), depth, labels), (), start, end))


def do_loop(s: State, node: SyntaxNode, out: list[Stmt], depth: int, labels: tuple[str, ...] = ()) -> None:
    """`do body while (test)`: an endless loop that is left at its end."""
    start, end = node.start_byte, node.end_byte
    body = looped(s, node.child_by_field_name("body"), depth, labels)
    test = _condition(s, node.child_by_field_name("condition")) or Opaque((), end, end)
    leaving = If(test, (), (Jump("break", test.at, test.end),), test.at, test.end)
    out.append(Loop(None, None, Const(value=True, at=start, end=start), (*body, leaving), (), start, end))


def for_loop(s: State, node: SyntaxNode, out: list[Stmt], depth: int, labels: tuple[str, ...] = ()) -> None:
    """`for (start; test; step) body`."""
    start, end = node.start_byte, node.end_byte
    initial = node.child_by_field_name("initializer")
    names = scopes.declared_names(s, [initial]) if initial is not None and s.roles.get(initial.kind_id) == scopes.LEXICAL else []
    entered = scopes.enter(s, names)
    if initial is not None:
        handler = s.statements.get(initial.kind_id)
        if handler is not None:
            handler(s, initial, out, depth)
        elif initial.kind_id in s.operands:
            effect(s, initial, out, depth)
    condition = node.child_by_field_name("condition")
    if condition is not None and condition.type == "expression_statement":
        condition = next((child for child in condition.children if child.kind_id in s.operands), None)
    test = _condition(s, condition) or Const(value=True, at=start, end=start)
    step: list[Stmt] = []
    increment = node.child_by_field_name("increment")
    body = looped(s, node.child_by_field_name("body"), depth, labels)
    if increment is not None:
        effect(s, increment, step, depth)
    scopes.leave(s, entered)
    out.append(Loop(None, None, test, (*body, *step), (), start, end))


def for_each(s: State, node: SyntaxNode, out: list[Stmt], depth: int, labels: tuple[str, ...] = ()) -> None:
    """`for (target of values) body`; `for (key in object)` goes over `Object.keys(object)`."""
    start, end = node.start_byte, node.end_byte
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    iterable = s.expression(right, 0) or Opaque((), start, start)
    declares = child_of_type(node, "let", "const", "using") is not None
    names: list[str] = []
    if declares and left is not None:
        scopes.pattern_names(s, left, names)
    entered = scopes.enter(s, names)
    defaults: list[Stmt] = []
    goal = target(s, left, defaults, 0) if left is not None else Opaque((), start, start)
    body = looped(s, node.child_by_field_name("body"), depth, labels)
    scopes.leave(s, entered)
    if child_of_type(node, "in") is not None:
        keys = Attr(Name("Object", iterable.at, iterable.at), "keys", iterable.at, iterable.at)
        iterable = Call(keys, (Arg(iterable),), iterable.at, iterable.end)
    awaits = child_of_type(node, "await") is not None
    out.append(Loop(goal, iterable, None, (*defaults, *body), (), start, end, awaits))


# -- jumps ---------------------------------------------------------------------------------------------------------------


def jump(op: str) -> StatementHandler:
    """`break` and `continue`, with or without a label."""

    def handler(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
        label = child_of_type(node, "statement_identifier")
        name = s.word(label.start_byte, label.end_byte) if label is not None else ""
        made = Jump(op, node.start_byte, node.end_byte)
        loops = 1
        for landing in reversed(s.frame.landings):
            if name in landing.labels if name else landing.loop or (landing.switch and op == "break"):
                landing.aimed[made.at] = made
                break
            landing.across.append(made)
            loops += 1
        made.loops = loops
        out.append(made)

    return handler


def labelled(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`label: statement`. A block that is left by its label is a loop that runs once."""
    labels: list[str] = []
    current = node
    while current.type == "labeled_statement":
        body = None
        for child in current.children:
            if child.type == "statement_identifier":
                labels.append(s.word(child.start_byte, child.end_byte))
            elif child.kind_id in s.statements:
                body = child
        if body is None:
            return
        current = body
    loop = LOOPS.get(current.type)
    if loop is not None:
        loop(s, current, out, depth, tuple(labels))
        return
    landing = Landing(tuple(labels), loop=False)
    s.frame.landings.append(landing)
    body_block = block(s, current, depth + 1)
    s.frame.landings.pop()
    out.extend(once(landing, body_block, node.start_byte, node.end_byte))


def once(landing: Landing, body: Block, start: int, end: int) -> Block:
    """A body that jumps may leave: as a loop that runs once if any does, else as it is."""
    if landing.aimed:
        return (Loop(None, None, Const(value=True, at=start, end=start), (*body, Jump("break", end, end)), (), start, end),)
    for crossing in landing.across:
        crossing.loops -= 1
    return body


# -- exceptions and the rest ---------------------------------------------------------------------------------------------


def try_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`try`, `catch`, `finally`."""
    body: Block = ()
    final: Block = ()
    handlers: list[Handler] = []
    for child in node.children:
        kind = child.type
        if kind == "statement_block":
            body = (*body, *block(s, child, depth + 1))
        elif kind == "catch_clause":
            handlers.append(_handler(s, child, depth))
        elif kind == "finally_clause":
            final = block(s, child_of_type(child, "statement_block"), depth + 1)
    out.append(Try(body, tuple(handlers), (), final, node.start_byte, node.end_byte))


def _handler(s: State, node: SyntaxNode, depth: int) -> Handler:
    pattern = node.child_by_field_name("parameter")
    names: list[str] = []
    if pattern is not None:
        scopes.pattern_names(s, pattern, names)
    entered = scopes.enter(s, names)
    opening: list[Stmt] = []
    name = ""
    if pattern is not None and pattern.type == "identifier":
        name = s.name(pattern.start_byte, pattern.end_byte).id
    elif pattern is not None:
        held = s.made_up(pattern.start_byte)
        name = held.id
        assignments.assign(s, pattern, held, opening, (pattern.start_byte, pattern.end_byte))
    body = block(s, child_of_type(node, "statement_block"), depth + 1)
    scopes.leave(s, entered)
    return Handler((), name, (*opening, *body))


def throwing(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`throw value`."""
    operands = s.all_operands(node, 0)
    out.append(Raise(operands[0] if operands else None, node.start_byte, node.end_byte))


def with_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`with (object) body`: what the object's names hide is not known."""
    value = s.expression(node.child_by_field_name("object"), 0)
    if value is not None:
        out.append(Evaluate(value, value.at, value.end))
    out.extend(block(s, node.child_by_field_name("body"), depth + 1))


LOOPS = {"while_statement": while_loop, "do_statement": do_loop, "for_statement": for_loop, "for_in_statement": for_each}

HANDLERS: Mapping[str, StatementHandler] = {
    "expression_statement": expression_statement,
    "if_statement": branch,
    **LOOPS,
    "break_statement": jump("break"),
    "continue_statement": jump("continue"),
    "labeled_statement": labelled,
    "try_statement": try_statement,
    "return_statement": returning,
    "throw_statement": throwing,
    "with_statement": with_statement,
}
