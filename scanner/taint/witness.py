"""Witnesses: flows that were found, each as places and words from its source to its sink."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scanner.core.finding import Trust
from scanner.core.location import Role
from scanner.taint.facts import MisuseSite

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_STEPS = 40  # of one witness; its middle is left out beyond


class SourcePoint(NamedTuple):
    """Where untrusted data comes in: file, function, byte offsets, the model's name for it, and who controls it.

    `parameter` is set where it comes in as a parameter: the offsets are then the whole function's, and the name tells which part of its head it is.
    `behind` says of a library's function that its package does not hand it on, `called` that a program that is served calls it itself.
    `key` is what the data lies under in the parameter, where the way begins with that.
    """

    path: str
    function: str
    at: int
    end: int
    name: str
    trust: Trust
    parameter: str = ""
    behind: bool = False
    called: bool = False
    key: str = ""


class SinkPoint(NamedTuple):
    """Where it must not arrive: file, function, byte offsets of the call, the sink's kind, the model's name for it, and the slot.

    `below` as in `SinkSite`.
    """

    path: str
    function: str
    at: int
    end: int
    kind: str
    name: str
    slot: str
    below: bool = False


class Step(NamedTuple):
    """One place on the way: file, byte offsets, its part in the trace, and a few words. `parameter` as in `SourcePoint`."""

    path: str
    at: int
    end: int
    role: Role
    note: str
    parameter: str = ""


class TaintFact(NamedTuple):
    """One flow: the rule that it breaks, its ends, and the way between them.

    `related` are further sources that reach the same sink; `certain` is false where the way rests on a name alone, for an unknown type; `doubtful`
    says that it rests on several guesses, or ends where nobody is harmed; `found` that something was looked up by the data on the way, and found;
    `shared` that the data was put into an attribute of one object, and read from one of the same class, of which the program makes several.
    """

    rule_id: str
    source: SourcePoint
    sink: SinkPoint
    steps: tuple[Step, ...]
    related: tuple[SourcePoint, ...] = ()
    certain: bool = True
    doubtful: bool = False
    found: bool = False
    shared: bool = False


class MisuseFact(NamedTuple):
    """One misuse with its file."""

    path: str
    site: MisuseSite
    certain: bool = True


def tidy(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps as a reader wants them: what happens at one place is one step, and of a very long way the two ends are told."""
    kept: list[Step] = []
    for step in steps:
        last = kept[-1] if kept else None
        if last is not None and (last.path, last.at, last.end) == (step.path, step.at, step.end):
            note = last.note if step.note in last.note else f"{last.note}, {step.note}" if last.note else step.note
            role = step.role if step.role is Role.SINK else last.role
            kept[-1] = last._replace(note=note, role=role)
        else:
            kept.append(step)
    # The source and the sink of a one-line flow share a place, but a trace shows both.
    if len(kept) <= MOST_STEPS:
        return tuple(kept)
    half = MOST_STEPS // 2
    left_out = len(kept) - 2 * half
    bridge = kept[half - 1]
    return (*kept[: half - 1], bridge._replace(note=f"{bridge.note} ({left_out} steps left out)"), *kept[-half:])
