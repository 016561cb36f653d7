"""Conversions: calls that come back only where their argument has a form (`int(x)`, `uuid.UUID(x)`), and so prove it wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.conditions import holds
from scanner.taint.facts import PATH_DEPTH, EntryKind
from scanner.taint.kinds import mask_of
from scanner.taint.local import proofs
from scanner.taint.local.arguments import slot_node
from scanner.taint.local.prefixes import normalised, path_mask
from scanner.taint.local.values import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value
    from scanner.taint.refs import CalleeRef

_RETURNED = "returned"


def came_back(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, names: Iterable[str], slots: Mapping[str, Value], constants: Mapping[str, Constant | CalleeRef], env: Env
) -> None:
    """Note in the environment what it proves of the arguments of a library's function that it came back.

    What a part of a text has the form of says nothing of the rest, and of two texts that may have been passed nobody knows which it was: then only
    the variable that was passed is proven.
    """
    knowledge = it.context.knowledge
    for name in names:
        for row in knowledge.guards.get(name, ()):
            value = slots.get(row.slot)
            if row.outcome != _RETURNED or value is None or not value.labels or not holds(row.when, constants, slots):
                continue
            argument = _told(slot_node(node, row.slot))
            mask = mask_of(row.kinds, knowledge.kind_bits) if row.kinds else knowledge.every_kind
            if argument is None or (not mask & ~path_mask(it) and not normalised(it, value)):
                continue
            if _whole(it, argument, it.evaluate(argument, env)):
                env.update(proofs.protect(it, env, value, mask))
                if isinstance(argument, ir.Index):
                    proofs.settle(it, argument, env, mask)
            elif isinstance(argument, ir.Name) and argument.id in env:
                it.frame.guarded = True
                env[argument.id] = masked(env[argument.id], mask)


def _told(node: ir.Expr | None) -> ir.Expr | None:
    """What is converted, where that is a variable, an element under a constant key, or one of these spelled differently; else None."""
    if isinstance(node, ir.Logic) and node.op == "or" and isinstance(node.right, ir.Const):
        node = node.left  # `x or 0`: nothing of x is left where it is empty
    while isinstance(node, ir.Call):
        if isinstance(node.func, ir.Attr) and node.func.name in _SPELLED and not node.args:
            node = node.func.base
        elif isinstance(node.func, ir.Name) and node.func.id == "str" and len(node.args) == 1 and not node.args[0].spread:
            node = node.args[0].value
        else:
            return None
    return node if isinstance(node, ir.Name) or (isinstance(node, ir.Index) and isinstance(node.key, ir.Const)) else None


_SPELLED = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "encode", "decode"})
"""Methods that change no more than case, coding and the spaces around a text where they are given nothing else to change."""


def _whole(it: Machine, node: ir.Expr, value: Value) -> bool:
    """Whether a value is all of what its label names, of one thing, and nothing that lies beside that has the same label: paths end somewhere."""
    entries = [it.frame.entries[number] for number in value.labels]
    single = sum(entry.kind is not EntryKind.EFFECT for entry in entries) == 1
    if value.derived or not single or any(len(entry.path) >= PATH_DEPTH for entry in entries):
        return False
    made: ir.Expr | None = node
    for _ in range(_MOST_STEPS):
        if not isinstance(made, ir.Name):
            break
        made = it.origins.get(made.id)
    if isinstance(made, ir.Index):
        # A slice is a part, and so is what a call took apart: its label is not that of an element.
        key = made.key.value if isinstance(made.key, ir.Const) else None
        return isinstance(key, str | int) and any(entry.path[-1:] == (f"[{key}]",) for entry in entries)
    return not isinstance(made, ir.Choice | ir.Logic | ir.Name)


_MOST_STEPS = 4  # variables looked through for what one was made of
