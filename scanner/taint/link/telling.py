"""Telling a way in words: trails become the steps of a witness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.location import Role
from scanner.taint.link.methods import Methods
from scanner.taint.link.trail import How, forward
from scanner.taint.refs import MethodRef
from scanner.taint.witness import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scanner.taint.facts import Hop
    from scanner.taint.link.calls import Calls
    from scanner.taint.link.heap import Heap
    from scanner.taint.link.symbols import Symbols
    from scanner.taint.link.trail import Trail
    from scanner.taint.refs import CalleeRef
    from scanner.taint.witness import SourcePoint

_DEEPEST = 3  # calls within calls that are shown from inside


class Teller:
    """Knows the places and names that steps speak of."""

    def __init__(self, symbols: Symbols, calls: Calls, heap: Heap, common: Collection[str]) -> None:
        self._symbols = symbols
        self._common = common
        self._calls = calls
        self._heap = heap
        self._methods = Methods(symbols, calls)

    def path(self, function: int) -> str:
        """The file that a function stands in."""
        return self._symbols.files[self._symbols.file_of[function]].path

    def name(self, function: int) -> str:
        """What people call a function."""
        qualname = self._symbols.functions[function].qualname
        if qualname.endswith(".__init__"):
            return qualname.removesuffix(".__init__")
        return "the module's top level" if qualname == "<module>" else qualname

    def certain(self, trail: Trail) -> bool:
        """Whether no step rests on a callee's name alone."""
        return all(self._calls.callee[step.call].certain for step in forward(trail) if step.how in {How.DOWN, How.OVER, How.UP} and step.other >= 0)

    def unseen(self, trail: Trail, sources: Iterable[SourcePoint]) -> bool:
        """Whether data goes straight back to who sent it, in an answer that no browser shows, wherever it comes from."""
        return all(step.how is not How.HEAP for step in forward(trail)) and all(
            source.trust.sent and self._methods.unseen(source.path, source.function) for source in sources
        )

    def tested(self, trail: Trail | None, kinds: int, depth: int = 0) -> bool:
        """Whether the data was tested for one of these kinds anywhere on the way."""
        return any(
            step.leg.flow.mask & kinds or (step.how is How.OVER and depth < _DEEPEST and self.tested(step.inner, kinds, depth + 1))
            for step in forward(trail)
        )

    def opaque(self, trail: Trail | None, depth: int = 0) -> int:
        """How many calls the data came through of which nothing is known but that they were given it.

        A method that texts and containers have (`get`, `strip`) does what it does there.
        """
        count = 0
        for step in forward(trail):
            if step.how is not How.OVER:
                continue
            if step.other >= 0:
                count += self.opaque(step.inner, depth + 1) if depth < _DEEPEST else 0
            elif not (callee := self._calls.callee[step.call]).names and callee.built < 0:
                count += _method(self._calls.sites[step.call].callee) not in self._common
        return count

    def steps(self, trail: Trail) -> tuple[list[Step], str]:
        """The steps between a source and the end of its way, both left out, and what there is to say about the end itself."""
        return self._told(trail, 0)

    def _told(self, trail: Trail | None, depth: int) -> tuple[list[Step], str]:
        told: list[Step] = []
        read = ""  # a place in the heap is read where the next step begins
        for step in forward(trail):
            for place in (*self._hops(step.leg.flow.hops, self.path(step.function)), *self._crossed(step, depth)):
                told.append(place._replace(note=f"{read}, {place.note}") if read else place)
                read = ""
            if step.how in {How.HEAP, How.LOOSE}:
                read = f"read from {self._heap.names[step.call]}"
        return told, read

    def _hops(self, hops: tuple[Hop, ...], path: str) -> Iterator[Step]:
        for hop in hops:
            if hop.at >= 0:
                yield Step(path, hop.at, hop.end, Role.STEP, hop.note)

    def _crossed(self, step: Trail, depth: int) -> Iterator[Step]:
        if step.how in {How.HEAP, How.LOOSE, How.END}:
            return
        site = self._calls.sites[step.call]
        path = self.path(self._calls.function_of[step.call])
        name = self.name(step.other) if step.other >= 0 else site.text or "a call"
        if step.how is How.DOWN:
            yield Step(path, site.at, site.end, Role.STEP, f"{self._slot(step.leg.slot)} of {name}")
        elif step.how is How.UP:
            yield Step(path, site.at, site.end, Role.STEP, f"returned by {name}")
        elif step.other < 0:
            yield Step(path, site.at, site.end, Role.STEP, f"passed through {name}")
        else:
            yield Step(path, site.at, site.end, Role.STEP, f"{self._slot(step.leg.slot)} of {name}")
            if depth < _DEEPEST:
                yield from self._told(step.inner, depth + 1)[0]
            yield Step(path, site.at, site.end, Role.STEP, f"returned by {name}")

    def _slot(self, slot: str) -> str:
        if slot == "self":
            return "receiver"
        if slot.isdigit():
            return f"argument {int(slot) + 1}"
        return "spread argument" if slot in {"*", "**"} else f"argument {slot}"


def _method(callee: CalleeRef) -> str:
    return callee.name if isinstance(callee, MethodRef) else ""
