"""The flow graph of the program: every function's entries as numbered nodes, their flows as plain tuples, and indexes from exits to entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.facts import MADE, REACHED, RETURNED, STATEMENT, Entry, EntryKind, ExitKind, Flow
from scanner.taint.kinds import ANSWER, KEY, MARKUP, NO_PROTO, SLOW_MATCH, TEXT, is_field
from scanner.taint.link.arrivals import Arrivals
from scanner.taint.link.conversions import Conversions
from scanner.taint.link.effects import effects, field_name
from scanner.taint.link.forms import Cleaners
from scanner.taint.link.legs import ARGUMENT, CELL, PARAMETER, RETURN, SINK, Leg, Origin, Reader, Sink, place
from scanner.taint.link.promises import Promises
from scanner.taint.link.records import Records
from scanner.taint.link.sites import pattern_place
from scanner.taint.link.symbols import Kind
from scanner.taint.link.validated import Validated
from scanner.taint.refs import AttrType, GlobalType, NameRef, ParamType, ResultType, holder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from scanner.taint.facts import FunctionFacts, Path
    from scanner.taint.knowledge import Knowledge, SourceRow
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.effects import Effects
    from scanner.taint.link.heap import Heap, Spot
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types
    from scanner.taint.local.context import Library

_PLACES: Final = frozenset({EntryKind.PARAM, EntryKind.FIELD, EntryKind.GLOBAL, EntryKind.CAPTURED})  # what can be changed in place
_UNCALLED: Final = frozenset({"__getitem__", "__getattr__"})  # methods that are called without a call
_ENDS: Final = {ExitKind.RETURN: RETURN, ExitKind.PARAM: PARAMETER}


class Graph:
    """Nodes and flows. Only kinds in `relevant` are followed: flows that are safe for all of them are left out."""

    def __init__(  # noqa: PLR0913, PLR0917 -- everything that is known by now
        self,
        symbols: Symbols,
        hierarchy: Hierarchy,
        types: Types,
        calls: Calls,
        heap: Heap,
        knowledge: Knowledge,
        library: Library,
        relevant: int,
        answers: Mapping[int, str],
        injected: AbstractSet[int],
    ) -> None:
        """`answers` are the functions whose returned text ends in a sink of its own, with the sink's kind.

        `injected` are those whose outcome a framework gives to others.
        """
        self._answers = answers
        self._injected = injected
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._calls = calls
        self._heap = heap
        self._knowledge = knowledge
        self._library = library
        self._relevant = relevant
        self._arrivals = Arrivals(symbols, hierarchy, types, knowledge)
        self._key, self._untested = knowledge.kind_bits.get(KEY, 0), knowledge.kind_bits.get(NO_PROTO, 0)
        self.text = knowledge.kind_bits.get(TEXT, 0)
        self.function_of: list[int] = []
        self.entries: list[Entry] = []
        self.legs: list[tuple[Leg, ...]] = []
        self.parameters: dict[tuple[int, int], list[Reader]] = {}
        self.results: dict[int, list[Reader]] = {}
        self.leftovers: dict[tuple[int, str], list[Reader]] = {}
        self.readers: dict[int, list[Reader]] = {}
        self._cells: dict[int, list[int]] = {}
        self._subscripted = any("__getitem__" in hierarchy.own_methods(cls) for cls in range(len(symbols.classes)))
        self.awaited: set[int] = set()  # calls whose result, or what they leave in an argument, somebody reads
        self.origins: list[Origin] = []
        self.sinks: list[Sink] = []
        self._sink_numbers: dict[Sink, int] = {}
        self._effects: dict[int, Effects] = {}
        self._validated = Validated(symbols, hierarchy, types, Conversions(hierarchy, types, enumerations=True), knowledge.kind_bits)
        self._records = Records(symbols, calls, knowledge, library)
        self._promises = Promises(symbols, hierarchy, calls, knowledge, self._records)
        self._cleaners = Cleaners(symbols, self._promises)
        for number, function in enumerate(symbols.functions):
            if function.flows:
                self._add(number, function)
        if knowledge.callbacks:
            self._passed_sources()

    def _passed_sources(self) -> None:
        """What a source gives to a function instead of returning it."""
        for call, handed in self._calls.callbacks.items():
            row = self.effects(call).source
            if row is None:
                continue
            site = self._calls.sites[call]
            for _, target in handed:
                governed = self._calls.governed(call, target)
                function = self._symbols.functions[target[0]]
                for parameter in governed.given(function, target[1]) if governed is not None else ():
                    for _, node in self.parameters.get((target[0], parameter), ()):
                        self.origins.append(Origin(node, self._calls.function_of[call], site.at, site.end, row.name, row.trust))

    def effects(self, call: int) -> Effects:
        """What the models say of a call."""
        found = self._effects.get(call)
        if found is None:
            found = self._effects[call] = effects(self._calls.sites[call], self._calls.callee[call], self._knowledge, self._library)
        return found

    def is_made(self, number: int, flow: Flow) -> bool:
        """Whether what a flow of a function brings somewhere was made from what it read, and is not that thing itself, as far as that shows."""
        leave = flow.exit
        if leave.kind is ExitKind.RETURN:
            return self._symbols.functions[number].made
        if leave.kind is ExitKind.ARGUMENT:
            return f"{leave.name}:{MADE}" in self._calls.sites[self._calls.first[number] + leave.number].parts
        return leave.kind is not ExitKind.SINK or self._symbols.functions[number].sinks[leave.number].made

    def puts_in(self, call: int, slot: str) -> bool:
        """Whether a library's function puts what it is given in a slot into something (`list.push(x)`)."""
        moves = [move for move in self.effects(call).moves if move.slot == slot]
        return bool(moves) and all(move.target_path for move in moves)

    def cells_of(self, node: int) -> Sequence[int]:
        """The cells that a node reads."""
        return self._cells.get(node, ())

    def shared(self, cell: int) -> int:
        """How much of a guess it is that a reader of a cell sees what was stored there: all instances of a class share an attribute."""
        return self._heap.guesses[cell]

    def several(self, cell: int) -> bool:
        """Whether a cell is an attribute of a class of which a program may well have several instances."""
        return self._heap.several[cell]

    # -- nodes -------------------------------------------------------------------------------------------------------

    def _add(self, number: int, function: FunctionFacts) -> None:
        gathered: dict[Entry, list[Leg]] = {}
        for flow in function.flows:
            alive = self._relevant & ~flow.mask
            if flow.pending and alive:
                for pending in flow.pending:
                    alive &= ~self._promises.proven(number, pending, flow.entry)
            if self._records.known and flow.entry.kind is EntryKind.RESULT and flow.entry.path:
                alive &= ~self._records.safe(self._calls.first[number] + flow.entry.number, flow.entry.path)
            if not alive & self._key:
                alive &= ~self._untested  # a key that is safe needs no test
            if alive:
                legs = gathered.setdefault(flow.entry, [])
                legs.extend(self._legs(number, function, flow, alive))
            if flow.exit.kind is ExitKind.ARGUMENT and not flow.exit.path and flow.entry.kind in _PLACES:
                left = Entry(EntryKind.EFFECT, flow.exit.number, flow.exit.name)
                gathered.setdefault(left, []).extend(self._left_behind(number, function, flow))
        for entry, legs in gathered.items():
            safe = self._validated.safe(number, function, entry)
            harmful = [leg._replace(alive=leg.alive & ~safe) for leg in legs if leg.alive & ~safe] if safe else legs
            if harmful:
                self._node(number, function, entry, tuple(harmful))

    def _node(self, number: int, function: FunctionFacts, entry: Entry, legs: tuple[Leg, ...]) -> None:
        node = len(self.entries)
        self.function_of.append(number)
        self.entries.append(entry)
        self.legs.append(legs)
        reader = (entry.path, node)
        match entry.kind:
            case EntryKind.PARAM:
                self.parameters.setdefault((number, entry.number), []).append(reader)
                given = self._types.given.get((number, entry.number))
                if given and entry.path:
                    self._source_below(node, given, entry.path)
            case EntryKind.RESULT:
                self._result(node, number, entry)
            case EntryKind.EFFECT:
                call = self._calls.first[number] + entry.number
                self.leftovers.setdefault((call, entry.name), []).append(reader)
                self.awaited.add(call)
            case EntryKind.SOURCE:
                site = function.sources[entry.number]
                alive = self._cleaners.alive(site.name, entry.path, function)
                self.origins.append(Origin(node, number, site.at, site.end, site.name, site.trust, alive))
            case _:
                self._place(node, number, entry)
        if entry.path and self._subscripted and not entry.path[0].startswith((".", "~")):
            self._subscript(node, number, entry)

    def _place(self, node: int, number: int, entry: Entry) -> None:
        """A node that reads the heap."""
        if entry.kind is EntryKind.FIELD:
            spot = self._heap.field(entry.type, entry.name, number)
            self._read(node, spot._replace(cells=()) if self._made_here(entry, number) else spot, entry.path)
            if entry.path:
                file = self._symbols.file_of[number]
                held = [found for cls in self._types.of(entry.type, number, file) for found in self._types.attribute(cls, entry.name)]
                self._source_below(node, tuple(held), entry.path)
        elif entry.kind is EntryKind.GLOBAL:
            self._read(node, self._heap.variable(entry.name, number), entry.path)
        else:
            self._reads(node, self._heap.captured(entry.name, number), entry.path)

    def _made_here(self, entry: Entry, number: int) -> bool:
        """Whether a field of a data class is read of an object that was made in this very function: its own labels then say what it holds."""
        if not isinstance(entry.type, ResultType) or not isinstance(entry.type.callee, NameRef):
            return False
        symbol = self._symbols.resolve(entry.type.callee.name, self._symbols.file_of[number])
        if symbol.kind is not Kind.CLASS or symbol.rest or entry.name not in self._types.fields(symbol.number):
            return False
        return all(self._hierarchy.method(symbol.number, name) < 0 for name in ("__init__", "__post_init__", entry.name))

    def _reads(self, node: int, cell: int, path: Path) -> None:
        self.readers.setdefault(cell, []).append((path, node))
        self._cells.setdefault(node, []).append(cell)

    def _subscript(self, node: int, number: int, entry: Entry) -> None:
        """An element of an object whose class says itself what its elements are."""
        file = self._symbols.file_of[number]
        match entry.kind:
            case EntryKind.PARAM:
                types = self._types.of(ParamType(entry.number), number, file)
            case EntryKind.RESULT:
                types = self._types.of(ResultType(self._symbols.functions[number].calls[entry.number].callee), number, file)
            case EntryKind.FIELD:
                types = self._types.of(AttrType(entry.type, entry.name), number, file)
            case EntryKind.GLOBAL:
                types = self._types.of(GlobalType(entry.name), number, file)
            case _:
                types = ()
        for cls in types:
            method = self._hierarchy.method(cls, "__getitem__")
            if method >= 0:
                self._reads(node, self._heap.attribute_cell(self._symbols.owner(method), "__getitem__"), entry.path[1:])

    def _result(self, node: int, number: int, entry: Entry) -> None:
        call = self._calls.first[number] + entry.number
        self.results.setdefault(call, []).append((entry.path, node))
        self.awaited.add(call)
        row = self.effects(call).source
        site = self._calls.sites[call]
        if row is not None:
            self.origins.append(Origin(node, number, site.at, site.end, row.name, row.trust))

    def _read(self, node: int, spot: Spot, path: Path) -> None:
        for cell, prefix in spot.cells:
            self._reads(node, cell, (*prefix, *path))
        if spot.source is not None:
            self._origin(node, spot.source, path)

    def _source_below(self, node: int, types: tuple[Type, ...], path: Path) -> None:
        """A source that lies below a typed value: `request` is a request, so `request["body"]` may be one."""
        for position, component in enumerate(path if REACHED not in path else ()):
            member = component[1:] if component.startswith(".") else "__getitem__()"
            rows = [self._knowledge.sources.get(name) for type_ in types for name in self._hierarchy.library_names(type_, member)]
            row = next((row for row in rows if row is not None), None)
            if row is not None:
                self._origin(node, row, path[position + 1 :])
                return
            if not component.startswith("."):
                return
            types = tuple(found for type_ in types for found in self._types.attribute(type_, member))

    def _origin(self, node: int, row: SourceRow, path: Path) -> None:
        """A source that only the linker knows: its place is that of the first thing that happens to it; `path` is the part of it that is read."""
        number = self.function_of[node]
        flow = self.legs[node][0].flow
        facts = self._symbols.functions[number]
        at, end = place(flow, facts)
        self.origins.append(
            Origin(node, number, at, end, row.name, row.trust, ~self._harmless(row.name) & self._cleaners.alive(row.name, path, facts))
        )

    def _harmless(self, name: str) -> int:
        """The kinds for which an attribute that is a source never is dangerous: a path parameter is text and no object."""
        mask = 0
        for row in self._knowledge.sanitizers.get(name, ()):
            if not row.kinds:
                return -1
            for kind in row.kinds:
                mask |= self._knowledge.kind_bits.get(kind, 0)
        return mask

    # -- legs --------------------------------------------------------------------------------------------------------

    def _legs(self, number: int, function: FunctionFacts, flow: Flow, alive: int) -> Iterator[Leg]:
        leave = flow.exit
        match leave.kind:
            case ExitKind.SINK:
                yield from self._known_sink(number, function, flow, alive)
            case ExitKind.ARGUMENT:
                yield from self._argument(number, flow, alive)
            case ExitKind.RETURN | ExitKind.PARAM:
                yield Leg(_ENDS[leave.kind], leave.number, "", leave.path, alive, flow)
                yield from self._given(number, function, flow, alive) if self._injected else ()
                if len(leave.path) > 1:
                    yield from self._kept(number, flow, alive)
                name = function.qualname.rpartition(".")[2]
                if (
                    leave.kind is ExitKind.RETURN
                    and (function.binding == "property" or name in _UNCALLED)
                    and (owner := self._symbols.owner(number)) >= 0
                ):
                    yield Leg(CELL, self._heap.attribute_cell(owner, name), "", leave.path, alive, flow)
            case ExitKind.FIELD:
                yield from self._assigned(number, self._heap.field(leave.type, leave.name, number), flow, alive)
            case ExitKind.GLOBAL:
                yield from self._assigned(number, self._heap.variable(leave.name, number), flow, alive)
            case ExitKind.CAPTURED:
                yield Leg(CELL, self._heap.captured(leave.name, number), "", leave.path, alive, flow)
            case ExitKind.RAISE:
                return

    def _given(self, number: int, function: FunctionFacts, flow: Flow, alive: int) -> Iterator[Leg]:
        """What a generator yields whose outcome a framework gives to others: not the generator is given."""
        if function.generator and number in self._injected and flow.exit.kind is ExitKind.RETURN:
            yield Leg(RETURN, flow.exit.number, "", flow.exit.path[1:], alive, flow)

    def _kept(self, number: int, flow: Flow, alive: int) -> Iterator[Leg]:
        """What is put into a container that an object holds (`self.lines.append(line)`) is kept in the object's attribute."""
        leave = flow.exit
        if leave.kind is ExitKind.PARAM and leave.path[0].startswith("."):
            for cls in self._types.of(ParamType(leave.number), number, self._symbols.file_of[number]):
                if isinstance(cls, int):
                    yield Leg(CELL, self._heap.attribute_cell(cls, leave.path[0][1:]), "", leave.path[1:], alive, flow)

    def _left_behind(self, number: int, function: FunctionFacts, flow: Flow) -> Iterator[Leg]:
        """What a call leaves in an argument is found where the argument came from: `self.lines.append(line)` fills the attribute."""
        entry, leave = flow.entry, flow.exit
        call = self._calls.first[number] + leave.number
        if f"{leave.name}:{MADE}" in self._calls.sites[call].parts:
            return  # a file that was opened by a path is not the path
        if not self._calls.callee[call].targets and not any(move.target == leave.name for move in self.effects(call).moves):
            return
        back = Flow(Entry(EntryKind.EFFECT, leave.number, leave.name), leave, 0, (), ())
        if entry.kind is EntryKind.PARAM:
            if entry.number or entry.path or not function.owner:
                yield Leg(PARAMETER, entry.number, "", entry.path, self._relevant, back)
        elif entry.kind is EntryKind.FIELD:
            spot = self._heap.field(entry.type, entry.name, number)
            yield from (Leg(CELL, cell, "", (*prefix, *entry.path), self._relevant, back) for cell, prefix in spot.cells)
        elif entry.kind is EntryKind.GLOBAL:
            spot = self._heap.variable(entry.name, number)
            yield from (Leg(CELL, cell, "", (*prefix, *entry.path), self._relevant, back) for cell, prefix in spot.cells)
        else:
            yield Leg(CELL, self._heap.captured(entry.name, number), "", entry.path, self._relevant, back)

    def _known_sink(self, number: int, function: FunctionFacts, flow: Flow, alive: int) -> Iterator[Leg]:
        site = function.sinks[flow.exit.number]
        if site.kind == RETURNED:
            site = site._replace(kind=self._answers.get(number, ""), name=ANSWER)
            told = self._sink(Sink(number, site.at, site.end, "error-info", site.name, site.slot, site.certain)) if site.kind else -1
            if told >= 0:
                yield Leg(SINK, told, "", (), alive, flow)
        sink = self._sink(Sink(number, site.at, site.end, site.kind, site.name, site.slot, site.certain, site.below, site.holder))
        if sink >= 0:
            yield Leg(SINK, sink, "", (), alive, flow)

    def _argument(self, number: int, flow: Flow, alive: int) -> Iterator[Leg]:
        leave = flow.exit
        call = self._calls.first[number] + leave.number
        known = self.effects(call)
        site = self._calls.sites[call]
        callee = self._calls.callee[call]
        for slot, row, path in known.sinks:
            if self._arrivals.harms(number, flow, site, slot, row, path):
                certain = (callee.certain and row not in callee.sinks) or (row.kind == "sql" and f"{slot}:{STATEMENT}" in site.parts)
                at, end = pattern_place(site) if row.kind == SLOW_MATCH else (site.at, site.end)
                sink = self._sink(Sink(number, at, end, row.kind, row.name, slot, certain, holder=holder(site.callee)))
                if sink >= 0:
                    yield Leg(SINK, sink, "", path[len(leave.path) :], alive, flow)
        if callee.built >= 0 and (name := field_name(leave.name, callee.fields)):
            yield Leg(CELL, self._heap.attribute_cell(callee.built, name), "", leave.path, alive, flow)
        if callee.targets or known.moves or call in self._calls.callbacks:
            yield Leg(ARGUMENT, call, leave.name, leave.path, alive, flow)

    def _assigned(self, number: int, spot: Spot, flow: Flow, alive: int) -> Iterator[Leg]:
        path = flow.exit.path
        for row in spot.sinks:
            if path and row.kind == MARKUP and is_field(row.name, path[0]):
                continue  # a part of an object, which is sent as JSON
            at, end = (flow.hops[-1].at, flow.hops[-1].end) if flow.hops else place(flow, self._symbols.functions[number])
            sink = self._sink(Sink(number, at, end, row.kind, row.name, "=", certain=True))
            if sink >= 0:
                yield Leg(SINK, sink, "", (), alive, flow)
        for cell, prefix in spot.cells:
            yield Leg(CELL, cell, "", (*prefix, *flow.exit.path), alive, flow)

    def _sink(self, sink: Sink) -> int:
        """The number of a sink, -1 for one that no rule asks for."""
        if not self._relevant & self._knowledge.kind_bits.get(sink.kind, 0):
            return -1
        found = self._sink_numbers.get(sink)
        if found is None:
            found = self._sink_numbers[sink] = len(self.sinks)
            self.sinks.append(sink)
        return found
