"""Statements, but for imports, definitions and `match`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Attr, Call, Const, Expr, Index, Name, Opaque, Sequence, Spread
from scanner.taint.lower.parts import arguments
from scanner.taint.lower.python.blocks import body_of, recover
from scanner.taint.lower.python.declared import annotation
from scanner.taint.lower.python.expressions import named
from scanner.taint.lower.python.named_tuples import assigned
from scanner.taint.lower.statements import ladder, returning
from scanner.taint.lower.tree import ERROR_KIND, child_of_type
from scanner.taint.program import Assert, Assign, Augment, Block, Declare, Delete, Evaluate, Handler, Jump, Loop, Raise, Scope, Stmt, Try, With

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import State, StatementHandler
    from scanner.taint.lower.tree import SyntaxNode


def expression_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """An assignment, or values for their effect. Literals (docstrings) have none."""
    for child in node.children:
        kind = child.kind_id
        handler = s.statements.get(kind)
        if handler is not None:
            handler(s, child, out, depth)
            continue
        operand = s.operands.get(kind)
        if operand is not None:
            value = operand(s, child, 0)
            if type(value) is not Const:
                out.append(Evaluate(value, child.start_byte, child.end_byte))


# -- assignments ---------------------------------------------------------------------------------------------------------


def assignment(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`target = value`, with several targets or an annotation."""
    parts = node.children
    if len(parts) == 3:  # noqa: PLR2004 -- target, equals, value
        left, equals, right = parts
        operand = s.operands.get(right.kind_id)
        if operand is not None and equals.type == "=":
            value = operand(s, right, 0)
            out.append(assigned(s, s.expressions[left.kind_id](s, left, 0), value, node.start_byte, node.end_byte))
            return
    _unusual_assignment(s, node, out, depth)


def _unusual_assignment(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    targets: list[Expr] = []
    kind = node.kind_id
    start, end = node.start_byte, node.end_byte
    current: SyntaxNode | None = node
    declared: Expr | None = None
    while current is not None and current.kind_id == kind:
        for child in current.children:
            if child.kind_id == ERROR_KIND:
                recover(s, child, out, depth + 1)
        left = s.expression(current.child_by_field_name("left"), 0)
        if left is not None:
            targets.append(left)
        declared = annotation(s, current.child_by_field_name("type")) or declared
        current = current.child_by_field_name("right")
    value = s.expression(current, 0)
    if declared is not None and len(targets) == 1:
        out.append(Declare(targets[0], declared, value, start, end))
    elif value is not None:
        _assign_all(s, targets, value, out, (start, end))


def _assign_all(s: State, targets: list[Expr], value: Expr, out: list[Stmt], span: tuple[int, int]) -> None:
    """`a = b = value`: the value to one of the targets, from there to the others, so that it is made once."""
    if isinstance(value, Const | Name):
        out.extend(Assign(target, value, *span) for target in targets)
        return
    holder = next((target for target in targets if isinstance(target, Name)), None)
    if holder is None:
        holder = Name(f"@{s.label(span[0])}", span[0], span[0])
        targets = [holder, *targets] if len(targets) > 1 else targets
    if len(targets) == 1:
        out.append(Assign(targets[0], value, *span))
        return
    out.append(Assign(holder, value, *span))
    out.extend(Assign(target, holder, *span) for target in targets if target is not holder)


_PARENTHESES = frozenset({"parenthesized_expression", "tuple"})


def type_alias(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`type X = ...` does nothing here. But the grammar also takes `type(x).attribute = value` for one."""
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or s.text[left.start_byte] != "(":
        return
    given = left
    while given.type not in _PARENTHESES and given.children:
        given = given.children[0]
    start = node.start_byte
    target: Expr = Call(Name("type", start, start + len("type")), arguments(s, given, 0, named), start, given.end_byte)
    whole = s.expressions[left.kind_id](s, left, 0)
    outer: list[Attr | Index] = []
    while isinstance(whole, Attr | Index) and whole.at == left.start_byte:
        outer.append(whole)
        whole = whole.base
    for part in outer[::-1]:
        target = replace(part, base=target, at=start)
    out.append(Assign(target, s.expressions[right.kind_id](s, right, 0), start, node.end_byte))


def augmented(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`target op= value`."""
    left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or operator is None or right is None:
        return
    target = s.expressions[left.kind_id](s, left, 0)
    out.append(Augment(target, operator.type.removesuffix("="), s.expressions[right.kind_id](s, right, 0), node.start_byte, node.end_byte))


def delete(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`del a, b`."""
    stack = s.all_operands(node, 0)[::-1]
    while stack:
        target = stack.pop()
        if isinstance(target, Sequence):
            stack.extend(target.items[::-1])
        else:
            out.append(Delete(target, node.start_byte, node.end_byte))


def scope(op: str) -> StatementHandler:
    """`global` and `nonlocal`."""

    def handler(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
        out.append(Scope(op, tuple([s.word(child.start_byte, child.end_byte) for child in node.children if child.type == "identifier"])))

    return handler


# -- branches and loops --------------------------------------------------------------------------------------------------


def branch(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`if`, with its `elif`s as `else: if`."""
    rungs: list[tuple[Expr, Block, SyntaxNode]] = [(_condition(s, node), body_of(s, node, depth), node)]
    orelse: Block = ()
    for child in node.children:
        kind = child.type
        if kind == "elif_clause":
            rungs.append((_condition(s, child), body_of(s, child, depth), child))
        elif kind == "else_clause":
            orelse = body_of(s, child, depth)
    out.extend(ladder(rungs, orelse, node.end_byte))


def _condition(s: State, node: SyntaxNode) -> Expr:
    return s.expression(node.child_by_field_name("condition"), 0) or Opaque((), node.start_byte, node.start_byte)


def _otherwise(s: State, node: SyntaxNode, depth: int) -> Block:
    clause = child_of_type(node, "else_clause")
    return () if clause is None else body_of(s, clause, depth)


def while_loop(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`while test`."""
    test = _condition(s, node)
    out.append(Loop(None, None, test, body_of(s, node, depth), _otherwise(s, node, depth), node.start_byte, node.end_byte))


def for_loop(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`for target in iterable`, asynchronous or not."""
    start = node.start_byte
    target = s.expression(node.child_by_field_name("left"), 0) or Opaque((), start, start)
    iterable = s.expression(node.child_by_field_name("right"), 0) or Opaque((), start, start)
    out.append(Loop(target, iterable, None, body_of(s, node, depth), _otherwise(s, node, depth), start, node.end_byte))


def jump(op: str) -> StatementHandler:
    """`break` and `continue`."""

    def handler(_s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
        out.append(Jump(op, node.start_byte, node.end_byte))

    return handler


# -- exceptions and contexts ---------------------------------------------------------------------------------------------


def try_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`try`, with `except`, `except*`, `else` and `finally`."""
    body = body_of(s, node, depth)
    handlers: list[Handler] = []
    final: Block = ()
    for child in node.children:
        kind = child.type
        if kind in {"except_clause", "except_group_clause"}:
            handlers.append(_handler(s, child, depth))
        elif kind == "finally_clause":
            final = body_of(s, child, depth)
    out.append(Try(body, tuple(handlers), _otherwise(s, node, depth), final, node.start_byte, node.end_byte))


def _handler(s: State, node: SyntaxNode, depth: int) -> Handler:
    """`except Type as name`, `except (A, B)`, and Python 2's `except Type, name`."""
    found: list[tuple[Expr, Expr | None]] = [
        _aliased(s, child) for child in node.children if child.kind_id in s.operands and child.kind_id != ERROR_KIND
    ]
    types: tuple[Expr, ...] = ()
    name = ""
    if found:
        caught, bound = found[0]
        types = caught.items if isinstance(caught, Sequence) else (caught,)
        if bound is None and len(found) > 1:
            bound = found[1][0]
        name = bound.id if isinstance(bound, Name) else ""
    return Handler(types, name, body_of(s, node, depth))


def _aliased(s: State, node: SyntaxNode) -> tuple[Expr, Expr | None]:
    """`value as target`, or a value alone."""
    if node.type != "as_pattern":
        return s.expressions[node.kind_id](s, node, 0), None
    operands = s.all_operands(node, 0)
    start, end = node.start_byte, node.end_byte
    return operands[0] if operands else Opaque((), start, end), operands[1] if len(operands) > 1 else None


def with_statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`with`, asynchronous or not; parentheses around its items make no difference."""
    items: list[tuple[Expr, Expr | None]] = []
    clause = child_of_type(node, "with_clause")
    for item in clause.children if clause is not None else ():
        if item.type == "with_item":
            items.extend(_aliased(s, child) for child in item.children if child.kind_id in s.operands)
    out.append(With(tuple(items), body_of(s, node, depth), node.start_byte, node.end_byte))


def raising(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`raise value from cause`; Python 2's `raise Type, argument` is a call of the type."""
    cause = node.child_by_field_name("cause")
    start, end = node.start_byte, node.end_byte
    operands = [s.operands[child.kind_id](s, child, 0) for child in node.children if child.kind_id in s.operands and child != cause]
    value = operands[0] if operands else None
    if isinstance(value, Sequence) and value.kind == "tuple" and value.items:
        kind, *arguments = value.items[:2]
        given = tuple(Arg(argument) for argument in arguments if argument != Const(None, argument.at, argument.end))
        value = Call(kind, given, value.at, value.end) if given else kind
    caused = s.expression(cause, 0)
    if caused is not None and not isinstance(caused, Const | Name):
        out.append(Evaluate(caused, caused.at, caused.end))
    out.append(Raise(value, start, end))


def asserting(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`assert test, message`. The message is made only when the program stops."""
    operands = s.all_operands(node, 0)
    if operands:
        out.append(Assert(operands[0], node.start_byte, node.end_byte))


# -- Python 2 ------------------------------------------------------------------------------------------------------------


def printing(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`print a, b` and `print >>stream, a` as calls of `print`."""
    start, end = node.start_byte, node.end_byte
    args: list[Arg] = []
    for child in node.children:
        handler = s.operands.get(child.kind_id)
        if handler is not None:
            args.append(Arg(handler(s, child, 0)))
        elif child.type == "chevron":
            args.extend(Arg(value, "file") for value in s.all_operands(child, 0))
    out.append(Evaluate(Call(Name("print", start, start + len("print")), tuple(args), start, end), start, end))


def executing(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`exec code in globals, locals` as a call of `exec`."""
    start, end = node.start_byte, node.end_byte
    operands = s.all_operands(node, 0)
    if len(operands) == 1 and isinstance(operands[0], Sequence) and operands[0].kind == "tuple":
        operands = list(operands[0].items)
    args = tuple([Arg(value.value, "", 1) if isinstance(value, Spread) else Arg(value) for value in operands])
    out.append(Evaluate(Call(Name("exec", start, start + len("exec")), args, start, end), start, end))


HANDLERS: Mapping[str, StatementHandler] = {
    "expression_statement": expression_statement,
    "assignment": assignment,
    "augmented_assignment": augmented,
    "type_alias_statement": type_alias,
    "delete_statement": delete,
    "global_statement": scope("global"),
    "nonlocal_statement": scope("nonlocal"),
    "if_statement": branch,
    "while_statement": while_loop,
    "for_statement": for_loop,
    "break_statement": jump("break"),
    "continue_statement": jump("continue"),
    "try_statement": try_statement,
    "with_statement": with_statement,
    "raise_statement": raising,
    "return_statement": returning,
    "assert_statement": asserting,
    "print_statement": printing,
    "exec_statement": executing,
}
