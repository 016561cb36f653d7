"""Summaries: what each function makes of its parameters, computed from callees to callers, and round again where functions call each other."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from scanner.taint.facts import REACHED, REJECTED
from scanner.taint.link.circles import circles
from scanner.taint.link.crossing import RESULT, Way
from scanner.taint.link.legs import ARGUMENT, PARAMETER, RETURN
from scanner.taint.link.paths import MOST_GUESSES, MOST_RESTS, joined
from scanner.taint.link.trail import How, Trail

if TYPE_CHECKING:
    from scanner.taint.facts import Path
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.crossing import Crossing
    from scanner.taint.link.graph import Graph
    from scanner.taint.link.legs import Leg, Reader

MOST_WAYS = 48  # of one parameter; what is cut is counted
_ROUNDS = 6  # of a circle of functions

_State = tuple[int, "Path", int, "Trail | None", int]
_Wholes = list[tuple[int, int]]
"""Kinds with which data was somewhere as a whole, and the guesses that it rested on."""


def summarise(graph: Graph, calls: Calls, crossing: Crossing, functions: int) -> tuple[int, ...]:
    """Fill `crossing.summaries` for all functions. Returns the functions whose summaries were cut, sorted."""
    walks: dict[int, list[_Walk]] = {}
    for (function, parameter), readers in graph.parameters.items():
        if readers:
            walks.setdefault(function, []).append(_Walk(graph, crossing, function, parameter, readers))
    successors = _successors(calls, functions)
    for circle in circles(successors):
        members = [walk for function in circle for walk in walks.get(function, ())]
        if not members:
            continue
        again = len(circle) > 1 or circle[0] in successors[circle[0]]
        if again:
            crossing.open = frozenset(circle)
            _walk_round(members, successors)
            crossing.close()
        else:
            for walk in members:
                walk.run()
    return tuple(sorted({function for function, own in walks.items() if any(walk.cut for walk in own)}))


def _walk_round(members: list[_Walk], successors: list[tuple[int, ...]]) -> None:
    """Walk through functions that call each other until nothing is new; again only where somebody who is called has become known better since."""
    clock = 0
    grown: dict[int, int] = {}  # when a function's summary last grew
    walked: dict[_Walk, int] = {}
    for _ in range(_ROUNDS):
        before = clock
        for walk in members:
            last = walked.get(walk)
            if last is None or any(grown.get(called, -1) >= last for called in successors[walk.function]):
                clock += 1
                walked[walk] = clock
                if walk.run():
                    grown[walk.function] = clock
        if clock == before:
            break


def _successors(calls: Calls, functions: int) -> list[tuple[int, ...]]:
    """Whom each function calls, in the order of its calls."""
    found: list[dict[int, None]] = [{} for _ in range(functions)]
    for number, callee in enumerate(calls.callee):
        for target, _ in callee.targets:
            found[calls.function_of[number]][target] = None
    for number, handed in calls.callbacks.items():
        for _, (target, _) in handed:
            found[calls.function_of[number]][target] = None
    return [tuple(targets) for targets in found]


class _Walk:
    """From one parameter's entries to its function's exits. `cut`: there were more ways than are kept."""

    def __init__(self, graph: Graph, crossing: Crossing, function: int, parameter: int, readers: list[Reader]) -> None:
        self._graph = graph
        self._crossing = crossing
        self.function = function
        self._parameter = parameter
        self._readers = readers
        self._ways: list[Way] = crossing.summaries.setdefault((function, parameter), [])
        self._known: dict[tuple[Path, int, Path], int] = {}
        self._left: dict[tuple[Path, int], _Wholes] = {}  # by start and way out, what left whole
        self.cut = False

    def run(self) -> bool:
        """Walk once; whether new ways were found."""
        before = len(self._ways)
        for start, node in self._readers:
            self._seen: dict[tuple[int, Path], int] = {(node, ()): -1}
            self._came: dict[int, _Wholes] = {node: [(0, -1)]}  # by node, what came whole
            self._rests: dict[int, int] = {}
            queues: list[deque[_State]] = [deque() for _ in range(MOST_GUESSES + 1)]
            queues[0].append((node, (), -1, None, 0))
            for queue in queues:
                while queue:
                    self._step(start, queue.popleft(), queues)
        return len(self._ways) > before

    def _step(self, start: Path, state: _State, queues: list[deque[_State]]) -> None:
        here, rest, alive, trail, guesses = state
        for leg in self._graph.legs[here]:
            kept = alive & leg.alive
            if not kept:
                continue
            if leg.end == ARGUMENT:
                self._cross(leg, (here, rest, kept, trail, guesses), queues)
            elif leg.end == RETURN or (leg.end == PARAMETER and leg.number != self._parameter):
                self._leave(start, leg, (here, rest, kept, trail, guesses))

    def _cross(self, leg: Leg, state: _State, queues: list[deque[_State]]) -> None:
        _, rest, alive, trail, guesses = state
        seen = self._seen
        for landing in self._crossing.over(leg.number, leg.slot, joined(leg.path, rest)):
            total = guesses + landing.guesses
            if total > MOST_GUESSES:
                continue
            spot = (landing.node, landing.rest)
            held = seen.get(spot, 0)
            if landing.rest:
                held |= _covering(self._came.get(landing.node), landing.rest, total)
            if not held and landing.rest:
                count = self._rests[landing.node] = self._rests.get(landing.node, 0) + 1
                if count > MOST_RESTS:
                    if REACHED in landing.rest or REJECTED in landing.rest:
                        continue
                    spot = (landing.node, ())
                    held = seen.get(spot, 0)
            fresh = alive & landing.alive & ~held
            if fresh:
                seen[spot] = held | fresh
                if not spot[1]:
                    self._came.setdefault(landing.node, []).append((total, fresh))
                step = Trail(trail, How.OVER, self.function, leg, leg.number, landing.through, landing.trail)
                queues[total].append((*spot, fresh, step, total))

    def _leave(self, start: Path, leg: Leg, state: _State) -> None:
        _, rest, alive, trail, guesses = state
        out = RESULT if leg.end == RETURN else leg.number
        key = (start, out, joined(leg.path, rest))
        known = self._known.get(key, 0)
        fresh = alive & ~known
        if key[2]:
            fresh &= ~_covering(self._left.get((start, out)), key[2], guesses)
        if not fresh:
            return
        if len(self._ways) >= MOST_WAYS:
            self.cut = True
            return
        self._known[key] = known | fresh
        if not key[2]:
            self._left.setdefault((start, out), []).append((guesses, fresh))
        self._crossing.grown[self.function] += 1
        self._ways.append(Way(start, out, key[2], fresh, Trail(trail, How.END, self.function, leg), guesses))


def _covering(wholes: _Wholes | None, path: Path, guesses: int) -> int:
    """The kinds for which a part at a path is known with its whole, on no more guesses. How an object was reached is no part of it."""
    kinds = 0
    if wholes is not None and REACHED not in path:
        for rested, alive in wholes:
            if rested <= guesses:
                kinds |= alive
    return kinds
