"""Crossing a call: what an argument becomes on the other side, by the summaries of program functions and the models of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.facts import REACHED, REJECTED, Path
from scanner.taint.link.binding import LATER, THIS, Mode, as_spread
from scanner.taint.link.effects import RETURN
from scanner.taint.link.handing import handed
from scanner.taint.link.keys import Keys
from scanner.taint.link.paths import ANY, joined, remainder
from scanner.taint.link.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.taint.link.callees import Target
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.graph import Graph
    from scanner.taint.link.legs import Reader
    from scanner.taint.link.symbols import Symbols

_BY_NAME = 2  # guesses: a method found by its name alone
_ONE_OF_MANY = 1  # guesses: any of several that override each other
_ANY_OF_MANY = 2  # guesses: an object of any class with a base is the one that a certain one of them has made
RESULT = -1  # the way out of a summary that is no parameter


class Way(NamedTuple):
    """One line of a function's summary: from `path` of a parameter to `out_path` of its result (`out` is RESULT) or of another parameter.

    `alive` are the kinds that it keeps, `trail` how it goes, `guesses` how often it goes where nobody knows that it does.
    """

    path: Path
    out: int
    out_path: Path
    alive: int
    trail: Trail | None
    guesses: int


class Landing(NamedTuple):
    """Where data arrives: the node, the path below it, the kinds that are kept, the function in between (-1: a library's), the way through it.

    `guesses` as in `Way`: an unknown function that is taken to pass something on, a callee known by its name only, one of several that override
    each other.
    """

    node: int
    rest: Path
    alive: int
    through: int
    trail: Trail | None
    guesses: int


class Crossing:
    """Answers what lies behind calls. `summaries` fills up while they are computed; answers that can no longer grow are kept."""

    def __init__(self, symbols: Symbols, calls: Calls, graph: Graph) -> None:
        self._symbols = symbols
        self._calls = calls
        self._graph = graph
        self.keys = Keys(symbols, calls)
        self.summaries: dict[tuple[int, int], list[Way]] = {}
        self.open: frozenset[int] = frozenset()  # functions whose summaries are still growing
        self.grown = [0] * len(symbols.functions)  # how many lines each function's summaries have
        self._over: dict[tuple[int, str, Path], tuple[Landing, ...]] = {}
        self._meanwhile: dict[tuple[int, str, Path], tuple[int, tuple[Landing, ...]]] = {}  # answers of a time when these summaries had so many lines
        self._growing: dict[int, tuple[int, ...]] = {}
        self._down: dict[tuple[int, str, Path], tuple[Landing, ...]] = {}
        self._up: dict[tuple[int, int, Path], tuple[tuple[int, Landing], ...]] = {}

    def over(self, call: int, slot: str, path: Path) -> tuple[Landing, ...]:
        """Entries of the calling function that data in a slot reaches through the call."""
        if call not in self._graph.awaited:
            return ()
        key = (call, slot, path)
        found = self._over.get(key)
        if found is not None:
            return found
        growing = self._still_growing(call) if self.open else ()
        if not growing:
            found = self._over[key] = tuple(self._through(call, slot, path))
            return found
        lines = sum([self.grown[target] for target in growing])
        held = self._meanwhile.get(key)
        if held is None or held[0] != lines:
            held = self._meanwhile[key] = (lines, tuple(self._through(call, slot, path)))
        return held[1]

    def close(self) -> None:
        """All summaries of the functions that were open are what they will be."""
        self.open = frozenset()
        self._meanwhile = {}
        self._growing = {}

    def _still_growing(self, call: int) -> tuple[int, ...]:
        """The functions behind a call whose summaries are still growing."""
        found = self._growing.get(call)
        if found is None:
            handed = (target for _, target in self._calls.callbacks.get(call, ()))
            found = self._growing[call] = tuple([target for target, _ in (*self._calls.callee[call].targets, *handed) if target in self.open])
        return found

    def _places(self, call: int, slot: str, path: Path) -> Iterator[tuple[Target, int, Path]]:
        """Where an argument goes in program functions: those called, and those that the callee was given to call."""
        callee = self._calls.callee[call]
        for target in callee.targets:
            if slot == "self" and not path and self._symbols.functions[target[0]].params[:1] == (THIS,) and self._symbols.owner(target[0]) >= 0:
                continue  # an instance of a class of the program is no data from outside; what lies in it may be
            for parameter, below in self._bound(call, target, slot, path):
                yield target, parameter, below
        for where, target in self._calls.callbacks.get(call, ()):
            function = self._symbols.functions[target[0]]
            governed = self._calls.governed(call, target)
            if governed is None:
                reached = handed(where, function, target[1], slot, path)
            else:
                reached = governed.places(function, target[1], slot, path, self._graph.effects(call).moves)
            for parameter, below in reached:
                yield target, parameter, below

    def _bound(self, call: int, target: Target, slot: str, path: Path) -> Iterator[tuple[int, Path]]:
        """Where an argument goes in one of the functions called."""
        role = as_spread(slot, target[1])
        if role == slot and slot != "**":
            yield from ((parameter, joined(prefix, path)) for parameter, prefix in self._calls.binding(call, target).get(slot, ()))
        elif role and path and path[0] != ANY:
            # What is spread by name reaches the parameter of that name, and no other; so does a position in a list of arguments.
            key = path[0][1:-1] if path[0].startswith("[") else ""
            if role == "**":
                yield from ((parameter, joined(prefix, path[1:])) for parameter, prefix in (self._calls.keyword(call, target, key) if key else ()))
            elif key.isdigit():
                yield from ((parameter, joined(prefix, path[1:])) for parameter, prefix in self._calls.position(target, int(key)))
        else:
            yield from ((parameter, joined(prefix, path[1:])) for parameter, prefix in self._calls.binding(call, target).get(slot, ()))

    def _through(self, call: int, slot: str, path: Path) -> list[Landing]:
        landings: list[Landing] = []
        guesses = self._guesses(call)
        for target, parameter, below in self._places(call, slot, path):
            for way in self.summaries.get((target[0], parameter), ()):
                rest = remainder(below, way.path)
                if rest is None or not (readers := self._readers(call, target, way.out)):
                    continue
                for result in self._results(call, target, way.out):
                    for node, left in _meeting(readers, joined(result, way.out_path, rest)):
                        landings.append(Landing(node, left, way.alive, target[0], way.trail, way.guesses + guesses))
        for move in self._graph.effects(call).moves:
            if move.slot == slot and (rest := remainder(path, move.path)) is not None and (move.keeps or REACHED not in path):
                # Whoever is given a promise may hand it on; why it is rejected is nothing to take out of it.
                arrival = joined(move.target_path, rest) if move.keeps or REJECTED in rest[:1] else move.target_path
                found = self._graph.results.get(call, ()) if move.target == RETURN else self._graph.leftovers.get((call, move.target), ())
                landings.extend([Landing(node, left, move.alive, -1, None, move.guesses) for node, left in _meeting(found, arrival)])
        return landings

    def _results(self, call: int, target: Target, out: int) -> tuple[Path, ...]:
        """Where in a call's result that of a function which it was given ends up."""
        governed = self._calls.governed(call, target) if out == RESULT and call in self._calls.callbacks else None
        return ((),) if governed is None else governed.results()

    def _guesses(self, call: int, out: int | None = None) -> int:
        """How much of a guess it is that a call reaches one of its targets, or that what comes out of it is what that one has made."""
        callee = self._calls.callee[call]
        if callee.every and len(callee.targets) > 1:
            return 0 if out is None else _ANY_OF_MANY
        return (0 if callee.certain else _BY_NAME) + (_ONE_OF_MANY if len(callee.targets) > 1 else 0)

    def _readers(self, call: int, target: Target, out: int) -> Sequence[Reader]:
        """The entries of the caller that see a callee's result, or what it left in a parameter."""
        made = target[1] is Mode.CONSTRUCT
        if out == RESULT:
            return () if made or target[1] in LATER else self._graph.results.get(call, ())
        if out == 0 and made:
            return self._graph.results.get(call, ())
        leftovers, place = self._graph.leftovers, (out, ())
        return [reader for slot, places in self._calls.binding(call, target).items() if place in places for reader in leftovers.get((call, slot), ())]

    def down(self, call: int, slot: str, path: Path) -> tuple[Landing, ...]:
        """Entries of called functions that data in a slot reaches."""
        key = (call, slot, path)
        found = self._down.get(key)
        if found is None:
            landings: list[Landing] = []
            guesses = self._guesses(call)
            for target, parameter, below in self._places(call, slot, path):
                readers = self._graph.parameters.get((target[0], parameter), ())
                landings.extend(Landing(node, left, -1, target[0], None, guesses) for node, left in _meeting(readers, below))
            found = self._down[key] = tuple(landings)
        return found

    def up(self, function: int, out: int, path: Path) -> tuple[tuple[int, Landing], ...]:
        """Entries of callers that see what a function returns (`out` is RESULT) or leaves in a parameter, each with the call."""
        key = (function, out, path)
        found = self._up.get(key)
        if found is None:
            landings: list[tuple[int, Landing]] = []
            others = self._calls.handed_by.get(function, ()) if out == RESULT else ()
            for call, mode in (*self._calls.callers.get(function, ()), *others):
                for result in self._results(call, (function, mode), out):
                    for node, left in _meeting(self._readers(call, (function, mode), out), joined(result, path)):
                        landings.append((call, Landing(node, left, -1, function, None, self._guesses(call, out))))
            found = self._up[key] = tuple(landings)
        return found


def _meeting(readers: Sequence[Reader], arrival: Path) -> list[tuple[int, Path]]:
    """The readers that see data which arrives at a path, each with what is left of the path below them."""
    return [(node, left) for wanted, node in readers if (left := remainder(arrival, wanted)) is not None]
