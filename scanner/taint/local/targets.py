"""Who a call calls, as far as one file can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import EntryKind
from scanner.taint.local.called import Target
from scanner.taint.local.captures import parameter_behind
from scanner.taint.local.classes import instances_of
from scanner.taint.local.context import dotted_ref
from scanner.taint.local.values import NOTHING, Value
from scanner.taint.refs import ClosureRef, MethodRef, NameRef, ParamRef, ParamType, capped

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine


def resolve(it: Machine, node: ir.Call, env: Env) -> Target:
    """Who a call calls, as far as this file can tell."""
    func = node.func
    library = it.context.library
    if isinstance(func, ir.Attr):
        base = it.evaluate(func.base, env)
        dotted = dotted_ref(base)
        if dotted is not None and not isinstance(base.type, str):
            name = library.canonical(f"{dotted}.{func.name}")
            if base.type is not None and name not in library.functions:
                return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (name,), base, base)
            # A function reached through its module has no receiver; a method reached through its class is passed one as an argument.
            return Target(NameRef(name), (name,), None, base)
        if isinstance(base.ref, ClosureRef) or (held := base.parts.get(f".{func.name}")) is None or held.ref is None:
            return _method(it, func, base)
        return Target(held.ref, (held.ref.name,) if isinstance(held.ref, NameRef) else (), base, held)
    value = it.evaluate(func, env)
    ref = value.ref
    if isinstance(ref, NameRef):
        return Target(ref, (ref.name,), None, value)
    if ref is None and len(value.labels) == 1:
        entry = it.frame.entries[next(iter(value.labels))]
        if entry.kind is EntryKind.PARAM:
            return Target(ParamRef(entry.number, entry.path), (), None, value)
        if entry.kind is EntryKind.CAPTURED and (parameter := parameter_behind(it, entry)) is not None:
            return Target(parameter, (), None, value)
    if ref is None and value.type is not None:
        return Target(MethodRef(capped(value.type), "__call__", _hint(func)), _member_names(it, value, "__call__"), value, value)
    return Target(ref, (), None, value)


def _method(it: Machine, func: ir.Attr, base: Value) -> Target:
    """A method of a value: by its type, by its constant, else by what it is called on."""
    made = instances_of(base)
    if made is not None:
        return Target(MethodRef(made, func.name, _hint(func.base)), (), base, NOTHING)
    names = _member_names(it, base, func.name)
    if names and any(name in it.context.library.functions for name in names):
        return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), names, base, NOTHING)
    language = it.context.language
    if func.name in language.promises and not isinstance(base.type, ParamType) and base.type != "Map":
        return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (f"{language.promise}.{func.name}",), base, NOTHING)
    if (
        base.type is None
        or (isinstance(base.type, ParamType) and not language.keyed)
        or (func.name in language.text_methods and not isinstance(base.type, str))
    ):
        builtin = it.context.library.builtin_methods(func.name)
        hint, knowledge = _hint(func.base), it.context.knowledge
        hinted = knowledge.hinted_sinks.get(func.name) or knowledge.hinted_misuses.get(func.name)
        if builtin and not hinted and not language.stores(hint, func.name):
            return Target(MethodRef(None, func.name, hint), builtin[:1], base, NOTHING)
    return Target(MethodRef(capped(base.type), func.name, _hint(func.base)), (), base, NOTHING)


def _member_names(it: Machine, base: Value, name: str) -> tuple[str, ...]:
    if isinstance(base.const, str):
        return (f"str.{name}",)
    if isinstance(base.const, bytes):
        return (f"bytes.{name}",)
    return it.context.library.members(base.type, name) if isinstance(base.type, str) else ()


def _hint(node: ir.Expr) -> str:
    """The last source name of a receiver: `cursor` of `self.cursor`, of `get_cursor()`, of `cursor[0]`, of `held["cursor"]`."""
    while True:
        match node:
            case ir.Name(id=name) | ir.Attr(name=name):
                return name.strip("_").lower()
            case ir.Call(func=func):
                node = func
            case ir.Index(base=base, key=key):
                if isinstance(key, ir.Const) and isinstance(key.value, str) and key.value.isidentifier():
                    return key.value.strip("_").lower()
                node = base
            case ir.Await(value=value):
                node = value
            case _:
                return ""
