"""All calls of the program, resolved in a few rounds: what callers pass tells types of parameters, which tell further callees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.binding import APPLIED, Mode, bind, keyword, position
from scanner.taint.link.callbacks import Governed
from scanner.taint.link.callees import UNKNOWN
from scanner.taint.link.events import Events
from scanner.taint.link.handing import fits
from scanner.taint.link.symbols import Kind
from scanner.taint.refs import AttrType, NameRef, ParamType, ResultType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.taint.facts import CallSite, Path
    from scanner.taint.knowledge import CallbackRow
    from scanner.taint.link.binding import Places
    from scanner.taint.link.callees import Callee, Callees, Target
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types
    from scanner.taint.refs import CalleeRef

_ROUNDS = 3
_MOST_CALLERS = 48  # callers asked for the type or the functions that they pass


class Calls:
    """Every call by number: its site, the function it stands in, whom it reaches, and who calls a function."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, callees: Callees, rows: Mapping[str, tuple[CallbackRow, ...]]) -> None:
        """`rows` are what the models say of calls that call what they are passed."""
        self._rows = rows
        self._governed: dict[tuple[int, Target], Governed | None] = {}
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._events = Events(symbols, hierarchy, types)
        self._callees = callees
        self.first: list[int] = []  # the number of a function's first call
        self.sites: list[CallSite] = []
        self.function_of: list[int] = []
        for number, function in enumerate(symbols.functions):
            self.first.append(len(self.sites))
            file = symbols.file_of[number]
            told = symbols.constants  # most programs' modules tell none
            self.sites.extend([symbols.told(site, file) for site in function.calls] if told else function.calls)
            self.function_of.extend([number] * len(function.calls))
        self.callee: list[Callee] = [UNKNOWN] * len(self.sites)
        self._waiting = list(range(len(self.sites)))  # those whose callee callers, or what they hand over, may still tell
        self.callbacks: dict[int, tuple[tuple[str, Target], ...]] = {}
        self.callers: dict[int, list[tuple[int, Mode]]] = {}
        self.handed_by: dict[int, list[tuple[int, Mode]]] = {}  # calls that hand a function to somebody else's code
        self.crowded: set[int] = set()  # those with more targets than are followed
        self._bindings: dict[tuple[tuple[str, ...], int, Mode], Mapping[str, Places]] = {}

    def callees(self, function: int) -> list[Callee]:
        """Whom a function's calls reach, call by call."""
        first = self.first[function]
        return self.callee[first : first + len(self._symbols.functions[function].calls)]

    def resolve(self) -> None:
        """Find everybody's callees. Whatever round or call of this comes later looks again only at what lacked an answer of callers."""
        types, callees = self._types, self._callees
        types.scene = callees.scene = self
        waiting = still = self._waiting
        for _ in range(_ROUNDS):
            types.forget()
            still, told = [], False
            for number in waiting:
                types.asked = callees.crowd = False
                found = callees.of_site(self.sites[number], self.function_of[number])
                if types.asked:
                    still.append(number)
                (self.crowded.add if callees.crowd else self.crowded.discard)(number)
                told = told or found != self.callee[number]
                self.callee[number] = found
            if told:
                self._index_callers()
            if not still or not told:
                break  # what nobody learnt anything new from will not teach anybody in the next round
            waiting = still
        self._waiting = still
        types.forget()
        self._find_callbacks()

    def _index_callers(self) -> None:
        self.callers = {}
        for number, callee in enumerate(self.callee):
            for function, mode in callee.targets:
                self.callers.setdefault(function, []).append((number, mode))

    def binding(self, call: int, target: Target) -> Mapping[str, Places]:
        """Where the slots of a call end up in one of its targets."""
        key = (self.sites[call].slots, *target)
        found = self._bindings.get(key)
        if found is None:
            found = self._bindings[key] = bind(key[0], self._symbols.functions[target[0]], target[1])
        return found

    def keyword(self, call: int, target: Target, key: str) -> Places:
        """Where what a call spreads under a key ends up in one of its targets."""
        return keyword(key, self.sites[call].slots, self._symbols.functions[target[0]], target[1])

    def position(self, target: Target, index: int) -> Places:
        """Where what stands at a position of a list of arguments ends up in a target."""
        return position(index, self._symbols.functions[target[0]], target[1])

    def _passing(self, function: int, parameter: int) -> Iterator[tuple[int, str]]:
        """Calls of a function with the slot whose value becomes a parameter as it is."""
        place = (parameter, ())
        for call, mode in self.callers.get(function, ())[:_MOST_CALLERS]:
            for slot, places in self.binding(call, (function, mode)).items() if mode not in APPLIED else ():
                if place in places and slot not in {"*", "**"}:
                    yield call, slot

    def calls_itself(self, function: int) -> bool:
        """Whether the program surely calls a function, from somewhere else than the function itself."""
        return any(self.callee[call].certain and self.function_of[call] != function for call, _ in self.callers.get(function, ()))

    def made(self) -> Mapping[int, set[int]]:
        """The calls that make instances of classes, by the class whose constructor runs."""
        found: dict[int, set[int]] = {}
        for call, callee in enumerate(self.callee):
            if callee.built >= 0:
                found.setdefault(callee.built, set()).add(call)
            for target, mode in callee.targets:
                if mode is Mode.CONSTRUCT:
                    found.setdefault(self._symbols.owner(target), set()).add(call)
        return found

    def leaves_out(self, function: int, parameter: int) -> bool | None:
        """Whether some call of a function passes nothing for a parameter; None where nobody is known to call it."""
        calls = self.callers.get(function, ())
        for call, mode in calls:
            slots = self.sites[call].slots
            places = self.binding(call, (function, mode))
            if "*" not in slots and "**" not in slots and all((parameter, ()) not in places.get(slot, ()) for slot in slots):
                return True
        return False if calls else None

    def argument_types(self, function: int, parameter: int) -> Iterator[Type]:
        """The types that calls pass for a parameter."""
        for call, slot in self._passing(function, parameter):
            site, caller = self.sites[call], self.function_of[call]
            file = self._symbols.file_of[caller]
            for name, ref in site.types:
                if name == slot:
                    yield from self._types.of(ref, caller, file)
            for name, callee in site.functions:
                if name == slot and isinstance(callee, NameRef):
                    symbol = self._symbols.resolve(callee.name, file)
                    if symbol.kind is Kind.VARIABLE or symbol.rest or symbol.kind is Kind.LIBRARY:
                        yield from self._types.of_symbol(symbol)

    def functions_in(self, maker: CalleeRef, name: str, function: int) -> Iterator[int]:
        """The functions under a name in the objects that a callee returns."""
        for number, _ in self._callees.of(maker, function).targets:
            for component, ref in self._symbols.functions[number].members:
                if component == f".{name}":
                    yield from (target for target, _ in self._callees.of(ref, number).targets)

    def passed_functions(self, function: int, parameter: int, path: Path = ()) -> Iterator[tuple[CalleeRef, int]]:
        """The functions that calls pass for a parameter, each with the function whose reference it is; also those that callers were passed."""
        behind = f":{'/'.join(path)}" if path else ""
        places = [(function, parameter)]
        for here in places:  # grows while it is walked
            for call, slot in self._passing(*here):
                site, caller = self.sites[call], self.function_of[call]
                for name, ref in site.functions:
                    if name == f"{slot}{behind}":
                        yield ref, caller
                for name, type_ in site.types:
                    if (
                        name == slot
                        and isinstance(type_, ParamType)
                        and not type_.function
                        and (caller, type_.number) not in places
                        and len(places) < _MOST_CALLERS
                    ):
                        places.append((caller, type_.number))

    def governed(self, call: int, target: Target) -> Governed | None:
        """The models' rows for a function that a call is handed; None where they have none."""
        if not self._rows:
            return None
        key = (call, target)
        if key not in self._governed:
            rows = next((found for name in self.callee[call].names if (found := self._rows.get(name)) is not None), ())
            slots = [slot for slot, held in self.callbacks.get(call, ()) if held == target]
            fitting = tuple(row for row in rows if any(fits(slot, (row.slot,), self.sites[call].slots) for slot in slots))
            self._governed[key] = Governed(fitting) if fitting else None
        return self._governed[key]

    def _find_callbacks(self) -> None:
        """Functions of the program that calls hand to somebody else's code, by the slot they are in."""
        self.callbacks, self.handed_by = {}, {}
        self._governed = {}
        for number, site in enumerate(self.sites):
            if (site.functions or site.types) and not self.callee[number].targets:
                found = dict.fromkeys((slot, target) for slot, target in self._handed(number, site))
                if found:
                    self.callbacks[number] = tuple(found)
                    for _, (function, mode) in found:
                        self.handed_by.setdefault(function, []).append((number, mode))
        for number, heard in self._events.heard(self).items():
            if not self.callee[number].targets:
                self.callbacks[number] = heard
                for _, (function, mode) in heard:
                    self.handed_by.setdefault(function, []).append((number, mode))

    def _handed_in(self, slot: str, ref: CalleeRef, file: int) -> Iterator[tuple[str, Target]]:
        """The functions in an object that a module offers or a variable holds, which is passed whole."""
        mark = "/" if ":" in slot else ":"
        for path, function in self._symbols.functions_in(ref.name, file) if isinstance(ref, NameRef) else ():
            yield f"{slot}{mark}{'/'.join(path)}", (function, Mode.PLAIN)

    def _handed(self, number: int, site: CallSite) -> Iterator[tuple[str, Target]]:
        caller = self.function_of[number]
        file = self._symbols.file_of[caller]
        for slot, ref in site.functions:
            callee = self._callees.of(ref, caller)
            if callee.certain:
                for target in callee.targets:
                    yield slot, target
            yield from self._handed_in(slot, ref, file)
        for slot, type_ in site.types:
            if isinstance(type_, ResultType) and slot != "self":  # `wrap(handler)`: what the call of a function of the program returns
                for target in self._callees.returned_by(type_.callee, caller):
                    yield slot, target
            if isinstance(type_, AttrType) and slot != "self":  # `self.work`, a bound method as a value
                for cls in self._types.of(type_.type, caller, file):
                    method = self._hierarchy.method(cls, type_.name)
                    if method >= 0 and self._symbols.functions[method].binding != "property":
                        yield slot, (method, Mode.BOUND)
