"""The heap: attributes of classes, variables of modules and of enclosing functions, each one cell for the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.facts import EntryKind, ExitKind, Path
from scanner.taint.knowledge import SinkRow, SourceRow
from scanner.taint.link.symbols import Kind
from scanner.taint.local.context import first
from scanner.taint.refs import GlobalType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.facts import FunctionFacts
    from scanner.taint.knowledge import Knowledge
    from scanner.taint.link.hierarchy import Hierarchy, Type
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.types import Types
    from scanner.taint.refs import TypeRef


class Spot(NamedTuple):
    """What an attribute or variable is: its cells, each with the path below it, and rows of the models for it."""

    cells: tuple[tuple[int, Path], ...] = ()
    source: SourceRow | None = None
    sinks: tuple[SinkRow, ...] = ()


_NOWHERE = Spot()
FEW_PLACES = 8  # in which instances of a class are made: what one holds may well be what another one does, or there is one only
_ONE_OR_TWO = 2  # places in which the one object of a program is made, or the one of a run and that of its tests
_SHARED = 1  # guesses: all instances of a class share an attribute
_SHARED_BY_MANY = 3  # guesses: so do those that are made all over a program, and most of them never meet


class Heap:
    """Numbers the cells of a program.

    All instances of a class share an attribute, and a class shares it with each ancestor that mentions the same attribute. What an object is known
    to hold because it was passed on needs none of this.
    """

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, knowledge: Knowledge, made: Mapping[int, set[int]]) -> None:
        """`made` are the calls that make instances of classes."""
        self._made = made
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._knowledge = knowledge
        self._cells: dict[tuple[object, ...], int] = {}
        self._spots: dict[tuple[TypeRef, int, str], Spot] = {}
        self._variables: dict[tuple[str, int], Spot] = {}
        self.names: list[str] = []
        self.guesses: list[int] = []
        self.several: list[bool] = []  # whether a cell is an attribute of objects that may well be several
        self._roots: dict[tuple[int, str], int] = {}
        self._share()

    def _share(self) -> None:
        """Find out which classes mention which attributes, and let the topmost such ancestor stand for all."""
        mentions: dict[str, dict[int, None]] = {}
        for number, function in enumerate(self._symbols.functions):
            for name, cls in self._mentioned(number, function):
                mentions.setdefault(name, {})[cls] = None
        for number, described in enumerate(self._symbols.classes):
            for name, _ in described.attribute_types:
                if name in mentions:
                    mentions[name][number] = None
        for name, classes in mentions.items():
            for cls in classes:
                self._join(name, cls, [other for other in self._hierarchy.line(cls) if isinstance(other, int) and other in classes])

    def _mentioned(self, number: int, function: FunctionFacts) -> Iterator[tuple[str, int]]:
        """The attributes of classes of the program that a function reads or stores, or is."""
        file = self._symbols.file_of[number]
        found: dict[tuple[TypeRef, str], None] = {}
        for flow in function.flows:
            if flow.entry.kind is EntryKind.FIELD:
                found[flow.entry.type, flow.entry.name] = None
            if flow.exit.kind is ExitKind.FIELD:
                found[flow.exit.type, flow.exit.name] = None
        for type_, name in found:
            yield from ((name, cls) for cls in self._types.of(type_, number, file) if isinstance(cls, int))
        if function.binding == "property" and (owner := self._symbols.owner(number)) >= 0:
            yield function.qualname.rpartition(".")[2], owner

    def _join(self, name: str, cls: int, others: Iterable[int]) -> None:
        for other in others:
            one, two = self._root(name, cls), self._root(name, other)
            if one != two:
                self._roots[max(one, two), name] = min(one, two)

    def _root(self, name: str, cls: int) -> int:
        while (above := self._roots.get((cls, name), cls)) != cls:
            cls = above
        return cls

    def _cell(self, key: tuple[object, ...], name: str) -> int:
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = len(self.names)
            self.names.append(name)
            made = self._places(key[1]) if key[0] == "field" else 1
            self.guesses.append(0 if key[0] != "field" else _SHARED if made <= FEW_PLACES else _SHARED_BY_MANY)
            self.several.append(not 1 <= made <= _ONE_OR_TWO)
        return found

    def _places(self, cls: object) -> int:
        """In how many places instances of a class are made; 0 where nobody knows."""
        if not isinstance(cls, int):
            return 0
        return len(set().union(*(self._made.get(known, ()) for known in (cls, *self._hierarchy.descendants(cls)))))

    def attribute_cell(self, cls: int, name: str) -> int:
        """The cell of an attribute of a class of the program."""
        root = self._root(name, cls)
        return self._cell(("field", root, name), f"{self._symbols.classes[root].qualname}.{name}")

    def field(self, type_: TypeRef, name: str, function: int) -> Spot:
        """An attribute read or stored through a typed receiver in a function."""
        key = (type_, function, name)
        found = self._spots.get(key)
        if found is None:
            file = self._symbols.file_of[function]
            if isinstance(type_, GlobalType) and self._symbols.resolve(type_.name, file).kind in {Kind.MODULE, Kind.CLASS}:
                found = self.variable(f"{type_.name}.{name}", function)
            else:
                found = self.member(self._types.of(type_, function, file), name)
            self._spots[key] = found
        return found

    def member(self, types: Iterable[Type], name: str) -> Spot:
        """An attribute of a value of one of some types."""
        cells: dict[int, None] = {}
        source, sinks = None, None
        for cls in types:
            names = self._hierarchy.library_names(cls, name)
            row = first(self._knowledge.sources, names)
            source = source or row
            sinks = sinks or first(self._knowledge.sinks, names)
            if isinstance(cls, int):
                cells[self.attribute_cell(cls, name)] = None
                if self._hierarchy.method(cls, "__getattr__") >= 0 and self._hierarchy.method(cls, name) < 0:
                    cells[self.attribute_cell(cls, "__getattr__")] = None
            elif row is None and not cls.startswith("super:"):
                cells[self._cell(("field", cls, name), f"{cls.rpartition('.')[2]}.{name}")] = None
        return Spot(tuple((cell, ()) for cell in cells), source, tuple(sink for sink in sinks or () if "=" in sink.slots))

    def variable(self, name: str, function: int) -> Spot:
        """A dotted name that is a module's variable, or an attribute of one."""
        file = self._symbols.file_of[function]
        found = self._variables.get((name, file))
        if found is None:
            found = self._variables[name, file] = self._variable(name, file)
        return found

    def _variable(self, name: str, file: int) -> Spot:
        symbol = self._symbols.resolve(name, file)
        prefix = tuple(f".{part}" for part in symbol.rest)
        match symbol.kind:
            case Kind.VARIABLE:
                cell = self._cell(("variable", symbol.number, symbol.name), symbol.name)
                if not prefix:
                    return Spot(((cell, ()),))
                held = self.member(self._types.of_symbol(symbol._replace(rest=symbol.rest[:-1])), symbol.rest[-1])
                return held._replace(cells=((cell, prefix), *held.cells))
            case Kind.CLASS if prefix:
                found = self.member((symbol.number,), symbol.rest[0])
                return found._replace(cells=tuple((cell, prefix[1:]) for cell, _ in found.cells), source=found.source if len(prefix) == 1 else None)
            case Kind.LIBRARY:
                source = self._knowledge.sources.get(symbol.name)
                head, _, last = symbol.name.rpartition(".")
                held = self.member(self._types.of_library_name(head), last) if head else _NOWHERE
                return Spot(((self._cell(("library", symbol.name), last), ()),), source or held.source, held.sinks)
            case _:
                return _NOWHERE

    def captured(self, name: str, function: int) -> int:
        """A variable of an enclosing function, named `qualname:variable`."""
        return self._cell(("captured", self._symbols.file_of[function], name), name.rpartition(":")[2])
