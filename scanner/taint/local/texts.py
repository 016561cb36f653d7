"""Tests that something is text, which no part of something else is a part of, and tests of how long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.facts import EntryKind
from scanner.taint.kinds import SLOW_MATCH, TEXT
from scanner.taint.local.proofs import protect
from scanner.taint.local.values import flatten
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

NAMES: Final = frozenset({"str", "bytes"})


def asked(it: Machine, test: ir.Compare) -> ir.Expr | None:
    """What `type(x) is str` asks about."""
    left, right = test.left, test.right
    if not isinstance(left, ir.Call) or not isinstance(left.func, ir.Name) or left.func.id != "type" or len(left.args) != 1:
        return None
    if not isinstance(right, ir.Name) or right.id not in NAMES:
        return None
    ref = it.evaluate(right, {}).ref
    return left.args[0].value if isinstance(ref, NameRef) and ref.name == f"builtins.{right.id}" else None


def known(it: Machine, node: ir.Expr, env: Env) -> Env:
    """The environment once a parameter is known to be text. What any other variable was made of may have been something else."""
    if not isinstance(node, ir.Name) or node.id in it.origins:
        return env
    value = env.get(node.id)
    if value is None or value.parts or len(value.labels) != 1:
        return env
    entry = it.frame.entries[next(iter(value.labels))]
    params = it.frame.function.params if it.frame.function is not None else ()
    if entry.kind is EntryKind.PARAM and not entry.path and entry.number < len(params) and params[entry.number].name == node.id:
        return protect(it, env, value, it.context.knowledge.kind_bits.get(TEXT, 0))
    return env


def bounded(it: Machine, test: ir.Compare, env: Env, *, outcome: bool) -> Env | None:
    """The environment once a text is known not to be longer than something of the program's: `len(x) < 100`. None where something else was asked."""
    for size, most, fits in ((test.left, test.right, {"<", "<="}), (test.right, test.left, {">", ">="})):
        if isinstance(size, ir.Call) and isinstance(size.func, ir.Name) and size.func.id == "len" and len(size.args) == 1:
            if (test.op in fits) != outcome or flatten(it.evaluate(most, env)):
                return None
            return protect(it, env, it.evaluate(size.args[0].value, env), it.context.knowledge.kind_bits.get(SLOW_MATCH, 0))
    return None
