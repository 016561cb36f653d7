"""Functions that a program has called later, by the workers of a queue: `report.delay(name)` calls `report(name)`, and gets nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.binding import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scanner.taint.facts import FunctionFacts
    from scanner.taint.knowledge import EntryRow
    from scanner.taint.refs import CalleeRef


class Queues:
    """Knows by their decorators which functions are tasks, and which of their attributes queue them."""

    def __init__(self, entries: Iterable[EntryRow], functions: list[FunctionFacts], names: Callable[[CalleeRef, int], tuple[str, ...]]) -> None:
        """`names` are those of library functions that a reference in a function stands for."""
        self._rows = {row.name: (frozenset(row.queued), frozenset(row.applied)) for row in entries if row.queued or row.applied}
        self.attributes = frozenset(name for both in self._rows.values() for names in both for name in names)
        self._functions = functions
        self._names = names
        self._tasks: dict[int, tuple[frozenset[str], frozenset[str]] | None] = {}
        self._otherwise: set[int] = set()

    def mode(self, function: int, attribute: str) -> Mode | None:
        """How a call of a function's attribute calls the function; None where it does not, or nobody can follow how."""
        task = self._task(function)
        if task is None:
            return None
        queued, applied = task
        if attribute in queued:
            return Mode.QUEUED_BOUND if self.takes_itself(function) else Mode.QUEUED
        if attribute in applied:
            return Mode.APPLIED_BOUND if self.takes_itself(function) else Mode.APPLIED
        self._otherwise.add(function)
        return None

    def takes_itself(self, function: int) -> bool:
        """Whether a task's first parameter is the task, which the library passes."""
        return self._task(function) is not None and any(("bind", True) in constants for _, constants in self._functions[function].decorators)

    def followed(self, function: int) -> bool:
        """Whether a function is a task of which every call that was asked for is one that data is followed through."""
        return self._task(function) is not None and function not in self._otherwise

    def _task(self, function: int) -> tuple[frozenset[str], frozenset[str]] | None:
        if not self._rows or not self._functions[function].decorators:
            return None
        if function not in self._tasks:
            self._tasks[function] = None  # a decorator that stands for the function itself says nothing
            named = (name for ref, _ in self._functions[function].decorators for name in self._names(ref, function))
            self._tasks[function] = next((self._rows[name] for name in named if name in self._rows), None)
        return self._tasks[function]
