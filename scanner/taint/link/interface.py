"""What modules that say apart what they offer give to others: through re-exports, in objects and classes, and by what their functions return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.symbols import Kind
from scanner.taint.refs import ClosureRef

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scanner.taint.facts import Reach
    from scanner.taint.link.callees import Callees
    from scanner.taint.link.hierarchy import Hierarchy
    from scanner.taint.link.symbols import Symbol, Symbols
    from scanner.taint.link.types import Types


class Interface:
    """Finds the functions that other programs can call."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, callees: Callees) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._callees = callees

    def of(self, reaches: Collection[Reach]) -> frozenset[int]:
        """The functions that the modules so reached offer."""
        return _Offered(self._symbols, self._hierarchy, self._types, self._callees).of(reaches)


class _Offered:
    """One look at it: what is found grows while it is walked."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, types: Types, callees: Callees) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._types = types
        self._callees = callees
        self._modules: dict[int, None] = {}
        self._classes: dict[int, None] = {}
        self._functions: dict[int, None] = {}

    def of(self, reaches: Collection[Reach]) -> frozenset[int]:
        self._modules = {number: None for number, file in enumerate(self._symbols.files) if file.public and file.reach in reaches}
        for file in _growing(self._modules):
            for module in self._symbols.handed_on(file):
                self._modules[module] = None
            for name, _ in self._symbols.files[file].exports:
                self._name(file, name)
        for number in _growing(self._functions):
            self._returned(number)
        return frozenset(self._functions)

    def _name(self, file: int, name: str) -> None:
        module = self._symbols.offered_module(file, name)
        if module >= 0:
            self._modules[module] = None
        symbol = self._symbols.offered(file, name)
        self._symbol(symbol)
        if symbol.kind is Kind.VARIABLE:
            for inner in self._symbols.members(symbol):
                self._symbol(inner)
            for type_ in self._types.of_symbol(symbol):
                if isinstance(type_, int):
                    self._class(type_)

    def _symbol(self, symbol: Symbol) -> None:
        match symbol.kind:
            case Kind.FUNCTION if not symbol.rest:
                self._functions[symbol.number] = None
            case Kind.CLASS if not symbol.rest:
                self._class(symbol.number)
            case Kind.MODULE if not symbol.rest:
                self._modules[symbol.number] = None
            case _:
                pass

    def _class(self, cls: int) -> None:
        for known in self._hierarchy.line(cls):
            if isinstance(known, int) and known not in self._classes:
                self._classes[known] = None
                for name, method in self._hierarchy.own_methods(known).items():
                    if not name.startswith(("_", "#")) or name == "__init__":
                        self._functions[method] = None

    def _returned(self, number: int) -> None:
        """The functions that one returns, by themselves, in an object, or as the methods of what it makes."""
        function = self._symbols.functions[number]
        for ref in (*function.returned_functions, *(held for _, held in function.members)):
            for target, _ in self._callees.of(ref, number).targets if isinstance(ref, ClosureRef) else ():
                self._functions[target] = None
        for returned in function.returns:
            for type_ in self._types.of(returned, number, self._symbols.file_of[number]):
                if isinstance(type_, int):
                    self._class(type_)


def _growing(found: dict[int, None]) -> Iterator[int]:
    """Walk over what grows meanwhile."""
    walked: list[int] = []
    known: set[int] = set()
    while len(known) < len(found):
        walked = [number for number in found if number not in known]
        known.update(walked)
        yield from walked
