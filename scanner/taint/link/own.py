"""Sinks that the models know by name and that the program defines itself: a library under its own eyes.

What such a function does with what callers give it is seen where it is written. To tell it of every function of the library that calls it as well
would tell one thing hundreds of times (an algebra system makes an expression of each of its arguments, by `eval` in the end).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.taint.link.symbols import Kind
from scanner.taint.local.language import LANGUAGES, PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint.link.calls import Calls
    from scanner.taint.link.hierarchy import Hierarchy
    from scanner.taint.link.legs import Sink
    from scanner.taint.link.symbols import Symbol, Symbols

_MOST_FUNCTIONS: Final = 500  # that are looked at for one name


class OwnSinks:
    """Tells which sinks the program defines itself, and where."""

    def __init__(self, symbols: Symbols, hierarchy: Hierarchy, calls: Calls, language: str) -> None:
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._calls = calls
        self._standard = LANGUAGES.get(language, PYTHON).standard_modules
        self._known: dict[Symbol, frozenset[int]] = {}

    def __contains__(self, sink: Sink) -> bool:
        """Whether the program defines what goes by the sink's name."""
        return self._defined(sink) is not None

    def inside(self, sink: Sink) -> frozenset[int]:
        """The functions that run when such a sink is called; none for a sink that is somebody else's."""
        symbol = self._defined(sink)
        if symbol is None:
            return frozenset()
        found = self._known.get(symbol)
        if found is None:
            found = self._known[symbol] = frozenset(self._within(symbol))
        return found

    def _defined(self, sink: Sink) -> Symbol | None:
        """What the program defines under a sink's name. A file named like a module of the standard library is not what that name means."""
        if sink.name.partition(".")[0] in self._standard:
            return None
        symbol = self._symbols.resolve(sink.name, self._symbols.file_of[sink.function])
        return None if symbol.kind in {Kind.LIBRARY, Kind.VARIABLE} else symbol

    def _within(self, symbol: Symbol) -> Iterator[int]:
        """The functions that surely are meant to run when it is called, nearest first."""
        waiting = dict.fromkeys(self._functions(symbol))
        seen = set(waiting)
        while waiting and len(seen) <= _MOST_FUNCTIONS:
            yield from waiting
            reached = [target for function in waiting for callee in self._calls.callees(function) if callee.certain for target, _ in callee.targets]
            waiting = dict.fromkeys(target for target in reached if target not in seen)
            seen.update(waiting)

    def _functions(self, symbol: Symbol) -> Iterator[int]:
        match symbol.kind:
            case Kind.FUNCTION:
                yield symbol.number
            case Kind.CLASS:
                method = self._hierarchy.method(symbol.number, symbol.rest[0] if symbol.rest else "__init__")
                if method >= 0:
                    yield method
            case _:  # a module that hides the function of its own name
                function = self._symbols.function_numbers[symbol.number].get(self._symbols.files[symbol.number].module.rpartition(".")[2])
                if function is not None:
                    yield function
