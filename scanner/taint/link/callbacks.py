"""Callbacks that the models know: what a call passes to a function that it is given, and where the function's own result goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.knowledge import CallbackRow
from scanner.taint.link.binding import receivers
from scanner.taint.link.paths import joined, remainder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import FunctionFacts, Path
    from scanner.taint.link.binding import Mode
    from scanner.taint.link.effects import Move

RESULT = "()"
"""The source of a row that passes on what the call itself returns."""
_RETURN = "return"


class Governed(NamedTuple):
    """The rows that speak of one function that one call is handed."""

    rows: tuple[CallbackRow, ...]

    def parameters(self, function: FunctionFacts, mode: Mode, row: CallbackRow) -> Iterator[int]:
        """The parameters that a row speaks of."""
        first = receivers(function, mode)
        if row.param == "*":
            yield from range(first, len(function.params))
        elif row.param.isdigit() and int(row.param) + first < len(function.params):
            yield int(row.param) + first

    def given(self, function: FunctionFacts, mode: Mode) -> Iterator[int]:
        """The parameters that get what the call itself returns."""
        for row in self.rows:
            if row.source == RESULT:
                yield from self.parameters(function, mode, row)

    def places(self, function: FunctionFacts, mode: Mode, slot: str, path: Path, moves: Iterable[Move]) -> Iterator[tuple[int, Path]]:
        """The parameters that data at a path of one of the call's slots reaches, each with the path below it."""
        for row in self.rows:
            for rest in self._arriving(row, slot, path, moves):
                for parameter in self.parameters(function, mode, row):
                    yield parameter, rest

    def _arriving(self, row: CallbackRow, slot: str, path: Path, moves: Iterable[Move]) -> Iterator[Path]:
        if row.source == RESULT:
            for move in moves:
                if move.slot == slot and move.target == _RETURN and (rest := remainder(path, move.path)) is not None:
                    yield joined(move.target_path, rest) if move.keeps else move.target_path
            return
        wanted, _, inside = row.source.partition(":")
        if wanted == slot or (wanted == "*" and slot != "self"):
            rest = remainder(path, tuple(inside.split("/")) if inside else ())
            if rest is not None:
                yield rest

    def results(self) -> tuple[Path, ...]:
        """Where in the call's result the function's own result ends up."""
        found = (row.result.partition(":")[2] for row in self.rows if row.result)
        return tuple(dict.fromkeys(tuple(path.split("/")) if path else () for path in found))
