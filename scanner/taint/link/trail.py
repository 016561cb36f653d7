"""The way that data took, as a linked list that ways with a common beginning share."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from scanner.taint.link.legs import Leg

if TYPE_CHECKING:
    from collections.abc import Iterator


class How(IntEnum):
    """How one step of a way was made."""

    DOWN = 0  # into a called function, as an argument
    OVER = 1  # through a call and back
    UP = 2  # back to a caller
    HEAP = 3  # stored, and read elsewhere
    END = 4  # into a sink, or out of a summary
    LOOSE = 5  # stored under a key that nobody knows, and read elsewhere under any key or a certain one


class Trail(NamedTuple):
    """The last step: the flow it took within `function`, and the call or cell that it crossed.

    `other` is the function on the other side (-1 for a library's), `inner` the way through it where it came back.
    """

    before: Trail | None
    how: How
    function: int
    leg: Leg
    call: int = -1
    other: int = -1
    inner: Trail | None = None


def forward(trail: Trail | None) -> list[Trail]:
    """The steps of a way from its beginning."""
    found = list(_backward(trail))
    found.reverse()
    return found


def _backward(trail: Trail | None) -> Iterator[Trail]:
    while trail is not None:
        yield trail
        trail = trail.before
