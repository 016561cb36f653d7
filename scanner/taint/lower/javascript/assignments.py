"""Assignments, as statements and inside expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.ir import Attr, Binary, Bind, Const, Expr, Index, Logic, Name, Opaque
from scanner.taint.lower.javascript import exports, functions, wrappers
from scanner.taint.lower.javascript.expressions import bare
from scanner.taint.lower.javascript.targets import target
from scanner.taint.program import Assign, Augment, Delete, Evaluate, Stmt

if TYPE_CHECKING:
    from collections.abc import Mapping as Table

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

# -- assignments as expressions ------------------------------------------------------------------------------------------


def binding(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`target = value` inside an expression. Defaults of a pattern are then left out."""
    if depth > s.limit:
        return s.cut(node)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    start, end = node.start_byte, node.end_byte
    if left is None or right is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), start, end)
    name = exports.exported_name(s, left)
    if name is not None:
        return exports.within(s, name, left, right, depth + 1)
    value = functions.named(s, right, functions.name_of(s, left), depth + 1)
    return Bind(target(s, left, [], depth + 1), value, start, end)


def augmenting(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`target op= value` inside an expression."""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    parts = _augmented(s, node, depth)
    if parts is None:
        return Opaque(tuple(s.all_operands(node, depth + 1)), start, end)
    goal, operator, value = parts
    return Bind(goal, _combined(goal, operator, value, start, end), start, end)


def _augmented(s: State, node: SyntaxNode, depth: int) -> tuple[Expr, str, Expr] | None:
    left, operator, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or operator is None or right is None:
        return None
    value = functions.named(s, right, functions.name_of(s, left), depth + 1)
    return target(s, left, [], depth + 1), operator.type.removesuffix("="), value


def _combined(goal: Expr, operator: str, value: Expr, start: int, end: int) -> Expr:
    if operator in {"||", "&&"}:
        return Logic("or" if operator == "||" else "and", goal, value, start, end)
    return Binary(">>" if operator == ">>>" else operator, goal, value, start, end)


def updated(s: State, node: SyntaxNode, depth: int) -> tuple[Expr | None, Const]:
    """What `++` or `--` changes, and what is taken away from it. To add would put texts together, and both make a number of any text."""
    goal: Expr | None = None
    taken = -1
    for child in node.children:
        if child.kind_id in s.operands:
            goal = target(s, child, [], depth)
        elif child.type == "--":
            taken = 1
    return goal, Const(taken, node.end_byte, node.end_byte)


def updating(s: State, node: SyntaxNode, depth: int) -> Expr:
    """`x++` and `--x` inside an expression."""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    goal, taken = updated(s, node, depth + 1)
    if goal is None:
        return Opaque((), start, end)
    return Bind(goal, Binary("-", goal, taken, start, end), start, end)


# -- assignments as statements -------------------------------------------------------------------------------------------


def targets_of(node: SyntaxNode) -> tuple[list[SyntaxNode], SyntaxNode | None]:
    """The targets of `a = b = value`, and the value."""
    targets: list[SyntaxNode] = []
    kind = node.kind_id
    current: SyntaxNode | None = node
    while current is not None and current.kind_id == kind:
        parts = current.children
        if len(parts) == 3:  # noqa: PLR2004 -- target, equals, value
            targets.append(parts[0])
            current = parts[2]
            continue
        left = current.child_by_field_name("left")
        if left is not None:
            targets.append(left)
        current = current.child_by_field_name("right")
    return targets, current


def statement(s: State, node: SyntaxNode, out: list[Stmt], depth: int) -> None:
    """`a = b = value;`."""
    targets, current = targets_of(node)
    if current is None:
        return
    span = (node.start_byte, node.end_byte)
    if len(targets) == 1 and exports.exported_name(s, targets[0]) is None:
        value = wrappers.inlined(s, bare(s, current), out, depth)
        if value is None:
            value = functions.named(s, current, functions.name_of(s, targets[0]), 0)
        _assign(s, targets[0], value, out, span)
        return
    value = wrappers.inlined(s, bare(s, current), out, depth)
    exports.chain(s, exports.Chain(targets, current, span), out, value)


def _assign(s: State, left: SyntaxNode, value: Expr, out: list[Stmt], span: tuple[int, int]) -> None:
    defaults: list[Stmt] = []
    out.append(Assign(target(s, left, defaults, 0), value, *span))
    out.extend(defaults)


def assign(s: State, left: SyntaxNode, value: Expr, out: list[Stmt], span: tuple[int, int]) -> None:
    """Assign a value to a target, with the defaults of a pattern behind it."""
    _assign(s, left, value, out, span)


def augmented_statement(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`target op= value;`."""
    parts = _augmented(s, node, 0)
    if parts is None:
        return
    goal, operator, value = parts
    start, end = node.start_byte, node.end_byte
    if operator in {"||", "&&", "??"}:
        out.append(Assign(goal, _combined(goal, operator, value, start, end), start, end))
    else:
        out.append(Augment(goal, ">>" if operator == ">>>" else operator, value, start, end))


def update_statement(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`x++;`."""
    goal, taken = updated(s, node, 0)
    if goal is not None:
        out.append(Augment(goal, "-", taken, node.start_byte, node.end_byte))


def delete_statement(s: State, node: SyntaxNode, out: list[Stmt], _depth: int) -> None:
    """`delete base.name;`."""
    for value in s.all_operands(node, 0):
        if isinstance(value, Attr | Index | Name):
            out.append(Delete(value, node.start_byte, node.end_byte))
        else:
            out.append(Evaluate(value, node.start_byte, node.end_byte))


HANDLERS: Table[str, ExpressionHandler] = {
    "assignment_expression": binding,
    "augmented_assignment_expression": augmenting,
    "update_expression": updating,
}
