"""Promises: what a call that was used as a test proves of its arguments, now that it is known who was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import Entry, EntryKind, ExitKind
from scanner.taint.link.effects import guarded

if TYPE_CHECKING:
    from scanner.taint.facts import FunctionFacts, Guarded, Path, Pending
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.hierarchy import Hierarchy
    from scanner.taint.link.records import Records
    from scanner.taint.link.symbols import Symbols

_DEEPEST = 5  # functions that rest on one another

_MISSING = "_missing_"  # the method of an enumeration that may find a member for anything

_Kept = tuple[tuple["Path", int], ...]
"""What one function promises of one parameter: for each part of it, the kinds that it is then safe for."""


class Promises:
    """Resolves the guards that files could not judge."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, calls: Calls, knowledge: Knowledge, records: Records) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._calls = calls
        self._knowledge = knowledge
        self._records = records
        self._known: dict[tuple[int, str, str], tuple[_Kept, ...]] = {}
        self._asked: list[tuple[int, str]] = []
        self._passed: dict[int, dict[tuple[int, str], list[tuple[Entry, Path]]]] = {}

    def proven(self, function: int, pending: Pending, entry: Entry) -> int:
        """The kinds for which data of an entry of a function is safe behind a guard: those that all that may have been called promise."""
        call = self._calls.first[function] + pending.call
        promises = self._of_call(call, pending)
        if not all(promises):
            return 0
        below = self._below_argument(function, pending, entry)
        if below is None:
            return 0
        mask = -1
        for kept in promises:
            held = 0
            for path, kinds in kept:
                if path == below[: len(path)]:
                    held |= kinds
            mask &= held
        return mask

    def _of_call(self, call: int, pending: Pending) -> tuple[_Kept, ...]:
        """The promises of everybody that a call may reach; a single empty one where nobody promises."""
        key = (call, pending.slot, pending.outcome)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._promises(call, pending) or ((),)
        return found

    def _promises(self, call: int, pending: Pending) -> tuple[_Kept, ...]:
        callee = self._calls.callee[call]
        if pending.slot == "0" and pending.outcome == "true" and (mask := self._records.matched(call)):
            return ((((), mask),),)
        if not callee.certain:
            return ()
        if not callee.targets:
            if callee.built >= 0 and self._hierarchy.method(callee.built, _MISSING) >= 0:
                return ()
            mask = guarded(self._calls.sites[call], callee, pending, self._knowledge)
            return ((((), mask),),) if mask else ()
        promises: list[_Kept] = []
        for target in callee.targets:
            places = self._calls.binding(call, target).get(pending.slot, ())
            kept = [
                (
                    promise.path,
                    {"true": promise.if_true, "false": promise.if_false}.get(pending.outcome, 0)
                    | promise.if_returned
                    | self._resting(target[0], promise, pending.outcome),
                )
                for promise in self._symbols.functions[target[0]].guards
                if (promise.number, ()) in places
            ]
            promises.append(tuple((path, mask) for path, mask in kept if mask))
        return tuple(promises)

    def _resting(self, function: int, promise: Guarded, outcome: str) -> int:
        """What a function promises because functions that it asks promise it."""
        if not promise.rests or len(self._asked) >= _DEEPEST or (function, outcome) in self._asked:
            return 0
        self._asked.append((function, outcome))
        entry = Entry(EntryKind.PARAM, promise.number, path=promise.path)
        mask = 0
        for name, pending in promise.rests:
            if name in {outcome, "returned"}:
                mask |= self.proven(function, pending, entry)
        self._asked.pop()
        return mask

    def _below_argument(self, function: int, pending: Pending, entry: Entry) -> Path | None:
        """Which part of a call's argument an entry is: `form` was tested, and `form.name` is what flows. None when it is no part of it."""
        if entry.kind is EntryKind.EFFECT and entry.number == pending.call:
            return entry.path if entry.name == pending.slot else None
        passed = self._passed.get(function)
        if passed is None:
            passed = self._passed[function] = _passed(self._symbols.functions[function])
        for came, where in passed.get((pending.call, pending.slot), ()):
            if came[:3] == entry[:3] and came.type == entry.type and came.path == entry.path[: len(came.path)]:
                return (*where, *entry.path[len(came.path) :])
        return None


def _passed(function: FunctionFacts) -> dict[tuple[int, str], list[tuple[Entry, Path]]]:
    """The entries that calls of a function are passed, each with where it lies in the argument, by the call's number and the slot."""
    found: dict[tuple[int, str], list[tuple[Entry, Path]]] = {}
    for flow in function.flows:
        leave = flow.exit
        if leave.kind is ExitKind.ARGUMENT:
            found.setdefault((leave.number, leave.name), []).append((flow.entry, leave.path))
    return found
