"""The arguments of a call by slot, what is known of them, and those that a model's slots speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint import ir
from scanner.taint.conditions import TEXT, UNKNOWN
from scanner.taint.local.values import NOTHING, TAKEN, Value, join
from scanner.taint.refs import ClosureRef, NameRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.taint.ir import Constant
    from scanner.taint.local.frame import Env
    from scanner.taint.local.machine import Machine
    from scanner.taint.refs import CalleeRef

PATTERNS: Final = frozenset({"RegExp", "re.Pattern"})
"""The types of regular expressions, whose parts say what they are."""

_DEEPEST_PART = 2  # of containers in containers whose contents conditions may ask for


def arguments(it: Machine, node: ir.Call, env: Env) -> dict[str, Value]:
    """The arguments by slot. A spread of known contents is taken apart; another one is `*` or `**`."""
    slots: dict[str, Value] = {}
    position = 0
    for arg in node.args:
        value = it.evaluate(arg.value, env)
        if arg.spread == 0:
            slots[arg.name or str(position)] = value
            position += not arg.name
        elif arg.spread == 1:
            exact = not value.labels and "*" not in value.parts
            for offset in range(len(value.parts) if exact else 0):
                slots[str(position + offset)] = value.parts.get(f"[{offset}]", NOTHING)
            position += len(value.parts) if exact else 0
            if not exact:
                slots["*"] = join(slots.get("*", NOTHING), it.frame.read(value, "*"))
        else:
            for key, part in value.parts.items():
                if key == "*" and (part.labels or part.parts):
                    slots["**"] = join(slots.get("**", NOTHING), Value(parts={"*": part}))
                elif key != "*":
                    slots.setdefault(key[1:] if key.startswith(".") else key[1:-1], part)
            if value.labels or not value.parts:
                slots["**"] = join(slots.get("**", NOTHING), Value(value.labels, derived=value.derived))
    return slots


def known_arguments(slots: Mapping[str, Value]) -> dict[str, Constant | CalleeRef]:
    """What is known of the arguments, for conditions to judge: constants, and what names refer to, with the parts of containers."""
    known: dict[str, Constant | CalleeRef] = {}
    for slot, value in slots.items():
        if value.known:
            # Letters by their name are not a text that somebody wrote: rules that look for those do not mean them.
            known[slot] = value.ref if names_alphabet(value) and value.ref is not None else value.constant
        elif isinstance(value.ref, NameRef):
            known[slot] = value.ref
        elif value.type == "str":
            known[slot] = TEXT
        if value.parts and (slot != "self" or value.type in PATTERNS):
            _note_parts(f"{slot}:", value, known, _DEEPEST_PART)
    return known


def names_alphabet(value: Value) -> bool:
    """Whether a text is one of the alphabets of the standard library, or was put together with one."""
    return isinstance(value.ref, NameRef) and value.ref.name.startswith(_ALPHABETS)


_ALPHABETS = "string."


def note_callback(node: ir.Call, slots: Mapping[str, Value], known: dict[str, Constant | CalleeRef]) -> None:
    """A function that is passed last has no options in it."""
    last = str(len(node.args) - 1)
    if last not in slots or node.args[-1].spread:
        return
    value, passed = slots[last], node.args[-1].value
    if isinstance(value.ref, ClosureRef) or (isinstance(passed, ir.Name) and passed.id.lower() in _CALLBACKS):
        known.setdefault(f"{last}:~", UNKNOWN)


_CALLBACKS = frozenset({"callback", "cb", "done", "next", "fn", "resolve", "reject"})  # what functions that are passed on are called


def _note_parts(start: str, value: Value, known: dict[str, Constant | CalleeRef], depth: int) -> None:
    for key, part in value.parts.items():
        if part is TAKEN:
            continue
        if part.known:
            known[f"{start}{key}"] = part.constant
        elif isinstance(part.ref, NameRef):
            known[f"{start}{key}"] = part.ref
        else:
            known[f"{start}{key}"] = UNKNOWN
        if part.parts and depth:
            _note_parts(f"{start}{key}/", part, known, depth - 1)


def in_slots(slots: Mapping[str, Value], wanted: Iterable[str]) -> Iterable[tuple[str, Value]]:
    """The arguments that a model's slots speak of; a spread stands for every position or keyword that was not passed openly."""
    for slot in wanted:
        if slot == "*":
            yield from ((name, value) for name, value in slots.items() if name != "self")
        elif slot in slots:
            yield slot, slots[slot]
        else:
            hidden = "*" if slot.isdigit() else "**"
            if hidden in slots:
                yield hidden, slots[hidden]


def in_routes(it: Machine, slots: Mapping[str, Value], wanted: Iterable[str]) -> dict[str, Value]:
    """The same, where a slot may be followed by a path to the part that is meant."""
    found: dict[str, Value] = {}
    keyed = it.context.language.keyed
    for route in wanted:
        slot, _, path = route.partition(":")
        for name, held in in_slots(slots, (slot,)):
            value = it.frame.read(held, f".{slot}" if keyed else f"[{slot}]") if name == "**" and slot != "*" else held
            where = f"{name}:{path}" if path else name
            found[where] = join(found.get(where, NOTHING), part_at(it, value, path) if path else value)
    return found


def part_at(it: Machine, value: Value, path: str) -> Value:
    """The part of a value at the end of a path, whose steps slashes part."""
    for step in path.split("/"):
        value = it.frame.read(value, step)
    return value


def slot_node(node: ir.Call, slot: str) -> ir.Expr | None:
    """The expression in a slot of a call."""
    if slot == "self":
        return node.func.base if isinstance(node.func, ir.Attr) else None
    positional = [arg.value for arg in node.args if not arg.name and not arg.spread]
    if slot.isdigit():
        return positional[int(slot)] if int(slot) < len(positional) else None
    return next((arg.value for arg in node.args if arg.name == slot), None)
