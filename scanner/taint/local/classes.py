"""Classes as values: what is known of the objects that calling one makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import MAKE
from scanner.taint.local.values import Value
from scanner.taint.refs import MethodRef, NameRef, capped

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.refs import TypeRef


def class_of(value: Value) -> Value:
    """The class of a value (`type(x)`): calling it makes another of its kind."""
    return Value(ref=MethodRef(capped(value.type), MAKE, "")) if value.type is not None else Value()


def instances_of(value: Value) -> TypeRef:
    """The type of what a class makes of which only a base is known, or whose objects are."""
    return value.ref.type if isinstance(value.ref, MethodRef) and value.ref.name == MAKE else None


def narrowed(name: str, base: Value, env: Env) -> Env:
    """The environment once `issubclass(name, base)` is known: calling the variable makes something of that kind."""
    env = dict(env)
    held = env.get(name)
    options = [part for part in base.parts.values() if part.ref is not None] if base.parts else [base]
    if held is not None and held.ref is None and len(options) == 1 and isinstance(options[0].ref, NameRef):
        made = options[0].ref.name.removeprefix("builtins.")
        env[name] = Value(held.labels, ref=MethodRef(made, MAKE, ""), parts=held.parts, derived=held.derived)
    return env
