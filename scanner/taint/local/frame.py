"""A frame: what one function's interpretation records, interned so that facts stay small and come in a stable order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.facts import (
    KEYS,
    PATH_DEPTH,
    REACHED,
    CallSite,
    Entry,
    EntryKind,
    Exit,
    ExitKind,
    Flow,
    FunctionFacts,
    Guarded,
    Pending,
    SinkSite,
    SourceSite,
)
from scanner.taint.local.values import FRESH, NOTHING, Labels, Reached, Taint, Value, hops, join_labels, join_taint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.facts import Path
    from scanner.taint.ir import Constant
    from scanner.taint.program import Function
    from scanner.taint.refs import CalleeRef, TypeRef

Env = dict[str, Value]

_EXTENDS = frozenset({EntryKind.SOURCE, EntryKind.PARAM, EntryKind.RESULT, EntryKind.EFFECT, EntryKind.FIELD, EntryKind.GLOBAL, EntryKind.CAPTURED})


class Proof(NamedTuple):
    """What an exit proves of a parameter: the kinds that it is safe for, and guards that may make it safe for more."""

    mask: int
    pending: tuple[Pending, ...] = ()


_ALL = -1  # a parameter that is something known by now
_UNPROVEN = Proof(0)


class StepLimitError(Exception):
    """A function is larger than we look at; what was found so far stands."""


class Frame:
    """One function (or a module's or class's top level) under interpretation."""

    def __init__(self, qualname: str, function: Function | None, owner: str) -> None:
        self.qualname = qualname
        self.function = function
        self.owner = owner
        self.steps = 0
        self.guarded = False  # whether a test has proven anything
        self.proven = False  # whether a call that came back may have
        self.entries: list[Entry] = []
        self._entry_numbers: dict[Entry, int] = {}
        self._below: dict[tuple[int, str], int] = {}  # entries by the one that they lie below, and where
        self._flows: dict[tuple[int, Exit], Taint] = {}
        self._call_numbers: dict[tuple[int, int], int] = {}
        self.calls: list[CallSite] = []
        self._asked: dict[tuple[CalleeRef, str, str], tuple[int, Labels]] = {}
        self._source_numbers: dict[SourceSite, int] = {}
        self._sink_numbers: dict[SinkSite, int] = {}
        self.returns: dict[TypeRef, None] = {}
        self.purposes_asked = 0  # calls for whose purpose the whole function was gone through
        self.made = False  # whether anything that it returns was made from what came in
        self.returned_functions: dict[CalleeRef, None] = {}
        self.promises: list[tuple[str, Mapping[tuple[int, Path], Proof]]] = []
        self.parameters: list[int] = []  # the numbers of the parameters' entries
        self.decorators: list[tuple[CalleeRef, tuple[tuple[str, Constant], ...]]] = []
        self.param_types: tuple[TypeRef, ...] = ()
        self.binding = ""
        self.captured: set[str] = set()
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.rewritten: set[str] = set()  # variables that functions within this one assign to
        self.members: dict[tuple[str, CalleeRef], None] = {}
        self.marks: list[tuple[int, CalleeRef]] = []

    def label(self, entry: Entry, taint: Taint = FRESH) -> Labels:
        """The labels of a value that comes from one entry."""
        return {self.number(entry): taint}

    def number(self, entry: Entry) -> int:
        """The entry's number in this frame's table."""
        found = self._entry_numbers.get(entry)
        if found is None:
            found = self._entry_numbers[entry] = len(self.entries)
            self.entries.append(entry)
        return found

    def source(self, site: SourceSite) -> Labels:
        """The labels of what a source yields."""
        number = self._source_numbers.setdefault(site, len(self._source_numbers))
        return self.label(Entry(EntryKind.SOURCE, number))

    def sink(self, site: SinkSite) -> Exit:
        """The exit of a sink."""
        return Exit(ExitKind.SINK, self._sink_numbers.setdefault(site, len(self._sink_numbers)))

    def call(self, site: CallSite) -> int:
        """The number of a call; a call met again (in a loop) keeps its number and takes the later word about its arguments."""
        key = (site.at, site.end)
        found = self._call_numbers.get(key)
        if found is None:
            found = self._call_numbers[key] = len(self.calls)
            self.calls.append(site)
        else:
            self.calls[found] = _agreed(self.calls[found], site)
        return found

    def call_number(self, at: int, end: int) -> int | None:
        """The number of the call noted at these offsets, if it was left to the linker."""
        return self._call_numbers.get((at, end))

    def first_asked(self, pending: Pending, labels: Labels) -> int:
        """The number of the first call of the same callee that was asked the same of the same data."""
        key = (self.calls[pending.call].callee, pending.slot, pending.outcome)
        number, before = self._asked.setdefault(key, (pending.call, labels))
        return number if number != pending.call and self._asked_of(before) == self._asked_of(labels) else pending.call

    def _asked_of(self, labels: Labels) -> set[int]:
        return {key for key in labels if self.entries[key].kind is not EntryKind.EFFECT}

    def extended(self, labels: Labels, component: str) -> Labels:
        """The labels of a part of a value that has these labels as a whole."""
        if not labels:
            return labels
        moved: Labels = {}
        for key, taint in labels.items():
            below = self._below.get((key, component))
            if below is None:
                below = self._below[key, component] = self._deeper(key, component)
            held = moved.get(below)
            moved[below] = taint if held is None else join_taint(held, taint)
        return moved

    def _deeper(self, number: int, component: str) -> int:
        """The number of the entry one step below one."""
        entry = self.entries[number]
        if entry.kind not in _EXTENDS or len(entry.path) >= PATH_DEPTH:
            return number
        return self.number(Entry(entry.kind, entry.number, entry.name, (*entry.path, component), entry.type))

    def ways(self, value: Value) -> Labels:
        """The keys by which an object was reached: those of this function, and whatever those were by which it came here."""
        labels = value.reached
        for key, taint in value.labels.items() if not value.derived else ():
            entry = self.entries[key]
            if entry.kind in _EXTENDS and entry.kind is not EntryKind.SOURCE and len(entry.path) < PATH_DEPTH:
                labels = join_labels(labels, {self.number(entry._replace(path=(*entry.path, REACHED))): taint})
        return labels

    def read(self, value: Value, component: str) -> Value:
        """A part of a value: what was stored under that key, else the part of whatever the whole came from."""
        parts = value.parts
        if not parts:
            if value.derived:
                return Value(value.labels, derived=True)
            return Value(self.extended(value.labels, component)) if value.labels else NOTHING
        anything = parts.get("*")
        if component == "*":
            labels = value.labels if value.derived else self.extended(value.labels, "*")
            best = NOTHING
            held = [part for key, part in parts.items() if key != KEYS]
            for part in held:
                labels = join_labels(labels, part.labels)
                best = part
            derived = all(part.derived or not part.labels for part in held) and (value.derived or not value.labels)
            return Value(labels, type_=best.type, ref=best.ref, parts=best.parts, derived=derived)
        own = parts.get(component)
        if own is None:
            labels = value.labels if value.derived else self.extended(value.labels, component)
            if anything is None or component == KEYS:
                return Value(labels) if labels else NOTHING
            return Value(join_labels(labels, anything.labels), type_=anything.type, ref=anything.ref, parts=anything.parts)
        if anything is None or not anything.labels or component == KEYS:
            return Value(own.labels, type_=own.type, ref=own.ref, parts=own.parts) if own.labels and own.known else own
        return Value(join_labels(own.labels, anything.labels), type_=own.type, ref=own.ref, parts=own.parts)

    def flow(self, value: Value, exit_: Exit, depth: int = PATH_DEPTH) -> None:
        """Record that a value leaves through an exit, its parts through the exit's paths."""
        for key, taint in value.labels.items():
            spot = (key, exit_)
            held = self._flows.get(spot)
            self._flows[spot] = taint if held is None else join_taint(held, taint)
        if type(value) is Reached and len(exit_.path) < PATH_DEPTH:
            self.flow_labels(value.reached, exit_._replace(path=(*exit_.path, REACHED)))
        if value.parts and depth:
            for component, part in value.parts.items():
                if part.labels or part.parts or type(part) is Reached:
                    path = exit_.path
                    deeper = exit_ if len(path) >= PATH_DEPTH else Exit(exit_.kind, exit_.number, exit_.name, (*path, component), exit_.type)
                    self.flow(part, deeper, depth - 1)

    def flow_labels(self, labels: Labels, exit_: Exit) -> None:
        """Record that data with these labels leaves through an exit."""
        for key, taint in labels.items():
            spot = (key, exit_)
            held = self._flows.get(spot)
            self._flows[spot] = taint if held is None else join_taint(held, taint)

    def facts(self, at: int, end: int) -> FunctionFacts:
        """Everything recorded, as plain data."""
        function = self.function
        params = function.params if function is not None else ()
        return FunctionFacts(
            qualname=self.qualname,
            params=tuple(param.name for param in params),
            param_kinds=tuple(int(param.kind) for param in params),
            param_types=self.param_types,
            at=at,
            end=end,
            flows=tuple(
                Flow(self.entries[key], exit_, taint.mask, taint.pending, hops(taint.trail))
                for (key, exit_), taint in self._flows.items()
                if not (exit_.kind is ExitKind.PARAM and self.entries[key] == Entry(EntryKind.PARAM, exit_.number, path=exit_.path))
            ),
            calls=tuple(self.calls),
            sources=tuple(self._source_numbers),
            sinks=tuple(self._sink_numbers),
            guards=_promised(self.promises),
            returns=tuple(self.returns),
            returned_functions=tuple(self.returned_functions),
            decorators=tuple(self.decorators),
            owner=self.owner,
            binding=self.binding,
            generator=function is not None and function.generator,
            members=tuple(self.members),
            made=self.made,
            marks=tuple(self.marks),
        )


def _agreed(one: CallSite, other: CallSite) -> CallSite:
    """One call seen twice: only what both times agree on is known."""
    if one == other:
        return one
    return other._replace(
        constants=tuple(item for item in one.constants if item in other.constants),
        functions=tuple(dict.fromkeys((*one.functions, *other.functions))),
        types=tuple(item for item in other.types if item in one.types) or other.types,
    )


def _promised(promises: list[tuple[str, Mapping[tuple[int, Path], Proof]]]) -> tuple[Guarded, ...]:
    """What holds at every exit: masks by parameter, for true, false and any return. No exit of a kind promises nothing."""
    spots = sorted({spot for _, proofs in promises for spot in proofs})
    guards = []
    for number, path in spots:
        outcome: dict[str, int] = {}
        rests: list[tuple[str, Pending]] = []
        for name, also in (("true", "any"), ("false", "any"), ("returned", "returned")):
            exits = [proofs.get((number, path), _UNPROVEN) for kind, proofs in promises if kind in {name, also}]
            mask = -1 if exits else 0
            for held in exits:
                mask &= held.mask
            outcome[name] = mask
            open_ = [held.pending for held in exits if held.mask != _ALL]
            rests.extend((name, pending) for pending in (open_[0] if open_ else ()) if all(pending in others for others in open_))
        if any(outcome.values()) or rests:
            guards.append(Guarded(number, path, outcome["true"], outcome["false"], outcome["returned"], tuple(rests)))
    return tuple(guards)
