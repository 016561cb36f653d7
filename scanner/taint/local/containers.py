"""Lists and dictionaries whose contents are known: their methods move values by position and key, as the language does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.facts import KEYS
from scanner.taint.local.stores import assign, store_into
from scanner.taint.local.values import MAX_PARTS, NOTHING, Value, join, with_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

_COPIES = frozenset({"builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "copy.copy", "copy.deepcopy"})


def container_call(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, receiver: Value | None, names: tuple[str, ...], slots: Mapping[str, Value], env: Env
) -> Value | None:
    """The result of a method or constructor of a known container; None where its contents are not known, or the call is something else."""
    if receiver is None:
        return _built(names[0] if names else "", slots)
    if it.context.language.keyed:
        return _of_keyed(it, node, receiver, slots, env)
    if receiver.labels or not isinstance(node.func, ir.Attr):
        return None
    table = _METHODS.get(receiver.type) if isinstance(receiver.type, str) else None
    handler = table.get(node.func.name) if table is not None else None
    return None if handler is None else handler(it, node.func.base, receiver, slots, env)


def _of_keyed(  # noqa: C901 -- one method after the other
    it: Machine, node: ir.Call, receiver: Value, slots: Mapping[str, Value], env: Env
) -> Value | None:
    """The same where lists are pushed to and maps are set. What is put into a list that came from elsewhere is kept all the same."""
    func = node.func
    if not isinstance(func, ir.Attr) or f".{func.name}" in receiver.parts:
        return None
    if func.name in {"push", "unshift"} and receiver.type in {"list", None} and (receiver.labels or func.name == "unshift" or "*" in slots):
        if receiver.type is None and not receiver.labels:
            return None
        for slot, value in slots.items():
            if slot.isdigit() or slot == "*":
                store_into(it, func.base, "*", value, env)
        return NOTHING
    if receiver.labels:
        return None
    if receiver.type == "list" and func.name == "push":
        for number in range(len(slots)):
            _append(it, func.base, it.evaluate(func.base, env), {"0": slots.get(str(number), NOTHING)}, env)
        return NOTHING
    if receiver.type == "list" and receiver.parts and func.name in {"pop", "shift"}:
        first = {"0": Value(const=0)} if func.name == "shift" else {}
        return _pop_item(it, func.base, receiver, first, env)
    if receiver.type == "Map" and func.name == "set":
        store_into(it, func.base, _key(slots.get("0", NOTHING)) or "*", slots.get("1", NOTHING), env)
        return it.evaluate(func.base, env)
    if (
        receiver.type == "Map"
        and func.name == "get"
        and receiver.parts
        and not any(key.startswith("[") and key[1:-1].isdigit() for key in receiver.parts)
    ):
        key = _key(slots.get("0", NOTHING))
        return it.frame.read(receiver, "*" if key is None else key)
    return None


def _built(name: str, slots: Mapping[str, Value]) -> Value | None:
    if name == "builtins.dict" and "*" not in slots and "**" not in slots:
        first = slots.get("0", NOTHING)
        if first.labels or (first.parts and first.type != "dict"):
            return None
        parts = {**first.parts, **{f"[{key}]": value for key, value in slots.items() if key != "0"}}
        return Value(type_="dict", parts=parts) if len(parts) <= MAX_PARTS else None
    if name in _COPIES and len(slots) == 1 and (value := slots.get("0", NOTHING)).parts and not value.labels and value.type != "dict":
        return Value(type_=value.type, parts=value.parts)
    if name in _COPIES and len(slots) == 1 and isinstance(letters := slots.get("0", NOTHING).const, str) and name.startswith("builtins."):
        return Value(const=letters, type_=name.removeprefix("builtins."))  # a set of letters: which they are is all that is asked of it
    if name == "builtins.len" and len(slots) == 1:
        value = slots.get("0", NOTHING)
        if isinstance(value.const, str | bytes):
            return Value(const=len(value.const))
        if value.parts and not value.labels and "*" not in value.parts:
            return Value(const=len(value.parts))
    return None


def _length(value: Value) -> int | None:
    """How many elements a list has, where every position is known."""
    count = len(value.parts)
    return count if all(f"[{position}]" in value.parts for position in range(count)) else None


def _replaced(it: Machine, base: ir.Expr, items: list[Value], env: Env) -> None:
    assign(it, base, Value(type_="list", parts={f"[{position}]": item for position, item in enumerate(items)}), env, -1, -1)


def _items(value: Value) -> list[Value]:
    return [value.parts[f"[{position}]"] for position in range(len(value.parts))]


def _append(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    # In a loop the number of rounds is unknown, so every position may be the one.
    length = None if it.looping else _length(receiver)
    store_into(it, base, "*" if length is None else f"[{length}]", slots.get("0", NOTHING), env)
    return NOTHING


def _insert(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    where = slots.get("0", NOTHING).const
    if it.looping or _length(receiver) is None or not isinstance(where, int) or where < 0:
        store_into(it, base, "*", slots.get("1", NOTHING), env)
        return NOTHING
    items = _items(receiver)
    items.insert(where, slots.get("1", NOTHING))
    _replaced(it, base, items, env)
    return NOTHING


def _pop_item(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    where = slots["0"].const if "0" in slots else -1
    if it.looping or not _length(receiver) or not isinstance(where, int) or not -len(receiver.parts) <= where < len(receiver.parts):
        return it.frame.read(receiver, "*")
    items = _items(receiver)
    value = items.pop(where)
    _replaced(it, base, items, env)
    return value


def _extend(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    more = slots.get("0", NOTHING)
    if it.looping or _length(receiver) is None or more.labels or not more.parts or _length(more) is None:
        store_into(it, base, "*", it.frame.read(more, "*"), env)
    else:
        _replaced(it, base, [*_items(receiver), *_items(more)], env)
    return NOTHING


def _clear(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:  # noqa: ARG001 -- one signature
    assign(it, base, Value(type_=receiver.type), env, -1, -1)
    return NOTHING


def _key(value: Value) -> str | None:
    return f"[{value.const}]" if isinstance(value.const, str | int) and not isinstance(value.const, bool) else None


def _get(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:  # noqa: ARG001 -- one signature
    key = _key(slots.get("0", NOTHING))
    default = slots.get("1", slots.get("default", NOTHING))
    if key is None:
        return join(it.frame.read(receiver, "*"), default)
    if key in receiver.parts:
        return it.frame.read(receiver, key)
    return join(receiver.parts["*"], default) if "*" in receiver.parts else default


def _pop_key(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    value = _get(it, base, receiver, slots, env)
    key = _key(slots.get("0", NOTHING))
    if key is not None and key in receiver.parts and not it.looping:
        assign(it, base, Value(type_="dict", parts={name: part for name, part in receiver.parts.items() if name != key}), env, -1, -1)
    return value


def _set_default(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    value = join(_get(it, base, receiver, slots, env) or NOTHING, slots.get("1", NOTHING))
    store_into(it, base, _key(slots.get("0", NOTHING)) or "*", value, env)
    return value


def _update(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:
    more = slots.get("0", NOTHING)
    merged = receiver
    if more.labels or "*" in slots or "**" in slots or (more.parts and more.type != "dict"):
        hidden = join(it.frame.read(more, "*"), join(slots.get("*", NOTHING), it.frame.read(slots.get("**", NOTHING), "*")))
        merged = with_part(merged, "*", hidden)
    else:
        for key, part in more.parts.items():
            merged = with_part(merged, key, part)
    for key, part in slots.items():
        if key.isidentifier() and key != "self":
            merged = with_part(merged, f"[{key}]", part)
    assign(it, base, merged, env, -1, -1)
    return NOTHING


def _keys(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:  # noqa: ARG001 -- one signature
    return Value(type_="list", parts={"*": it.frame.read(receiver, KEYS)})


def _values(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:  # noqa: ARG001 -- one signature
    return Value(type_="list", parts={"*": it.frame.read(receiver, "*")})


def _pairs(it: Machine, base: ir.Expr, receiver: Value, slots: Mapping[str, Value], env: Env) -> Value | None:  # noqa: ARG001 -- one signature
    pair = Value(type_="tuple", parts={"[0]": it.frame.read(receiver, KEYS), "[1]": it.frame.read(receiver, "*")})
    return Value(type_="list", parts={"*": pair})


_METHODS: dict[str, dict[str, Callable[[Machine, ir.Expr, Value, Mapping[str, Value], Env], Value | None]]] = {
    "list": {"append": _append, "insert": _insert, "pop": _pop_item, "extend": _extend, "clear": _clear},
    "dict": {
        "get": _get,
        "pop": _pop_key,
        "setdefault": _set_default,
        "update": _update,
        "keys": _keys,
        "values": _values,
        "items": _pairs,
        "iterkeys": _keys,
        "itervalues": _values,
        "iteritems": _pairs,
        "clear": _clear,
    },
}
