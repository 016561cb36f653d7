"""The search: from all sources of one trust at once, breadth first, along ways that calls and returns allow.

Data that came from above, through an argument, leaves a function by its summary only; data that began in a function, or was read from the heap, may
also go back to any caller. Every state is visited at most once a kind, so the search is linear in the graph, and the first way found is a shortest one.
The two phases are those of Horwitz, Reps and Binkley, "Interprocedural slicing using dependence graphs" (1990).
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint.link.crossing import RESULT
from scanner.taint.link.graph import ARGUMENT, CELL, RETURN, SINK
from scanner.taint.link.paths import MOST_RESTS, joined, remainder
from scanner.taint.link.trail import How, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import Path
    from scanner.taint.link.crossing import Crossing
    from scanner.taint.link.graph import Graph, Leg

FREE: Final = 0  # began here, or was read from the heap: may go back to callers
BOUND: Final = 1  # came from a caller
MOST_OTHERS = 4  # further sources remembered for one state


class Start(NamedTuple):
    """Where to begin: a node, the phase, and the number of the source that it stands for."""

    node: int
    phase: int
    source: int


class Hit(NamedTuple):
    """A sink that was reached: for which kinds, from which source, how, and which further sources come the same way."""

    sink: int
    alive: int
    source: int
    trail: Trail
    steps: int
    others: tuple[int, ...]


class _State(NamedTuple):
    node: int
    rest: Path
    phase: int
    alive: int
    source: int
    trail: Trail | None
    steps: int
    spot: tuple[int, Path, int]


_Step = tuple[How, "Leg", int, int, "Trail | None"]
"""How a state is left: the parts of a `Trail`, put together only where the step leads to something new."""


class Search:
    """One search. `visited` counts states."""

    def __init__(self, graph: Graph, crossing: Crossing) -> None:
        self._graph = graph
        self._crossing = crossing
        self._loads: dict[tuple[int, Path], tuple[tuple[int, Path], ...]] = {}
        self._seen: dict[tuple[int, Path, int], int] = {}
        self.visited = 0

    def run(self, starts: Iterable[Start], alive: int, *, covered: bool = False) -> list[Hit]:
        """All sinks that data of the kinds in `alive` reaches, in the order in which they are met.

        `covered` says that what the runs before have seen need not be seen again: everything behind it is reported already, and better.
        """
        if not covered:
            self._seen = {}
        self._first: dict[tuple[int, Path, int], int] = {}
        self._before: dict[tuple[int, Path, int], tuple[int, Path, int] | None] = {}
        self._others: dict[tuple[int, Path, int], dict[int, None]] = {}
        self._rests: dict[int, int] = {}
        self._queue: deque[_State] = deque()
        reached: dict[int, int] = {}
        found: list[tuple[int, int, _State, Leg]] = []
        for start in starts:
            self._begin(start, alive)
        legs = self._graph.legs
        while self._queue:
            state = self._queue.popleft()
            self.visited += 1
            for leg in legs[state.node]:
                kept = state.alive & leg.alive
                if not kept:
                    continue
                if leg.end == SINK:
                    fresh = kept & ~reached.get(leg.number, 0)
                    if fresh:
                        reached[leg.number] = reached.get(leg.number, 0) | fresh
                        found.append((leg.number, fresh, state, leg))
                else:
                    self._follow(state, leg, kept)
        return [self._hit(*item) for item in found]

    def _begin(self, start: Start, alive: int) -> None:
        spot = (start.node, (), start.phase)
        fresh = alive & ~self._seen.get(spot, 0)
        if fresh:
            self._seen[spot] = self._seen.get(spot, 0) | fresh
            self._first[spot] = start.source
            self._queue.append(_State(start.node, (), start.phase, fresh, start.source, None, 0, spot))
        else:
            self._remember(spot, start.source)

    def _hit(self, sink: int, alive: int, state: _State, leg: Leg) -> Hit:
        others: dict[int, None] = {}
        spot: tuple[int, Path, int] | None = state.spot
        while spot is not None and len(others) < MOST_OTHERS:
            for source in self._others.get(spot, ()):
                if source != state.source:
                    others[source] = None
            spot = self._before.get(spot)
        trail = Trail(state.trail, How.END, self._graph.function_of[state.node], leg)
        return Hit(sink, alive, state.source, trail, state.steps, tuple(others)[:MOST_OTHERS])

    def _follow(self, state: _State, leg: Leg, alive: int) -> None:
        path = joined(leg.path, state.rest)
        crossing = self._crossing
        if leg.end == ARGUMENT:
            for landing in crossing.over(leg.number, leg.slot, path):
                step = (How.OVER, leg, leg.number, landing.through, landing.trail)
                self._arrive(landing.node, landing.rest, state.phase, alive & landing.alive, state, step)
            for landing in crossing.down(leg.number, leg.slot, path):
                self._arrive(landing.node, landing.rest, BOUND, alive, state, (How.DOWN, leg, leg.number, landing.through, None))
        elif leg.end == CELL:
            for node, rest in self._load(leg.number, path):
                self._arrive(node, rest, FREE, alive, state, (How.HEAP, leg, leg.number, -1, None))
        elif state.phase == FREE:
            function = self._graph.function_of[state.node]
            for call, landing in crossing.up(function, RESULT if leg.end == RETURN else leg.number, path):
                self._arrive(landing.node, landing.rest, FREE, alive, state, (How.UP, leg, call, function, None))

    def _load(self, cell: int, path: Path) -> tuple[tuple[int, Path], ...]:
        key = (cell, path)
        found = self._loads.get(key)
        if found is None:
            found = self._loads[key] = tuple(self._readers(cell, path))
        return found

    def _readers(self, cell: int, path: Path) -> Iterator[tuple[int, Path]]:
        for wanted, node in self._graph.readers.get(cell, ()):
            rest = remainder(path, wanted)
            if rest is not None:
                yield node, rest

    def _arrive(self, node: int, rest: Path, phase: int, alive: int, state: _State, step: _Step) -> None:  # noqa: PLR0913, PLR0917 -- see _Step
        """Go on to a state, unless everything that could be new about it is known."""
        source = state.source
        spot = (node, rest, phase)
        held = self._seen.get(spot, 0)
        if not held and rest:
            rests = self._rests.get(node, 0)
            if rests >= MOST_RESTS:
                rest = ()
                spot = (node, rest, phase)
                held = self._seen.get(spot, 0)
            else:
                self._rests[node] = rests + 1
        covered = held | (self._seen.get((node, rest, FREE), 0) if phase == BOUND else 0)
        fresh = alive & ~covered
        if not fresh:
            if alive:
                self._remember(spot if held else (node, rest, FREE), source)
            return
        self._seen[spot] = held | fresh
        if spot not in self._first:
            self._first[spot] = source
            self._before[spot] = state.spot
        how, leg, call, other, inner = step
        trail = Trail(state.trail, how, self._graph.function_of[state.node], leg, call, other, inner)
        self._queue.append(_State(node, rest, phase, fresh, source, trail, state.steps + 1 + len(leg.flow.hops), spot))

    def _remember(self, spot: tuple[int, Path, int], source: int) -> None:
        if self._first.get(spot) != source:
            others = self._others.setdefault(spot, {})
            if len(others) < MOST_OTHERS:
                others[source] = None
