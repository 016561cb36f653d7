"""Stores: what an assignment leaves in variables, attributes and elements, and the sinks that it is itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.conditions import holds
from scanner.taint.facts import KEYS, Exit, ExitKind, SinkSite
from scanner.taint.kinds import KEY, NO_PROTO
from scanner.taint.local import members, ownkeys
from scanner.taint.local.answers import assigned
from scanner.taint.local.arguments import known_arguments
from scanner.taint.local.captures import captured, owner_of
from scanner.taint.local.context import first
from scanner.taint.local.misuses import note_misuses
from scanner.taint.local.values import NOTHING, TAKEN, Value, flatten, moved, with_part
from scanner.taint.refs import ItemType, NameRef, capped

if TYPE_CHECKING:
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine

ELEMENT = "builtins.[]="  # what the models call a store under a computed key
SET_ITEM = "operator.setitem"  # and one under a key that says by itself what it is for


def bind(it: Machine, target: ir.Expr, value: Value, env: Env) -> None:
    """Bind without a hop: loop and comprehension variables."""
    assign(it, target, value, env, -1, -1)


def assign(it: Machine, target: ir.Expr, value: Value, env: Env, at: int, end: int) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    """`target = value`."""
    match target:
        case ir.Name(id=name):
            _assign_name(it, name, value, env, at, end)
        case ir.Attr() | ir.Index():
            _assign_part(it, target, value, env, at, end)
        case ir.Sequence(items=items):
            _unpack(it, items, value, env, at, end)
        case ir.Mapping(items=entries):
            for key, item in entries:
                if key is None:
                    taken = {members.component(it, it.evaluate(other, env)): TAKEN for other, _ in entries if other is not None}
                    unseen = {"*": NOTHING} if value.labels and taken else {}  # what else there is does not show
                    assign(it, item, Value(value.labels, parts={**unseen, **value.parts, **taken}), env, at, end)
                else:
                    assign(it, item, _taken(it, value, members.component(it, it.evaluate(key, env)), item), env, at, end)
        case ir.Spread(value=inner):
            assign(it, inner, Value(value.labels, parts={"*": it.frame.read(value, "*")}), env, at, end)
        case _:
            it.evaluate(target, env)


def _taken(it: Machine, value: Value, component: str, item: ir.Expr) -> Value:
    """What destructuring takes out of a value under a key."""
    if component.startswith(".") and it.context.language.keyed:
        return members.member(it, value, ir.Attr(item, component[1:], item.at, item.end), False)  # noqa: FBT003 -- no receiver
    return it.frame.read(value, component)


def _assign_name(it: Machine, name: str, value: Value, env: Env, at: int, end: int) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    if at >= 0:
        value = moved(value, at, end, f"assigned to {name}")
    frame = it.frame
    if name in frame.globals or (it.outer is None and frame.function is None and not frame.owner):
        it.frame.flow(value, Exit(ExitKind.GLOBAL, name=f"{it.context.scope.module}.{name}"))
    elif name in frame.nonlocals and it.outer is not None:
        owner = owner_of(it, name)
        owner.frame.rewritten.add(name)
        it.frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{owner.frame.qualname}:{name}"))
    if name in frame.captured:
        frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{frame.qualname}:{name}"))
    env[name] = value
    if it.walks:
        ownkeys.bound(it, name)
    if it.settled:
        for place in [key for key in env if key.startswith("=") and (key.startswith((f"={name}.", f"={name}[")) or f"[={name}]" in key)]:
            del env[place]  # what was proven of a place is not proven of what is there now


def _unpack(it: Machine, items: tuple[ir.Expr, ...], value: Value, env: Env, at: int, end: int) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    starred = next((position for position, item in enumerate(items) if isinstance(item, ir.Spread)), None)
    for position, item in enumerate(items):
        if starred is not None and position >= starred:
            part = it.frame.read(value, "*")
            if isinstance(item, ir.Spread):
                assign(it, item.value, Value(part.labels, type_="list", parts={"*": part}), env, at, end)
                continue
        else:
            part = it.frame.read(value, f"[{position}]")
            if part.type is None and value.type is not None:
                part = Value(part.labels, const=part.const, type_=ItemType(capped(value.type), str(position)), ref=part.ref, parts=part.parts)
        assign(it, item, part, env, at, end)


def _assign_part(it: Machine, target: ir.Attr | ir.Index, value: Value, env: Env, at: int, end: int) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    base = it.evaluate(target.base, env)
    if isinstance(target, ir.Attr):
        component = f".{target.name}"
        _store_field(it, target, base, value, at, end)
    else:
        key = NOTHING if target.key is None else it.evaluate(target.key, env)
        component = members.component(it, key)
        _assignment_sinks(it, base, "__setitem__", value, target, key)
        if it.context.language.keyed and component == "*":
            _element_sinks(it, base, key, target)
        named_sinks(it, key, value, target.at, target.end)
        if component == "*" and flatten(key):
            store_into(it, target.base, KEYS, key, env)
    store_into(it, target.base, component, value, env)


def _element_sinks(it: Machine, base: Value, key: Value, target: ir.Index | ir.Attr) -> None:
    """A store under a key from outside, in an object that was reached by one: `target[a][b] = value`."""
    rows = it.context.knowledge.sinks.get(ELEMENT, ())
    bit = it.context.knowledge.kind_bits.get(KEY, 0)
    if not rows or base.type in {"bare", "Map"} or all(taint.mask & bit for taint in key.labels.values()):
        return
    half = it.context.knowledge.kind_bits.get(NO_PROTO, 0)
    tested = bool(key.labels) and all(taint.mask & half for taint in key.labels.values())
    ways = it.frame.ways(base)
    for row in rows if ways else ():
        for certain in (True, False):
            labels = {number: taint for number, taint in ways.items() if (tested or bool(taint.mask & half)) is not certain}
            if labels:
                it.sink(Value(labels), SinkSite(target.at, target.end, row.kind, row.name, "0", certain))


def named_sinks(it: Machine, key: Value, value: Value, at: int, end: int) -> None:
    """What is stored under a key that says by itself what it is for, such as a header's name, whatever holds it."""
    if not isinstance(key.const, str) or not (value.labels or value.parts):
        return
    for row in it.context.knowledge.sinks.get(SET_ITEM, ()):
        if holds(row.when, {"1": key.const}, {"1": key}):
            it.sink(value, SinkSite(at, end, row.kind, key.const, "2"))


def _store_field(it: Machine, target: ir.Attr, base: Value, value: Value, at: int, end: int) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    if it.context.language.keyed:
        value = assigned(it, target, value)
        if target.name.startswith("$"):
            named_sinks(it, Value(const=target.name), value, target.at, target.end)
    _assignment_sinks(it, base, target.name, value, target, NOTHING)
    it.host.attribute(base.type, target.name, value)
    if value.ref is not None and it.context.language.keyed:
        it.host.note_attribute(base, target.name, value)
    if base.type is not None and not (isinstance(base.type, str) and it.context.library.describes(base.type, target.name)):
        kept = moved(value, max(at, 0), max(end, 0), f"stored in .{target.name}") if at >= 0 else value
        it.frame.flow(kept, Exit(ExitKind.FIELD, name=target.name, type=base.type))
    elif base.ref is not None and base.type is None:
        dotted = base.ref.name if hasattr(base.ref, "name") else ""
        if dotted:
            it.frame.flow(value, Exit(ExitKind.GLOBAL, name=f"{dotted}.{target.name}"))


def _assignment_sinks(it: Machine, base: Value, name: str, value: Value, target: ir.Attr | ir.Index, key: Value) -> None:  # noqa: PLR0913, PLR0917 -- one store, seen from all sides
    names: tuple[str, ...] = ()
    if isinstance(base.ref, NameRef):
        names = (f"{base.ref.name}.{name}",)
    if isinstance(base.type, str):
        names = (*names, *it.context.library.members(base.type, name))
    if names:
        slots = {"=": value} if isinstance(target, ir.Attr) else {"=": value, "0": key}
        note_misuses(it, (target.at, target.end), names, known_arguments(slots), slots, {})
    if isinstance(base.type, str):
        for row in first(it.context.knowledge.sinks, names) or ():
            if "=" in row.slots:
                it.sink(value, SinkSite(target.at, target.end, row.kind, row.name, "="))
            if "0" in row.slots:
                it.sink(key, SinkSite(target.at, target.end, row.kind, row.name, "0"))


def store_into(it: Machine, node: ir.Expr | None, component: str, value: Value, env: Env) -> None:
    """Store a value under a key of what an expression names: the variable at its root holds it from then on, and so does the caller's."""
    path = [component]
    while isinstance(node, ir.Attr | ir.Index):
        if isinstance(node, ir.Attr):
            path.append(f".{node.name}")
        else:
            path.append(members.component(it, NOTHING if node.key is None else it.evaluate(node.key, env)))
        node = node.base
    if not isinstance(node, ir.Name):
        return
    root = env.get(node.id)
    if root is None:
        dotted = it.context.dotted(node.id)
        if it.context.language.hoisted and it.outer is not None and captured(it, node.id) is not None:
            owner = owner_of(it, node.id)
            if owner.frame.function is not None:
                owner.frame.rewritten.add(node.id)
                it.frame.flow(value, Exit(ExitKind.CAPTURED, name=f"{owner.frame.qualname}:{node.id}", path=tuple(reversed(path))[:3]))
                return
        if dotted is not None and it.context.is_own_variable(dotted):
            it.frame.flow(value, Exit(ExitKind.GLOBAL, name=dotted, path=tuple(reversed(path))[:3]))
        return
    path.reverse()
    env[node.id] = _stored(it, root, path, value)
    params = it.frame.function.params if it.frame.function is not None else ()
    for number, param in enumerate(params):
        if param.name == node.id and (flatten(value) or value.parts):
            it.frame.flow(value, Exit(ExitKind.PARAM, number, path=tuple(path)[:3]))


def _stored(it: Machine, root: Value, path: list[str], value: Value) -> Value:
    if len(path) == 1:
        return with_part(root, path[0], value)
    inner = it.frame.read(root, path[0])
    return with_part(root, path[0], _stored(it, inner, path[1:], value))
