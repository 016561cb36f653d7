"""What the flow graph is made of: compiled flows, sinks and origins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.taint.facts import ExitKind, Flow, Path

if TYPE_CHECKING:
    from scanner.taint.facts import CallSite, FunctionFacts

# What a compiled flow leads to.
SINK: Final = 0
ARGUMENT: Final = 1
RETURN: Final = 2
PARAMETER: Final = 3
CELL: Final = 4


class Leg(NamedTuple):
    """One compiled flow: its end, the end's number (sink, call, parameter or cell) and slot, the path there, the kinds it keeps, the flow itself."""

    end: int
    number: int
    slot: str
    path: Path
    alive: int
    flow: Flow


class Sink(NamedTuple):
    """A place that data must not reach, in a function. `below` and `holder` as in `SinkSite`."""

    function: int
    at: int
    end: int
    kind: str
    name: str
    slot: str
    certain: bool
    below: bool = False
    holder: int = -1


class Origin(NamedTuple):
    """Where untrusted data begins: a node, the place and name of what brings it in, and the kinds for which it is dangerous at all."""

    node: int
    function: int
    at: int
    end: int
    name: str
    trust: str
    alive: int = -1


Reader = tuple["Path", int]


def place(flow: Flow, function: FunctionFacts) -> tuple[int, int]:
    """Where a flow is first seen: its first hop, else what it leads to, else its function."""
    if flow.hops:
        return flow.hops[0].at, flow.hops[0].end
    if flow.exit.kind is ExitKind.ARGUMENT:
        call: CallSite = function.calls[flow.exit.number]
        return call.at, call.end
    if flow.exit.kind is ExitKind.SINK:
        sink = function.sinks[flow.exit.number]
        return sink.at, sink.end
    return function.at, function.at
