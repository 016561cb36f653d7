"""Calls that one file cannot resolve: they stay symbolic, for the linker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from scanner.taint import ir
from scanner.taint.conditions import UNKNOWN
from scanner.taint.facts import MADE, CallSite, Entry, EntryKind, Exit, ExitKind
from scanner.taint.local.answers import DATA, STAYS, is_data, stays
from scanner.taint.local.arguments import slot_node
from scanner.taint.local.evidence import executed
from scanner.taint.local.values import Value, flatten, join_labels, text
from scanner.taint.refs import AnyRef, ClosureRef, MethodRef, NameRef, ParamRef, ResultType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.local.called import Target
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.refs import CalleeRef, TypeRef

_TEXT = 60
_CONSTANT_TEXT = 400


def deferred(  # noqa: C901, PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, target: Target, slots: Mapping[str, Value], constants: Mapping[str, Constant | CalleeRef], env: Env
) -> Value:
    """A call for the linker: what goes in leaves through its argument slots, what comes out is its result."""
    ref, noted = executed(it, node, target.ref, slots, env)
    functions: list[tuple[str, CalleeRef]] = []
    types: list[tuple[str, TypeRef]] = []
    for slot, value in slots.items():
        if value.ref is not None and slot != "self":
            functions.append((slot, value.ref))
        if value.type is not None and not value.known:
            types.append((slot, value.type))
    if it.context.language.keyed:
        functions.extend(found for slot, value in slots.items() if value.parts and slot != "self" for found in _functions_in(slot, value))
    known: list[tuple[str, Constant]] = []
    parts: list[str] = [*noted]
    if it.context.language.keyed and isinstance(node.func, ir.Attr) and is_data(it, node.func.base, env):
        parts.append(f"self:{DATA}")
    if it.context.language.keyed and stays(it, node.func, env):
        parts.append(f"self:{STAYS}")
    for slot, const in constants.items():
        if const is UNKNOWN:
            parts.append(slot)
        elif _is_constant(const):
            known.append((slot, const[:_CONSTANT_TEXT] if isinstance(const, str) else const))
    parts.extend(f"{slot}:{MADE}" for slot, value in slots.items() if value.derived and value.labels)
    naming = it.naming if it.naming and it.context.library.asks_for(it.naming) else ""
    said = (tuple(slots), tuple(known), tuple(functions), tuple(types))
    site = CallSite(ref, node.at, node.end, *said, text=_spelled(node.func)[:_TEXT], parts=tuple(parts), naming=naming)
    number = it.frame.call(site)
    it.argument_values[node.at, node.end] = dict(slots)
    for slot, value in slots.items():
        it.frame.flow(value, Exit(ExitKind.ARGUMENT, number, slot))
    if ref is None:
        # Calling a value: whatever it holds, and whatever it is given, may come back.
        return Value(join_labels(flatten(target.value), text(*slots.values()).labels))
    _effects(it, node, ref, number, slots, env)
    return Value(it.frame.label(Entry(EntryKind.RESULT, number)), type_=ResultType(ref))


def _functions_in(slot: str, value: Value, depth: int = 2) -> Iterator[tuple[str, NameRef | MethodRef | ParamRef | ClosureRef | AnyRef]]:
    """The functions in what is passed in a slot, each with its path there."""
    mark = "/" if ":" in slot else ":"
    for component, part in value.parts.items():
        if part.ref is not None:
            yield f"{slot}{mark}{component}", part.ref
        if part.parts and depth:
            yield from _functions_in(f"{slot}{mark}{component}", part, depth - 1)


def _is_constant(known: Constant | CalleeRef) -> TypeGuard[Constant]:
    return known is None or isinstance(known, str | bytes | int | float)


def _effects(it: Machine, node: ir.Call, ref: CalleeRef, number: int, slots: Mapping[str, Value], env: Env) -> None:  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    """What a callee may leave in the variables it is passed."""
    if isinstance(ref, MethodRef) and ref.type is None:
        return
    immutable = it.context.language.immutable
    for slot, value in slots.items():
        if value.known or value.ref is not None or (isinstance(value.type, str) and value.type in immutable):
            continue
        expression = slot_node(node, slot)
        if isinstance(expression, ir.Name) and expression.id in env and expression.id != it.receiver_name:
            labels = join_labels(value.labels, it.frame.label(Entry(EntryKind.EFFECT, number, slot)))
            env[expression.id] = Value(labels, type_=value.type, ref=value.ref, parts=value.parts, derived=value.derived)


def _spelled(node: ir.Expr) -> str:
    match node:
        case ir.Name(id=name):
            return name
        case ir.Attr(base=base, name=name):
            return f"{_spelled(base)}.{name}"
        case ir.Call(func=func):
            return f"{_spelled(func)}()"
        case ir.Index(base=base):
            return f"{_spelled(base)}[]"
        case _:
            return ""
