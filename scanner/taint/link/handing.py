"""Callbacks: what a library that is handed a function may pass to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.taint.link.binding import Mode
from scanner.taint.link.paths import ANY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.taint.facts import FunctionFacts, Path


def handed(where: str, function: FunctionFacts, mode: Mode, slot: str, path: Path) -> Iterator[tuple[int, Path]]:
    """The parameters of a function in slot `where` of a call that data at a path of another slot may reach, each with the path below it.

    `args` and `kwargs` are what they are called everywhere. Positions behind the callback are passed on in their order, as they are or by their
    elements (`submit(work, a, b)`, `map(work, items)`); what stands before it, or is the receiver, is what it is called for.
    """
    offset = 0 if mode is Mode.PLAIN else 1
    if slot == where:
        return
    if slot in {"args", "kwargs"}:
        yield from _spread(function, offset, path)
        return
    position = offset
    if slot.isdigit() and where.isdigit():
        position += max(int(slot) - int(where) - 1, 0)
    elif not slot.isdigit() and slot in function.params:
        position = function.params.index(slot)
    if position < len(function.params):
        yield position, path
        if path:
            yield position, path[1:]


def _spread(function: FunctionFacts, offset: int, path: Path) -> Iterator[tuple[int, Path]]:
    """What lies in a tuple of positional arguments, or in a dictionary of keywords."""
    key = path[0][1:-1] if path else ANY
    if not path or path[0] == ANY:
        yield from ((number, path[1:]) for number in range(offset, len(function.params)))
    elif key.isdigit():
        if int(key) + offset < len(function.params):
            yield int(key) + offset, path[1:]
    elif key in function.params:
        yield function.params.index(key), path[1:]
