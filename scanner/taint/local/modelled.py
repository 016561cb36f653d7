"""Calls that the models know: what reaches a sink, and what the rows make of the arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint import ir
from scanner.taint.conditions import holds
from scanner.taint.facts import EntryKind, SinkSite, SourceSite
from scanner.taint.kinds import SLOW_MATCH
from scanner.taint.local.answers import is_data, stays
from scanner.taint.local.arguments import PATTERNS, in_routes, in_slots, part_at, slot_node
from scanner.taint.local.context import first
from scanner.taint.local.conversions import came_back
from scanner.taint.local.functions import is_function
from scanner.taint.local.misuses import judged, note_misuses
from scanner.taint.local.pieces import against, behind, below
from scanner.taint.local.stores import store_into
from scanner.taint.local.values import NOTHING, Value, flatten, join, join_labels, masked, text, with_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.taint.ir import Constant
    from scanner.taint.knowledge import PropagatorRow, SanitizerRow, SourceRow
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.local.values import Labels
    from scanner.taint.refs import CalleeRef, TypeRef

_ADDRESS = "builtins.URL"
_KEYED = frozenset({"dict.get", "dict.pop", "dict.setdefault"})  # their first argument is the key
_WITHIN = "return:*"  # what a call returns holds what it brings, and is not that itself
_ELEMENTS = frozenset({"get", "pop", "getlist"})  # methods of mappings that give what `x[key]` gives, or all of them


def instance(type_: str, labels: Labels, slots: Mapping[str, Value], node: ir.Call) -> Value:
    """A new value of one of the language's own types: a regular expression by its parts, a set or a map of the contents it is given."""
    if type_ == "RegExp":
        given = slots.get("0", NOTHING)
        flags = slots.get("1", Value(const=""))
        return Value(labels, type_=type_, parts=given.parts if given.type == "RegExp" else {".source": given, ".flags": flags, **_written_at(node)})
    return Value(labels, type_=type_, parts=slots.get("0", NOTHING).parts)


def _written_at(node: ir.Call) -> dict[str, Value]:
    """Where a regular expression is written, for what is to be said of the expression itself."""
    return {"~at": Value(const=node.at), "~end": Value(const=node.end)}


def _holder(it: Machine, slots: Mapping[str, Value]) -> int:
    """The parameter whose method is called, by its position; -1 where it is another object's."""
    labels = slots["self"].labels if "self" in slots else {}
    entries = it.frame.entries
    return next((entries[key].number for key in labels if entries[key].kind is EntryKind.PARAM and not entries[key].path), -1)


def _sink_place(node: ir.Call, kind: str, slots: Mapping[str, Value]) -> tuple[int, int]:
    """Where a sink stands: at the call; one that is slow for its pattern where the pattern is written."""
    if kind == SLOW_MATCH:
        for value in slots.values():
            if value.type in PATTERNS and "~at" in value.parts:
                at, end = value.parts["~at"].const, value.parts["~end"].const
                if isinstance(at, int) and isinstance(end, int):
                    return at, end
    return node.at, node.end


def modelled(  # noqa: C901, PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine, node: ir.Call, names: list[str], slots: dict[str, Value], constants: Mapping[str, Constant | CalleeRef], env: Env
) -> Value:
    """A call that the models know: sinks and misuses are noted, and its result is what its rows make of it."""
    knowledge = it.context.knowledge
    note_misuses(it, (node.at, node.end), names, constants, slots, env, node)
    if not it.context.library.converting.isdisjoint(names):
        came_back(it, node, names, slots, constants, env)
    sinks = first(knowledge.sinks, names) or ()
    for row in sinks:
        if row.kind == "html" and isinstance(node.func, ir.Attr) and it.context.language.keyed and is_data(it, node.func.base, env):
            continue
        if row.kind == "redirect" and it.context.language.keyed and stays(it, node.func, env):
            continue
        if holds(judged(it, node, row.when, env), constants, slots):
            for slot, value in in_routes(it, slots, row.slots).items():
                it.sink(value, SinkSite(*_sink_place(node, row.kind, slots), row.kind, row.name, slot, holder=_holder(it, slots)))
    type_ = first(knowledge.types, [f"{name}()" for name in names])
    if it.context.language.keyed and type_ is not None and isinstance(made := slots.get("0", NOTHING).const, str):
        # `document.createElement("iframe")`: what is made is said by name.
        type_ = first(knowledge.types, [f"{name}.{made.lower()}()" for name in names]) or type_
    if (type_ is None and names[0] in it.context.library.classes and not isinstance(node.func, ir.Attr | ir.Call)) or (
        type_ is None and names[0] in it.context.library.classes and names[0].rpartition(".")[2][:1].isupper()
    ):
        type_ = names[0]
    if type_ is None:
        type_ = it.context.language.instances.get(names[0])
    source = first(knowledge.sources, [f"{name}()" for name in names])
    if source is not None and not _brings_nothing(it, names, slots, constants):
        return _brought(it, node, names, slots, constants, env, source, type_)
    result = _element(it, names, _result(it, names, slots, constants, env, node, sink=bool(sinks)))
    if type_ is not None and type_ == it.context.language.instances.get(names[0]):
        return instance(type_, result.labels, slots, node)
    if type_ == "re.Pattern" and "[pattern]" in result.parts:
        return Value(result.labels, type_=type_, parts={**result.parts, **_written_at(node)})
    parts = result.parts if type_ not in it.context.language.remembered else _told(slots)
    return Value(result.labels, const=result.const, type_=type_ or result.type, ref=result.ref, parts=parts, derived=result.derived)


def _told(slots: Mapping[str, Value]) -> dict[str, Value]:
    """What an object was told when it was made, as far as it is constant: whoever is handed it is then known not to have been told anything else."""
    told = {f"[{slot}]": Value(const=value.const) for slot, value in slots.items() if value.known and slot.isidentifier()}
    hidden = slots.keys() - {key[1:-1] for key in told}
    return {} if hidden else {**told, "[~made]": Value(const=True)}


def _brought(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine,
    node: ir.Call,
    names: list[str],
    slots: dict[str, Value],
    constants: Mapping[str, Constant | CalleeRef],
    env: Env,
    source: SourceRow,
    type_: TypeRef,
) -> Value:
    """What a source brings in."""
    labels = it.frame.source(SourceSite(node.at, node.end, source.name, source.trust))
    moves = first(it.context.knowledge.propagators, names)
    if moves is not None:
        # What comes out is untrusted by itself, and also whatever went in: an archive from a request is the request's.
        labels = join_labels(labels, flatten(_result(it, names, slots, constants, env, node, sink=False)))
    if moves and all(row.target == _WITHIN for row in moves):
        return Value(type_=type_, parts={"*": Value(labels)})  # a table, in which it stands
    return Value(labels, type_=type_, derived=True)


def _brings_nothing(it: Machine, names: list[str], slots: dict[str, Value], constants: Mapping[str, Constant | CalleeRef]) -> bool:
    """Whether a source brings nothing in when it is called like this: a file that is opened to be written."""
    rows = first(it.context.knowledge.sanitizers, names) or ()
    return any(row.when and not row.kinds and holds(row.when, constants, slots) for row in rows)


def _result(  # noqa: PLR0913, PLR0917 -- one call, seen from all sides
    it: Machine,
    names: list[str],
    slots: dict[str, Value],
    constants: Mapping[str, Constant | CalleeRef],
    env: Env,
    node: ir.Call,
    *,
    sink: bool,
) -> Value:
    knowledge = it.context.knowledge
    sanitizers = [row for row in first(knowledge.sanitizers, names) or () if holds(row.when, constants, slots)]
    if sanitizers:
        return _sanitized(it, sanitizers, _placed(it, names, slots))
    slots = _placed(it, names, slots)
    if names[0] == _ADDRESS and len(node.args) > 1 and "0" in slots and "1" in slots:
        slots = {**slots, "1": against(it, slots["0"], slots["1"], node.args[1].value)}
    rows = first(knowledge.propagators, names)
    if rows is None and any(name in knowledge.callbacks for name in names) and any(is_function(it, value) for value in slots.values()):
        return NOTHING  # what becomes of the function's results the linker knows
    if rows is None:
        # A sink keeps what it is given; anything else that the models only know in part may pass it on.
        return NOTHING if sink else text(*slots.values())
    result = NOTHING
    key = constants.get("0")
    for row in rows:
        moving = _moving(it, row, slots, key)
        target, _, path = row.target.partition(":")
        if target == "return" and path and it.context.language.keyed and moving.labels:
            # A part of what was given, and not that itself.
            labels = it.frame.extended(moving.labels, "*")
            moving = Value(labels, type_=moving.type, ref=moving.ref, parts=moving.parts, derived=moving.derived)
        if target == "return" and row.name in _KEYED:
            result = join(result, moving)  # that thing itself, and nothing made from it
        elif target == "return":
            result = join(result, _placed_at(path, moving) if path else Value(flatten(moving), type_=moving.type, parts=moving.parts, derived=True))
        else:
            store_into(it, slot_node(node, target), path or "*", moving, env)
    return result


def _placed_at(path: str, value: Value) -> Value:
    """A value that holds another at the end of a path, whose steps slashes part."""
    for step in reversed(path.split("/")):
        value = with_part(NOTHING, step, value)
    return value


def _element(it: Machine, names: Sequence[str], result: Value) -> Value:
    """An element of a mapping whose elements the models know to be safe for some kinds; objects that were made of text, as what they may be."""
    knowledge = it.context.knowledge
    if not it.context.language.parsers.isdisjoint(names):
        keeps = ~it.context.objects_only
        labels = {key: taint._replace(mask=taint.mask & keeps) for key, taint in result.labels.items()}
        return Value(labels, const=result.const, type_=result.type, ref=result.ref, parts=result.parts, derived=result.derived)
    owner, _, method = names[0].rpartition(".")
    if method not in _ELEMENTS or not owner:
        return result
    rows = first(knowledge.sanitizers, [f"{name.rpartition('.')[0]}.__getitem__" for name in names])
    bits = knowledge.kind_bits
    mask = 0
    for row in rows or ():
        for kind in row.kinds:
            mask |= bits.get(kind, 0)
    return masked(result, mask) if mask else result


def _moving(it: Machine, row: PropagatorRow, slots: Mapping[str, Value], key: Constant | CalleeRef) -> Value:
    """What a row takes from a call's arguments; `key` is the first of them."""
    moving = NOTHING
    for where in row.sources:
        slot, _, path = where.partition(":")
        if path == "*" and row.name in _KEYED and isinstance(key, str | int):
            path = f"[{key}]"
        for name, held in in_slots(slots, (slot,)):
            value = it.frame.read(held, f"[{slot}]") if name == "**" and slot != "*" else held
            moving = join(moving, part_at(it, value, path) if path else value)
    return moving


def _placed(it: Machine, names: Iterable[str], slots: dict[str, Value]) -> dict[str, Value]:
    """The arguments of a function that joins paths: all but the first end up below it."""
    if it.context.language.joins.isdisjoint(names):
        return slots
    base = "self" if "self" in slots else "0"
    keeps = not it.context.language.keeps.isdisjoint(names)
    return {slot: value if slot == base else below(it, behind(it, value) if keeps else value) for slot, value in slots.items()}


def _sanitized(it: Machine, rows: Sequence[SanitizerRow], slots: Mapping[str, Value]) -> Value:
    """The result of a sanitizer: safe for the kinds of all rows that hold."""
    if any(not row.kinds for row in rows):
        return NOTHING
    bits = it.context.knowledge.kind_bits
    mask = 0
    for row in rows:
        for kind in row.kinds:
            mask |= bits.get(kind, 0)
    wanted = dict.fromkeys(slot for row in rows for slot in row.slots)
    return masked(text(*(value for _, value in in_slots(slots, wanted))), mask)
