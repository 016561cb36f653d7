"""Whether a value is a function of the program, or may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.local.context import dotted_ref
from scanner.taint.refs import AttrType, ClosureRef, GlobalType, NameRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Value
    from scanner.taint.refs import CalleeRef


def is_closure(ref: CalleeRef) -> bool:
    """Whether a reference surely is a function of the program, in languages that name modules by their paths."""
    return isinstance(ref, ClosureRef) or (isinstance(ref, NameRef) and ref.name.startswith("/"))


def has_callbacks(it: Machine, slots: Mapping[str, Value]) -> bool:
    """Whether a call is handed a function that may be the program's own."""
    if it.context.language.keyed and any(value.parts and _holds_function(it, value, _DEEPEST) for value in slots.values()):
        return True
    return any(is_function(it, value) for value in slots.values())


_DEEPEST = 3  # objects in objects, looked into for functions (`{resolvers: {Query: {items}}}`)


def _holds_function(it: Machine, value: Value, depth: int) -> bool:
    return any(
        (part.ref is not None and is_function(it, part)) or (depth > 1 and bool(part.parts) and _holds_function(it, part, depth - 1))
        for part in value.parts.values()
    )


def has_made_functions(slots: Mapping[str, Value]) -> bool:
    """Whether an argument may be a function that was made by a call, or a method as a value."""
    return any(isinstance(value.type, ResultType | AttrType | ParamType) and not value.known for value in slots.values())


def is_function(it: Machine, value: Value) -> bool:
    """Whether a value is a function defined here, or a name that may be one of another file."""
    return isinstance(value.ref, ClosureRef) or _perhaps_own(it, value)


def _perhaps_own(it: Machine, value: Value) -> bool:
    name = dotted_ref(value)
    if name is None or not (value.type is None or isinstance(value.type, GlobalType)):
        return False
    library = it.context.library
    return not it.context.is_foreign_library(name) and name not in library.functions and name not in library.classes
