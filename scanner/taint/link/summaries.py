"""Summaries: what each function makes of its parameters, computed from callees to callers, and round again where functions call each other."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from scanner.taint.link.crossing import RESULT, Way
from scanner.taint.link.graph import ARGUMENT, PARAMETER, RETURN
from scanner.taint.link.paths import MOST_RESTS, joined
from scanner.taint.link.trail import How, Trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.facts import Path
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.crossing import Crossing
    from scanner.taint.link.graph import Graph

MOST_WAYS = 48  # of one parameter; what is cut is counted
_ROUNDS = 6  # of a circle of functions


def summarise(graph: Graph, calls: Calls, crossing: Crossing, functions: int) -> tuple[int, ...]:
    """Fill `crossing.summaries` for all functions. Returns the functions whose summaries were cut, sorted."""
    wanted: dict[int, list[tuple[int, list[tuple[Path, int]]]]] = {}
    for (function, parameter), readers in graph.parameters.items():
        if readers:
            wanted.setdefault(function, []).append((parameter, readers))
    cut: set[int] = set()
    for circle in _circles(functions, _successors(calls, functions)):
        members = [function for function in circle if function in wanted]
        if not members:
            continue
        round_again = len(circle) > 1 or _calls_itself(calls, circle[0])
        crossing.open = frozenset(circle) if round_again else frozenset()
        for _ in range(_ROUNDS if round_again else 1):
            changed = False
            for function in members:
                for parameter, readers in wanted[function]:
                    ways = crossing.summaries.setdefault((function, parameter), [])
                    changed |= _follow(graph, crossing, function, parameter, readers, ways, cut)
            if not changed:
                break
    crossing.open = frozenset()
    return tuple(sorted(cut))


def _follow(  # noqa: PLR0913, PLR0917 -- the state of one parameter
    graph: Graph, crossing: Crossing, function: int, parameter: int, readers: Iterable[tuple[Path, int]], ways: list[Way], cut: set[int]
) -> bool:
    """Walk from a parameter's entries to the function's exits; whether new ways were found."""
    known: dict[tuple[Path, int, Path], int] = {}
    for way in ways:
        key = (way.path, way.out, way.out_path)
        known[key] = known.get(key, 0) | way.alive
    found = False
    for start, node in readers:
        seen: dict[tuple[int, Path], int] = {(node, ()): -1}
        rests: dict[int, int] = {}
        queue: deque[tuple[int, Path, int, Trail | None]] = deque([(node, (), -1, None)])
        while queue:
            here, rest, alive, trail = queue.popleft()
            for leg in graph.legs[here]:
                kept = alive & leg.alive
                if not kept:
                    continue
                end = leg.end
                if end == ARGUMENT:
                    for landing in crossing.over(leg.number, leg.slot, joined(leg.path, rest)):
                        spot = (landing.node, landing.rest)
                        if spot not in seen and landing.rest:
                            count = rests[landing.node] = rests.get(landing.node, 0) + 1
                            if count > MOST_RESTS:
                                spot = (landing.node, ())
                        fresh = kept & landing.alive & ~seen.get(spot, 0)
                        if fresh:
                            seen[spot] = seen.get(spot, 0) | fresh
                            step = Trail(trail, How.OVER, function, leg, leg.number, landing.through, landing.trail)
                            queue.append((*spot, fresh, step))
                elif end == RETURN or (end == PARAMETER and leg.number != parameter):
                    out = RESULT if end == RETURN else leg.number
                    key = (start, out, joined(leg.path, rest))
                    fresh = kept & ~known.get(key, 0)
                    if fresh:
                        if len(ways) >= MOST_WAYS:
                            cut.add(function)
                            continue
                        known[key] = known.get(key, 0) | fresh
                        ways.append(Way(start, out, key[2], fresh, Trail(trail, How.END, function, leg)))
                        found = True
    return found


def _calls_itself(calls: Calls, function: int) -> bool:
    return any(calls.function_of[call] == function for call, _ in calls.callers.get(function, ()))


def _successors(calls: Calls, functions: int) -> list[list[int]]:
    """Whom each function calls, in the order of its calls."""
    found: list[dict[int, None]] = [{} for _ in range(functions)]
    for number, callee in enumerate(calls.callee):
        for target, _ in callee.targets:
            found[calls.function_of[number]][target] = None
    for number, handed in calls.callbacks.items():
        for _, (target, _) in handed:
            found[calls.function_of[number]][target] = None
    return [list(targets) for targets in found]


def _circles(count: int, successors: list[list[int]]) -> Iterable[list[int]]:
    """The strongly connected components of the call graph, callees first (Tarjan 1972, without recursion)."""
    index = [-1] * count
    low = [0] * count
    on_stack = [False] * count
    stack: list[int] = []
    counter = 0
    for root in range(count):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            here, position = work.pop()
            if position == 0:
                index[here] = low[here] = counter
                counter += 1
                stack.append(here)
                on_stack[here] = True
            targets = successors[here]
            while position < len(targets):
                target = targets[position]
                position += 1
                if index[target] < 0:
                    work.append((here, position))
                    work.append((target, 0))
                    break
                if on_stack[target]:
                    low[here] = min(low[here], index[target])
            else:
                if low[here] == index[here]:
                    circle = []
                    while True:
                        member = stack.pop()
                        on_stack[member] = False
                        circle.append(member)
                        if member == here:
                            break
                    circle.sort()
                    yield circle
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[here])
