"""Variables of enclosing functions: as the functions within them see them, and who they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import Entry, EntryKind, Exit, ExitKind
from scanner.taint.local.values import Value
from scanner.taint.refs import AttrType, ClosureRef, EitherType, ItemType, MethodRef, ParamRef, ParamType, ResultType

if TYPE_CHECKING:
    from scanner.taint.local.machine import Machine
    from scanner.taint.refs import CalleeRef, TypeRef


def captured(it: Machine, name: str) -> Value | None:
    """A variable of an enclosing function, as this function sees it: its type and constant, and a label that the linker can follow."""
    outer = it.outer
    while outer is not None:
        held = outer.env.get(name)
        if held is None and it.context.language.hoisted and name in (later := outer.host.locals_of(outer.frame)):
            held = later[name]
            if held.ref is not None and outer.host.assigned_once(outer.frame, name):
                return held
        if held is not None:
            if held.known and name not in outer.frame.rewritten and outer.host.assigned_once(outer.frame, name):
                return Value(const=held.const, type_=held.type)  # its labels would be numbers of another frame
            if held.ref is not None and not held.labels and not held.parts and it.context.language.hoisted:
                return held
            labels = it.frame.label(Entry(EntryKind.CAPTURED, name=f"{outer.frame.qualname}:{name}"))
            outer.frame.flow(held, Exit(ExitKind.CAPTURED, name=f"{outer.frame.qualname}:{name}"))
            outer.frame.captured.add(name)
            return Value(labels, type_=_seen_from_within(held.type, outer.frame.qualname), ref=_seen_ref(held.ref, outer.frame.qualname))
        outer = outer.outer
    scope = it.context.scope
    if name in scope.names or name in scope.assigned:
        return None  # `exports.parse = function (text) { return parse(text); }`: what the module calls so, not the function that is only named for it
    frames: Machine | None = it
    while frames is not None and it.context.language.hoisted:
        function = frames.frame.function
        if function is not None and function.name == name and not frames.frame.owner:
            return Value(ref=ClosureRef(frames.frame.qualname))  # a function expression knows itself by its name
        frames = frames.outer
    return None


def parameter_behind(it: Machine, entry: Entry) -> ParamRef | None:
    """The parameter of an enclosing function that a captured variable is, and nothing else."""
    qualname, _, name = entry.name.rpartition(":")
    outer = it.outer
    while outer is not None:
        if outer.frame.qualname == qualname:
            held = outer.env.get(name)
            if held is None or len(held.labels) != 1:
                return None
            own = outer.frame.entries[next(iter(held.labels))]
            if own.kind is EntryKind.CAPTURED:
                return parameter_behind(outer, own)
            return ParamRef(own.number, (*own.path, *entry.path), qualname) if own.kind is EntryKind.PARAM else None
        outer = outer.outer
    return None


def owner_of(it: Machine, name: str) -> Machine:
    """The enclosing function whose variable a name is; the next one where none has it yet."""
    outer = it.outer
    while outer is not None and outer.outer is not None and name not in outer.env and name not in outer.host.locals_of(outer.frame):
        outer = outer.outer
    return outer or it


def _seen_from_within(type_: TypeRef, function: str) -> TypeRef:
    """A type as functions within `function` have to write it: its parameters are not theirs."""
    match type_:
        case ParamType(number=number, function=""):
            return ParamType(number, function)
        case AttrType(type=inner, name=name):
            return AttrType(_seen_from_within(inner, function), name)
        case ItemType(type=inner, name=name):
            return ItemType(_seen_from_within(inner, function), name)
        case ResultType(callee=callee):
            return ResultType(_seen_ref(callee, function))
        case EitherType(passed=passed, otherwise=otherwise):
            seen = _seen_from_within(passed, function)
            return EitherType(seen if isinstance(seen, ParamType | AttrType) else passed, _seen_from_within(otherwise, function))
        case _:
            return type_


def _seen_ref(ref: CalleeRef, function: str) -> CalleeRef:
    match ref:
        case ParamRef(number=number, path=path, function=""):
            return ParamRef(number, path, function)
        case MethodRef(type=inner, name=name, hint=hint):
            return MethodRef(_seen_from_within(inner, function), name, hint)
        case _:
            return ref
