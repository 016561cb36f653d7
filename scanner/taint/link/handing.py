"""Callbacks: what a library that is handed a function may pass to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint.facts import REACHED
from scanner.taint.link.binding import receivers
from scanner.taint.link.paths import ANY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.taint.facts import FunctionFacts, Path
    from scanner.taint.link.binding import Mode

EVENT = "0:event"
"""The slot of the functions that hear of an event: its name stands there, and what follows the name is passed on to them."""
_IN_LIST = re.compile(r"\[\d+\]|\*")


def fits(slot: str, wanted: Iterable[str], passed: Iterable[str]) -> bool:
    """Whether a function that a call is passed in a slot (`2`, `0:.handler`) is in one of the places that a row names.

    `*` is every position, `-1` the last; functions in a list that is passed there count too.
    """
    outer, _, inside = slot.partition(":")
    positions = [name for name in passed if name.isdigit()]
    for place in wanted:
        head, colon, path = place.partition(":")
        if head.startswith("-"):
            number = int(head) + len(positions)
            head = str(number) if number >= 0 else ""
        if head != outer and not (head == "*" and outer.isdigit()):
            continue
        if not colon and (not inside or all(_IN_LIST.fullmatch(step) for step in inside.split("/"))):
            return True
        if colon:
            steps, known = path.split("/"), inside.split("/")
            known = [step for step in known if not _IN_LIST.fullmatch(step)] if len(known) > len(steps) else known
            if len(known) >= len(steps) and all(step in {ANY, other} for step, other in zip(steps, known, strict=False)):
                return all(_IN_LIST.fullmatch(step) for step in known[len(steps) :])
    return False


def handed(where: str, function: FunctionFacts, mode: Mode, slot: str, path: Path) -> Iterator[tuple[int, Path]]:
    """The parameters of a function in slot `where` of a call that data at a path of another slot may reach, each with the path below it.

    `args` and `kwargs` are what they are called everywhere. Positions behind the callback are passed on in their order, as they are or by their
    elements (`submit(work, a, b)`, `map(work, items)`); what stands before it, or is the receiver, is what it is called for.
    """
    offset = receivers(function, mode)
    if where == EVENT and slot == "self":
        return  # what an emitter holds is not what it tells
    told, where = where == EVENT, where.partition(":")[0]
    if slot == where or (slot == "self" and where not in {"0", "*"} and function.owner and not path):
        return  # an object that a bound method is registered with, under a name, is not what the method is called with
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
        if path and path[0] != REACHED and not told:  # an event's listener is called once, with what it is told as it is
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
