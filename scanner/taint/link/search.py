"""The search: from all sources of one trust at once, breadth first, along ways that calls and returns allow.

Data that came from above, through an argument, leaves a function by its summary only; data that began in a function, or was read from the heap,
may also go back to any caller. Every state is visited at most once a kind, so the search is linear in the graph, and the first way found is one of
the shortest. The two phases are those of Horwitz, Reps and Binkley, "Interprocedural slicing using dependence graphs" (1990).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint.facts import REACHED, REJECTED, EntryKind, ExitKind
from scanner.taint.kinds import ANSWER, MARKUP, is_field
from scanner.taint.link.crossing import RESULT
from scanner.taint.link.keys import OTHER_KEY
from scanner.taint.link.legs import ARGUMENT, CELL, RETURN, SINK
from scanner.taint.link.paths import ANY, MOST_GUESSES, MOST_RESTS, joined, loose, remainder
from scanner.taint.link.trail import How, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import Path
    from scanner.taint.link.crossing import Crossing
    from scanner.taint.link.graph import Graph
    from scanner.taint.link.legs import Leg

FREE: Final = 0  # began here, or was read from the heap: may go back to callers
BOUND: Final = 1  # came from a caller
_STORED: Final = frozenset({How.HEAP, How.LOOSE})
_NO_PARTS: Final = frozenset({REACHED, REJECTED})
MOST_OTHERS = 4  # further sources remembered for one state

_Spot = tuple[int, "Path"]
"""Twice a node plus the phase, and the path of the data below what the node reads: one component, and of an element its field besides."""
_Step = tuple[How, "Leg", int, int, "Trail | None", int]
"""How a state is left: the parts of a `Trail` and the guesses, put together only where the step leads to something new."""


class Start(NamedTuple):
    """Where to begin: a node, the phase, the number of the source that it stands for, and the kinds that it is dangerous for."""

    node: int
    phase: int
    source: int
    alive: int = -1


class Hit(NamedTuple):
    """A sink that was reached: for which kinds, from which source, how, and which further sources come the same way."""

    sink: int
    alive: int
    source: int
    trail: Trail
    steps: int
    guesses: int
    others: tuple[int, ...]


class _State(NamedTuple):
    spot: _Spot
    alive: int
    source: int
    trail: Trail | None
    steps: int
    guesses: int
    before: _State | None


class Search:
    """Searches one graph, again and again. `visited` counts states."""

    def __init__(self, graph: Graph, crossing: Crossing, *, keyed: bool = False) -> None:
        """`keyed` as in `Language`."""
        self._keyed = keyed
        self._graph = graph
        self._crossing = crossing
        self._loads: dict[tuple[int, Path], tuple[tuple[int, Path, int], ...]] = {}
        self._wholes: list[int] = []
        self._parts: dict[_Spot, int] = {}
        self._earlier: dict[_Spot, tuple[int, int]] = {}  # what earlier runs reached, and with how many guesses at best
        self.visited = 0

    def run(self, starts: Iterable[Start], alive: int, *, guesses: int = MOST_GUESSES, covered: bool = False) -> list[Hit]:
        """All sinks that data of the kinds in `alive` reaches on ways that rest on no more than so many guesses, in the order in which they are met.

        `covered` says that what the runs before have seen need not be seen again: everything behind it is reported already, and better.
        """
        self._limit = guesses
        self._wholes = [0] * (2 * len(self._graph.legs))
        self._parts = {}
        if not covered:
            self._earlier = {}
        self._reached: dict[int, int] = {}
        self._counts: dict[int, int] = {}
        self._first: dict[_Spot, _State] = {}
        self._others: dict[_Spot, dict[int, None]] = {}
        self._queues: list[deque[_State]] = [deque() for _ in range(guesses + 1)]
        for start in starts:
            self._begin((start.node << 1 | start.phase, ()), start.source, alive & start.alive)
        found: list[tuple[int, int, _State, Leg]] = []
        for queue in self._queues:  # those that rest on less come first
            while queue:
                self._visit(queue.popleft(), found)
        for spot, state in self._first.items():
            self._earlier.setdefault(spot, (state.alive, state.guesses))
        return [self._hit(*item) for item in found]

    def _visit(self, state: _State, found: list[tuple[int, int, _State, Leg]]) -> None:
        self.visited += 1
        reached, text = self._reached, self._graph.text
        for leg in self._graph.legs[state.spot[0] >> 1]:
            kept = state.alive & leg.alive
            if not kept or (leg.flow.mask & text and state.spot[1]):
                continue
            if leg.end == SINK:
                rest = state.spot[1]
                if REACHED in rest or REJECTED in rest or (rest and (remainder(rest, leg.path) is None or self._is_object(state, leg))):
                    continue
                fresh = kept & ~reached.get(leg.number, 0)
                if fresh:
                    reached[leg.number] = reached.get(leg.number, 0) | fresh
                    found.append((leg.number, fresh, state, leg))
            else:
                self._follow(state, leg, kept)

    def _is_object(self, state: _State, leg: Leg) -> bool:
        """Whether only a part of what a sink is given is untrusted, where that is a pattern or markup: what has parts of its own is none.

        Text that is made of an object is dangerous for what was in it. So for markup it has to be seen that the thing itself comes here from where
        the part was put into it.
        """
        sink, rest = self._graph.sinks[leg.number], state.spot[1]
        if sink.kind == MARKUP and (is_field(sink.name, rest[0]) if self._keyed else sink.name == ANSWER and rest[0].startswith("[")):
            return not self._graph.is_made(self._function(state), leg.flow) and self._put_together(state.trail)
        return sink.kind == "regex" and rest[0].startswith(".")

    def _put_together(self, trail: Trail | None) -> bool:
        """Whether something came the end of a way as it is, from where a part was put into it."""
        while trail is not None:
            if trail.how is How.OVER and trail.other < 0:
                return self._graph.puts_in(trail.call, trail.leg.slot)
            way = trail.inner if trail.how is How.OVER else trail
            if way is None or way.leg.path:
                return way is not None
            if trail.how not in {How.UP, How.DOWN} or self._graph.is_made(trail.function, trail.leg.flow):
                return False
            trail = trail.before
        return False

    def _hit(self, sink: int, alive: int, state: _State, leg: Leg) -> Hit:
        others: dict[int, None] = {}
        here: _State | None = state
        while here is not None and len(others) < MOST_OTHERS:
            others.update(dict.fromkeys(source for source in self._others.get(here.spot, ()) if source != state.source))
            here = here.before
        trail = Trail(state.trail, How.END, self._function(state), leg)
        return Hit(sink, alive, state.source, trail, state.steps, state.guesses, tuple(others)[:MOST_OTHERS])

    def _function(self, state: _State) -> int:
        return self._graph.function_of[state.spot[0] >> 1]

    def _follow(self, state: _State, leg: Leg, alive: int) -> None:
        phase, rest = state.spot[0] & 1, state.spot[1]
        path = joined(leg.path, rest) if rest else leg.path
        crossing = self._crossing
        if leg.end == ARGUMENT:
            for landing in crossing.over(leg.number, leg.slot, path):
                if alive & landing.alive:
                    step = (How.OVER, leg, leg.number, landing.through, landing.trail, landing.guesses)
                    self._arrive(landing.node << 1 | phase, landing.rest, alive & landing.alive, state, step)
            for landing in crossing.down(leg.number, leg.slot, path):
                step = (How.DOWN, leg, leg.number, landing.through, None, landing.guesses)
                self._arrive(landing.node << 1 | BOUND, landing.rest, alive, state, step)
        elif leg.end == CELL:
            guesses = 0 if self._within(state, leg) else self._graph.shared(leg.number)
            for node, below, missed in self._load(leg.number, path):
                step = (How.HEAP if missed < 0 else How.LOOSE, leg, leg.number, -1, None, guesses + max(missed, 0))
                self._arrive(node << 1 | FREE, below, alive, state, step)
        elif phase == FREE:
            function = self._function(state)
            words = crossing.keys.wanted(state.trail, function)
            for call, landing in crossing.up(function, RESULT if leg.end == RETURN else leg.number, path):
                guesses = landing.guesses + (OTHER_KEY if words is not None and not crossing.keys.names(call, words) else 0)
                self._arrive(landing.node << 1 | FREE, landing.rest, alive, state, (How.UP, leg, call, function, None, guesses))

    def _within(self, state: _State, leg: Leg) -> bool:
        """Whether data goes from one attribute of an object to another of the same: that its instances share one was a guess, the next is none."""
        if leg.flow.exit.kind is not ExitKind.FIELD:
            return False
        here: _State | None = state
        while here is not None and here.trail is not None and here.trail.how is How.OVER:
            here = here.before
        if here is None or here.trail is None or here.trail.how not in _STORED:
            return False
        entry = self._graph.entries[here.spot[0] >> 1]
        return entry.kind is EntryKind.FIELD and entry.type == leg.flow.exit.type

    def _load(self, cell: int, path: Path) -> tuple[tuple[int, Path, int], ...]:
        key = (cell, path)
        found = self._loads.get(key)
        if found is None:
            found = self._loads[key] = tuple(self._readers(cell, path))
        return found

    def _readers(self, cell: int, path: Path) -> Iterator[tuple[int, Path, int]]:
        for wanted, node in self._graph.readers.get(cell, ()):
            rest = remainder(path, wanted)
            if rest is not None:
                yield node, rest, loose(path, wanted) if ANY in path else -1

    def _begin(self, spot: _Spot, source: int, alive: int) -> None:
        held = self._wholes[spot[0]]
        fresh = alive & ~held & ~self._known(spot[0], (), 0)
        if fresh:
            self._wholes[spot[0]] = held | fresh
            self._go_on(_State(spot, fresh, source, None, 0, 0, None))
        else:
            self._remember(spot, source)

    def _arrive(self, key: int, rest: Path, alive: int, state: _State, step: _Step) -> None:  # noqa: C901, PLR0912 -- linking's innermost step: calls cost
        """Go on to a state, unless everything that could be new about it is known: the whole covers its parts, and the free phase the bound one."""
        guesses = state.guesses + step[5]
        if guesses > self._limit:
            return
        wholes = self._wholes
        covered = 0
        if not rest or rest[0] not in _NO_PARTS:  # which are no parts of what they are said of
            covered = wholes[key] | wholes[key & ~1]
            if self._earlier and alive & ~covered:
                covered |= self._known(key, (), guesses)
        if rest:
            if REACHED in rest[1:]:
                return
            parts = self._parts
            if len(rest) > 1:
                # The fields of records in a list are told apart, and those of an object within an object that is kept (`app.config.name`). Of all
                # else one step is enough: every further one is one more way to be somewhere.
                kept = self._keyed and (step[0] is How.HEAP or len(state.spot[1]) > 1)
                apart = (kept or rest[0][0] != ".") and (rest[1][0] == "." or rest[1][1:-1].isdigit())
                if apart:
                    covered |= parts.get((key, rest[:1]), 0)
                if len(rest) > 2 + apart:
                    guesses += 1  # what lies deep within something is hardly all of it
                    if guesses > self._limit:
                        return
                rest = rest[: 1 + apart]
            if alive & ~covered:
                held = parts.get((key, rest), 0)
                if not held:
                    count = self._counts[key] = self._counts.get(key, 0) + 1
                    if count > MOST_RESTS:
                        if REACHED in rest or REJECTED in rest:
                            return
                        rest = ()
                if rest:
                    covered |= held | parts.get((key & ~1, rest), 0)
                    if self._earlier and alive & ~covered:
                        covered |= self._known(key, rest, guesses)
        fresh = alive & ~covered
        spot = (key, rest)
        if not fresh:
            self._remember(spot, state.source)
            return
        if rest:
            self._parts[spot] = self._parts.get(spot, 0) | fresh
        else:
            wholes[key] |= fresh
        how, leg, call, other, inner, _ = step
        trail = Trail(state.trail, how, self._function(state), leg, call, other, inner)
        self._go_on(_State(spot, fresh, state.source, trail, state.steps + 1 + len(leg.flow.hops), guesses, state))

    def _known(self, key: int, rest: Path, guesses: int) -> int:
        """The kinds with which earlier runs were at a state, resting on no more guesses."""
        mask = 0
        for spot in ((key, rest), (key & ~1, rest)):
            alive, rested = self._earlier.get(spot, (0, 0))
            if rested <= guesses:
                mask |= alive
        return mask

    def _go_on(self, state: _State) -> None:
        self._first.setdefault(state.spot, state)
        self._queues[state.guesses].append(state)

    def _remember(self, spot: _Spot, source: int) -> None:
        """Another source comes to where one came before."""
        key, rest = spot
        for known in (spot, (key, ()), (key & ~1, ())) if rest else (spot, (key & ~1, ())) if key & 1 else (spot,):
            first = self._first.get(known)
            if first is not None:
                if first.source != source:
                    others = self._others.setdefault(known, {})
                    if len(others) < MOST_OTHERS:
                        others[source] = None
                return
