"""Pruning: only what can reach a sink is looked at. Found backwards from the sinks, without regard to paths, kinds or the order of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.facts import EntryKind
from scanner.taint.link.legs import ARGUMENT, CELL, RETURN, SINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.taint.link.calls import Calls
    from scanner.taint.link.graph import Graph
    from scanner.taint.link.legs import Leg


def prune(graph: Graph, calls: Calls) -> None:
    """Take nodes and legs that lead nowhere out of the graph's indexes."""
    useful = _Backwards(graph, calls).run()
    for node, legs in enumerate(graph.legs):
        function = graph.function_of[node]
        graph.legs[node] = tuple(leg for leg in legs if useful.leads(function, leg)) if useful.nodes[node] else ()
    for number_index in (graph.results, graph.readers):
        for key, readers in number_index.items():
            number_index[key] = [reader for reader in readers if graph.legs[reader[1]]]
    for parameter, readers in graph.parameters.items():
        graph.parameters[parameter] = [reader for reader in readers if graph.legs[reader[1]]]
    for slot, readers in graph.leftovers.items():
        graph.leftovers[slot] = [reader for reader in readers if graph.legs[reader[1]]]
    graph.awaited = {call for call, readers in graph.results.items() if readers} | {call for (call, _), readers in graph.leftovers.items() if readers}
    graph.origins = [origin for origin in graph.origins if graph.legs[origin.node]]


class _Backwards:
    def __init__(self, graph: Graph, calls: Calls) -> None:
        self._graph = graph
        self._calls = calls
        self.nodes = bytearray(len(graph.legs))
        self._arguments: dict[tuple[int, str], list[int]] = {}
        self._passing: dict[int, list[str]] = {}
        self._returning: dict[int, list[int]] = {}
        self._leaving: dict[int, list[int]] = {}
        self._storing: dict[int, list[int]] = {}
        self._queue: list[int] = []
        self._wanted_arguments: set[tuple[int, str]] = set()
        self._wanted_functions: set[int] = set()
        self._wanted_cells: set[int] = set()
        self._wanted_calls: set[int] = set()
        self._wanted_parameters: set[tuple[int, int]] = set()

    def run(self) -> _Backwards:
        for node, legs in enumerate(self._graph.legs):
            function = self._graph.function_of[node]
            for leg in legs:
                self._index(node, function, leg)
        while self._queue:
            self._arrived(self._queue.pop())
        return self

    def _index(self, node: int, function: int, leg: Leg) -> None:
        end = leg.end
        if end == SINK:
            self._mark((node,))
        elif end == ARGUMENT:
            key = (leg.number, leg.slot)
            held = self._arguments.get(key)
            if held is None:
                self._arguments[key] = [node]
                self._passing.setdefault(leg.number, []).append(leg.slot)
            else:
                held.append(node)
        elif end == CELL:
            self._storing.setdefault(leg.number, []).append(node)
        elif end == RETURN:
            self._returning.setdefault(function, []).append(node)
        else:
            self._leaving.setdefault(function, []).append(node)

    def leads(self, function: int, leg: Leg) -> bool:
        """Whether a leg goes on to something wanted."""
        end = leg.end
        if end == ARGUMENT:
            return (leg.number, leg.slot) in self._wanted_arguments
        if end == CELL:
            return leg.number in self._wanted_cells
        return end == SINK or function in self._wanted_functions

    def _mark(self, nodes: Iterable[int]) -> None:
        for node in nodes:
            if not self.nodes[node]:
                self.nodes[node] = 1
                self._queue.append(node)

    def _arrived(self, node: int) -> None:
        """A node is useful: so is whatever brings data to it."""
        graph = self._graph
        entry, function = graph.entries[node], graph.function_of[node]
        if entry.kind is EntryKind.PARAM:
            self._parameter(function, entry.number)
        elif entry.kind in {EntryKind.RESULT, EntryKind.EFFECT}:
            self._call(self._calls.first[function] + entry.number)
        for cell in graph.cells_of(node):
            if cell not in self._wanted_cells:
                self._wanted_cells.add(cell)
                self._mark(self._storing.get(cell, ()))

    def _parameter(self, function: int, number: int) -> None:
        if (function, number) in self._wanted_parameters:
            return
        self._wanted_parameters.add((function, number))
        for call, mode in self._calls.callers.get(function, ()):
            for slot, places in self._calls.binding(call, (function, mode)).items():
                if any(place[0] == number for place in places):
                    self._argument(call, slot)
        for call, _ in self._calls.handed_by.get(function, ()):
            for slot in self._passing.get(call, ()):
                self._argument(call, slot)

    def _argument(self, call: int, slot: str) -> None:
        key = (call, slot)
        if key not in self._wanted_arguments:
            self._wanted_arguments.add(key)
            self._mark(self._arguments.get(key, ()))

    def _call(self, call: int) -> None:
        """What a call returns or leaves behind is wanted."""
        if call in self._wanted_calls:
            return
        self._wanted_calls.add(call)
        for slot in self._passing.get(call, ()):
            self._argument(call, slot)
        handed = (target for _, target in self._calls.callbacks.get(call, ()))
        for function, _ in (*self._calls.callee[call].targets, *handed):
            if function not in self._wanted_functions:
                self._wanted_functions.add(function)
                self._mark(self._returning.get(function, ()))
                self._mark(self._leaving.get(function, ()))
