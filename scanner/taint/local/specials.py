"""Calls that are syntax in all but name, where functions are values like others.

Modules that are called for, functions called through their own methods, objects put together, promises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir, program
from scanner.taint.facts import Entry, EntryKind
from scanner.taint.local.captures import captured
from scanner.taint.local.context import SUPER
from scanner.taint.local.names import module_value
from scanner.taint.local.stores import assign, store_into
from scanner.taint.local.values import NOTHING, Value
from scanner.taint.refs import NameRef

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

RESOLVES: Final = "=resolves "
"""Before the name of a variable: the function that gives a promise its value, which is kept in that variable."""
_THROUGH: Final = frozenset({"call", "apply", "bind"})
_SAME: Final = frozenset({"freeze", "seal", "preventExtensions"})


def special(it: Machine, node: ir.Call, env: Env) -> Value | None:
    """The value of such a call; None for every other."""
    func = node.func
    if isinstance(func, ir.Attr):
        if func.name in _THROUGH:
            return _through(it, node, func, env)
        return _of_object(it, node, func, env) if isinstance(func.base, ir.Name) and func.base.id == "Object" else None
    if not isinstance(func, ir.Name) or func.id in env:
        return None
    args = node.args
    match func.id:
        case "super" if it.owner_class:
            return Value(type_=f"{SUPER}{it.owner_class}")
        case "require" if len(args) == 1 and it.context.resolve is not None:
            specifier = it.evaluate(args[0].value, env)
            return module_value(it, it.context.resolve(specifier.const), node.at, node.end) if isinstance(specifier.const, str) else None
        case "typeof":
            for arg in args:
                it.evaluate(arg.value, env)
            return Value(type_="str")
        case "Promise" if args and isinstance(args[0].value, program.Closure) and it.context.dotted("Promise") == "builtins.Promise":
            return _promise(it, args[0].value.function, env)
        case _:
            return None


def _through(it: Machine, node: ir.Call, func: ir.Attr, env: Env) -> Value | None:
    """`f.call(this, a)`, `f.apply(this, list)`, `f.bind(this)`, `Array.prototype.slice.call(list, 1)`."""
    args = node.args
    plain = all(not arg.spread and not arg.name for arg in args)
    if not plain or not isinstance(func.base, ir.Name | ir.Attr | program.Closure):
        return None
    if func.name == "bind":
        if (
            isinstance(func.base, ir.Name)
            and func.base.id not in env
            and it.context.dotted(func.base.id) is None
            and captured(it, func.base.id) is None
        ):
            return None
        value = it.evaluate(func.base, env)
        known = value.ref is not None or value.type is not None or value.labels
        return value if known and len(args) <= 1 else None
    if not args:
        return it.evaluate(ir.Call(func.base, (), node.at, node.end), env)
    rest = args[1:] if func.name == "call" else tuple(ir.Arg(arg.value, "", 1) for arg in args[1:2])
    base = func.base
    if isinstance(base, ir.Attr) and (_is_prototype(base.base) or isinstance(base.base, ir.Sequence | ir.Mapping | ir.Const)):
        return it.evaluate(ir.Call(ir.Attr(args[0].value, base.name, base.at, base.end), rest, node.at, node.end), env)
    if isinstance(base, ir.Attr):
        held = it.evaluate(base.base, env)
        if held.type is None and held.ref is None and not held.labels:
            return None
    receiver = () if isinstance(args[0].value, ir.Const) else (ir.Arg(args[0].value, it.context.language.explicit),)
    return it.evaluate(ir.Call(base, (*rest, *receiver), node.at, node.end), env)


def _is_prototype(node: ir.Expr) -> bool:
    return isinstance(node, ir.Attr) and node.name == "prototype"


def _of_object(it: Machine, node: ir.Call, func: ir.Attr, env: Env) -> Value | None:
    """What `Object` does with objects whose contents are known."""
    args = node.args
    if it.context.dotted("Object") != "builtins.Object" or not args or "Object" in env:
        return None
    if func.name in _SAME and len(args) == 1:
        return it.evaluate(args[0].value, env)
    if func.name == "create" and isinstance(args[0].value, ir.Const) and args[0].value.value is None:
        return Value(type_=BARE)
    if func.name == "assign" and all(not arg.name and arg.spread == 0 for arg in args):
        merged = it.evaluate(ir.Mapping(tuple((None, arg.value) for arg in args), node.at, node.end), env)
        target = args[0].value
        held = it.evaluate(target, env)
        value = Value(merged.labels, type_=held.type if held.type is not None else merged.type, parts=merged.parts)
        if isinstance(target, ir.Name):
            assign(it, target, value, env, -1, -1)
        elif isinstance(target, ir.Attr):
            for component, part in merged.parts.items():
                store_into(it, target, component, part, env)
            if merged.labels:
                store_into(it, target, "*", it.frame.read(Value(merged.labels), "*"), env)
        return value
    return None


BARE: Final = "bare"
"""The type of an object that inherits nothing (`Object.create(null)`)."""


def _promise(it: Machine, function: program.Function, env: Env) -> Value:
    """`new Promise((resolve, reject) => ...)`: what the function gives to `resolve` is its value."""
    cell = f"{function.qualname}:=resolved"
    params = [param for param in function.params if param.name != it.context.language.explicit]
    it.define_with(function, {params[0].name: Value(ref=NameRef(f"{RESOLVES}{cell}"))} if params else {}, env)
    return Value(it.frame.label(Entry(EntryKind.CAPTURED, name=cell))) if params else NOTHING
