"""Operators: constants fold, text keeps its labels, arithmetic carries none; `and`, `or` and `not`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.local.arguments import names_alphabet
from scanner.taint.local.pieces import MAX_TEXT, before, behind, below, filled, pinned, plain_text, starts_open
from scanner.taint.local.quoting import quoted
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from scanner.taint import ir
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_NUMERIC = frozenset({"-", "//", "**", "<<", ">>", "&", "^", "@"})


def binary(it: Machine, node: ir.Binary, env: Env) -> Value:
    """Operators: constants fold, text keeps its labels, arithmetic carries none."""
    left, right = it.evaluate(node.left, env), it.evaluate(node.right, env)
    if left.known and right.known:
        return _fold(node.op, left, right)
    if node.op in _NUMERIC or node.op in it.context.language.arithmetic or _adds_number(it, node.op, left, right):
        return NOTHING
    if node.op == "%" and not _text_like(left):
        return Value(flatten(left))
    if node.op == "+" and (left.parts or right.parts):
        return _concatenated(left, right)
    if right.labels or right.parts:
        if node.op == "+":
            start = before(it, node.left, left, env)
            right = quoted(it, start, node.right, pinned(it, start, behind(it, right)), env)
        elif node.op == "%" and isinstance(left.const, str):
            right = filled(it, left.const, right)
    value = text(left, right if node.op not in {"+", "/", "%"} or (node.op == "%" and starts_open(left)) else below(it, right))
    if node.op == "+" and it.context.language.keyed:
        return plain_text(it, value, left, right)
    if node.op in {"/", "|", "??"}:
        # Paths are joined, mappings merged: the type is the operands', not a string's.
        parts = {**left.parts, **right.parts} if node.op == "|" else {}
        return Value(value.labels, type_=left.type or right.type, parts=parts, derived=node.op == "/")
    return value


def _adds_number(it: Machine, op: str, left: Value, right: Value) -> bool:
    """Whether something is added to a number, which only another number can be where nothing is converted for it."""
    return op == "+" and isinstance(left.const if left.known else right.const, int | float) and not it.context.language.keyed


def _text_like(value: Value) -> bool:
    return isinstance(value.const, str | bytes) or value.type == "str" or bool(value.labels)


def _concatenated(left: Value, right: Value) -> Value:
    """Sequences joined: positions shift on the right, which then are any position unless the left's length is known."""
    if left.labels or "*" in left.parts or not left.parts:
        return Value(join_labels(left.labels, right.labels), type_=left.type, parts={"*": _any(left, right)})
    offset = len(left.parts)
    parts = dict(left.parts)
    for key, part in right.parts.items():
        position = key[1:-1]
        parts[f"[{int(position) + offset}]" if position.isdigit() else "*"] = part
    if right.labels:
        parts["*"] = Value(right.labels)
    return Value(type_=left.type, parts=parts)


def _any(*values: Value) -> Value:
    found = NOTHING
    for value in values:
        for part in value.parts.values():
            found = join(found, part)
    return found


def _fold(op: str, left: Value, right: Value) -> Value:
    one, other = left.const, right.const
    try:
        if op == "+" and isinstance(one, str) and isinstance(other, str) and len(one) + len(other) <= MAX_TEXT:
            return Value(const=one + other, type_="str", ref=next((part.ref for part in (left, right) if names_alphabet(part)), None))
        if isinstance(one, int | float) and isinstance(other, int | float):
            return Value(const=_ARITHMETIC[op](one, other)) if op in _ARITHMETIC else NOTHING
    except (ArithmeticError, ValueError):
        return NOTHING
    if op == "+" and type(one) is not type(other):
        return NOTHING
    return Value(type_="str") if isinstance(one, str) else NOTHING


_Number = int | float
_ARITHMETIC: dict[str, Callable[[_Number, _Number], _Number]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "//": lambda one, other: one // other,
    "%": lambda one, other: one % other,
}


def logic(it: Machine, node: ir.Logic, env: Env) -> Value:
    """`and`, `or`: one of the operands; a known left side decides. The right side sees what the left has proven."""
    left = it.evaluate(node.left, env)
    if left.known:
        stops = bool(left.const) == (node.op == "or")
        return left if stops else it.evaluate(node.right, env)
    refined = it.refined(node.left, env, outcome=node.op == "and")
    right = it.evaluate(node.right, refined)
    it.keep_bindings(refined, env)
    return join(left, right) if node.op == "or" or left.labels else join(right, left)


def negation(it: Machine, node: ir.Not, env: Env) -> Value:
    """`not value`."""
    value = it.evaluate(node.value, env)
    return Value(const=not value.const) if value.known else NOTHING
