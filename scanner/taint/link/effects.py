"""What a call does by the models alone: the rows of a library function, judged on one call site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint.conditions import holds, known_arguments
from scanner.taint.facts import KEYS, REJECTED, Path
from scanner.taint.kinds import mask_of
from scanner.taint.knowledge import SinkRow, SourceRow
from scanner.taint.link.paths import ANY
from scanner.taint.local.context import first
from scanner.taint.refs import MethodRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.facts import CallSite, Pending
    from scanner.taint.knowledge import Knowledge, PropagatorRow
    from scanner.taint.link.callees import Callee
    from scanner.taint.local.context import Library

RETURN = "return"
_KEYED = frozenset({"Map.get", "dict.get", "dict.pop", "dict.setdefault"})  # their first argument is the key
GUESS = 1  # that an unknown function passes on what it is given
_VIEWS: Final[Mapping[str, tuple[tuple[Path, Path], ...]]] = {
    "keys": (((KEYS,), (ANY,)),),
    "values": (((ANY,), (ANY,)),),
    "items": (((KEYS,), (ANY, "[0]")), ((ANY,), (ANY, "[1]"))),
}
"""Methods of mappings by which an object of unknown type is taken for one, with what they show of it and where."""


class Move(NamedTuple):
    """Data at `path` of a slot goes to the call's result (target `return`) or is left in another slot, for the kinds in `alive`.

    Data that lies deeper stays as deep where `keeps`; otherwise the whole of what it arrives at may hold it. `guesses` as in `Crossing`.
    """

    slot: str
    path: Path
    target: str
    target_path: Path
    alive: int
    keeps: bool
    guesses: int = 0


class Effects(NamedTuple):
    """The rows of one call."""

    sinks: tuple[tuple[str, SinkRow, Path], ...] = ()  # the slot, the row, and the part of what is passed there that is meant
    moves: tuple[Move, ...] = ()
    source: SourceRow | None = None


NO_EFFECTS = Effects()


def effects(site: CallSite, callee: Callee, knowledge: Knowledge, library: Library) -> Effects:
    """What the models say of a call; what they do not know passes everything on, unless the program itself says what happens."""
    constants = known_arguments(site)
    slots = site.slots
    names = [name for name in callee.names if name in library.functions]
    if callee.built >= 0 and len(names) > 1:
        # An instance of several bases is one of each: a member of an enumeration, also where it is text.
        names.sort(key=lambda name: not any(not row.kinds for row in knowledge.sanitizers.get(name, ())))
    sinks = [
        (slot, row, (*_under(slot, wanted), *(path.split("/") if path else ())))
        for row in (*(first(knowledge.sinks, names) or ()), *callee.sinks)
        if holds(row.when, constants, (*slots, *site.parts))
        for wanted, _, path in (route.partition(":") for route in row.slots)
        for slot in in_slots(slots, (wanted,))
    ]
    if callee.built >= 0 and first(knowledge.sanitizers, names) is None:
        return Effects(tuple(sinks), tuple(_built(slots, callee.fields)))
    source = first(knowledge.sources, [f"{name}()" for name in callee.names])
    if source is not None:
        return Effects(tuple(sinks), source=source)
    if names:
        silent = bool(callee.targets or first(knowledge.sinks, names) or (site.functions and first(knowledge.callbacks, names)))
        return Effects(tuple(sinks), tuple(_modelled(site, names, knowledge, silent=silent)))
    # A sink keeps what it is given, also one that only a hint makes out.
    if callee.sinks or (callee.targets and callee.certain):
        return Effects(tuple(sinks))
    if isinstance(site.callee, MethodRef) and slots == ("self",) and (views := _VIEWS.get(site.callee.name)) is not None:
        return Effects(tuple(sinks), tuple(Move("self", held, RETURN, shown, -1, keeps=True, guesses=GUESS) for held, shown in views))
    return Effects(tuple(sinks), tuple(Move(slot, (), RETURN, (), -1, keeps=False, guesses=GUESS) for slot in slots))


def in_slots(slots: tuple[str, ...], wanted: Iterable[str]) -> Iterator[str]:
    """The slots of a call that a model's slots speak of; a spread stands for every position or keyword that was not passed openly."""
    for slot in wanted:
        if slot == "*":
            yield from (name for name in slots if name != "self")
        elif slot in slots:
            yield slot
        elif (hidden := "*" if slot.isdigit() else "**") in slots:
            yield hidden


def _under(slot: str, wanted: str) -> Path:
    """Where in a slot the argument lies that a model speaks of: under its name, where it may be hidden in a spread mapping."""
    return (f"[{wanted}]",) if slot == "**" and wanted not in {ANY, slot} else ()


def _built(slots: tuple[str, ...], fields: tuple[str, ...]) -> Iterator[Move]:
    """An object whose constructor nobody wrote down (a data class): its attributes hold the arguments, in the order in which they are declared."""
    for slot in slots:
        if slot == "**" and fields:
            yield from (Move(slot, (f"[{name}]",), RETURN, (f".{name}",), -1, keeps=True) for name in fields if name not in slots)
        elif slot != "self":
            name = field_name(slot, fields)
            yield Move(slot, (), RETURN, (f".{name}",) if name else (ANY,), -1, keeps=True)
            if name in fields:  # a named tuple's fields are positions too
                yield Move(slot, (), RETURN, (f"[{fields.index(name)}]",), -1, keeps=True)


def field_name(slot: str, fields: tuple[str, ...]) -> str:
    """The attribute that an argument of a data class becomes; empty where that is not known."""
    if slot.isdigit():
        return fields[int(slot)] if int(slot) < len(fields) else ""
    return "" if slot in {"self", "*", "**"} else slot


def _modelled(site: CallSite, names: list[str], knowledge: Knowledge, *, silent: bool) -> Iterator[Move]:
    """The rows of a library function; `silent`: it passes nothing on but what rows say."""
    constants, slots = known_arguments(site), site.slots
    cleaning = [row for row in first(knowledge.sanitizers, names) or () if holds(row.when, constants, slots)]
    if cleaning:
        if all(row.kinds for row in cleaning):
            mask = mask_of((kind for row in cleaning for kind in row.kinds), knowledge.kind_bits)
            wanted = dict.fromkeys(slot for row in cleaning for slot in row.slots)
            yield from (Move(slot, (), RETURN, (), ~mask, keeps=False) for slot in in_slots(slots, wanted))
        return
    rows = first(knowledge.propagators, names)
    if rows is None:
        if not silent:
            yield from (Move(slot, (), RETURN, (), -1, keeps=False) for slot in slots)
        elif "Promise.then" in names:  # whoever catches behind it hears of it, too
            yield Move("self", (REJECTED,), RETURN, (REJECTED,), -1, keeps=True)
        return
    for propagator in rows:
        yield from _propagated(propagator, slots, constants)


def _propagated(row: PropagatorRow, slots: tuple[str, ...], constants: Mapping[str, object]) -> Iterator[Move]:
    target, _, target_path = row.target.partition(":")
    arrival = tuple(target_path.split("/")) if target_path else () if target == RETURN else (ANY,)
    keeps = bool(target_path) or target != RETURN
    for where in row.sources:
        wanted, _, path = where.partition(":")
        if path == ANY and row.name in _KEYED and isinstance(key := constants.get("0"), str | int):
            path = f"[{key}]"
        for slot in in_slots(slots, (wanted,)):
            yield Move(slot, (*_under(slot, wanted), *(path.split("/") if path else ())), target, arrival, -1, keeps)


def guarded(site: CallSite, callee: Callee, pending: Pending, knowledge: Knowledge) -> int:
    """The kinds for which a library call that came out as a guard expects makes what it was passed safe."""
    constants = known_arguments(site)
    mask = 0
    for name in callee.names:
        for row in knowledge.guards.get(name, ()):
            if row.outcome == pending.outcome and pending.slot in set(in_slots(site.slots, (row.slot,))) and holds(row.when, constants, site.slots):
                if not row.kinds:
                    return knowledge.every_kind
                for kind in row.kinds:
                    mask |= knowledge.kind_bits.get(kind, 0)
    return mask
