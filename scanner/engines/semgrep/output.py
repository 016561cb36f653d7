"""What semgrep-core prints, parsed once and defensively: `core_output` of Semgrep's interface (semgrep_output_v1), the part that we use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from scanner.core.location import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

_MAX_CALLS: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file: the path as it was given to the engine, and byte offsets from 0, the end exclusive."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One place a value passes on its way, and the code there."""

    place: Place
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Match:
    """One match; `steps` is empty without a dataflow trace."""

    rule_id: str
    place: Place
    message: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """One error the engine reports: its type in Semgrep's words, and what it is about where it says so; `lines` are not understood."""

    kind: str
    message: str
    rule_id: str = ""
    path: str = ""
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """Everything one run says. `malformed` counts entries that are not what the interface promises."""

    version: str
    matches: tuple[Match, ...]
    complaints: tuple[Complaint, ...]
    scanned: frozenset[str]
    malformed: int = 0


class _MalformedError(Exception):
    """A value is not what the interface promises; never leaves this module."""


def parse_output(data: bytes) -> Output | str:
    """The output of a run, or what it did instead of printing one. Before the JSON stand dots, one for each file that is done."""
    start = data.find(b"{")
    if start < 0:
        return "printed no JSON"
    try:
        # Paths may hold bytes that are not UTF-8; they come back as they were given.
        document = json.loads(data[start:].decode("utf-8", "surrogateescape"))
    except ValueError as error:
        return f"printed broken JSON: {error}"
    except RecursionError:
        return "printed broken JSON: it is nested too deeply"
    try:
        return _output(document)
    except _MalformedError as error:
        return f"printed JSON in a shape we do not know: {error}"


def _output(document: object) -> Output:
    top = _mapping(document, "the whole")
    matches, bad_matches = _each(_list(top.get("results"), "results"), _match)
    complaints, bad_complaints = _each(_list(top.get("errors"), "errors"), _complaint)
    rejected, bad_rejected = _each(_list(top.get("skipped_rules", []), "skipped_rules"), _rejected)
    unsettled, bad_unsettled = _each(_unsettled(top.get("time")), _complaint)
    scanned = [item for item in _list(_mapping(top.get("paths"), "paths").get("scanned"), "paths.scanned") if isinstance(item, str)]
    told = {complaint.rule_id for complaint in complaints}
    return Output(
        version=_text(top.get("version"), "version"),
        matches=tuple(matches),
        complaints=(*complaints, *unsettled, *(item for item in rejected if item.rule_id not in told)),
        scanned=frozenset(scanned),
        malformed=bad_matches + bad_complaints + bad_rejected + bad_unsettled,
    )


def _each(items: Iterable[object], parse: Callable[[object], T]) -> tuple[list[T], int]:
    """The entries that could be parsed, and how many could not."""
    parsed: list[T] = []
    bad = 0
    for item in items:
        try:
            parsed.append(parse(item))
        except _MalformedError:
            bad += 1
    return parsed, bad


def _match(item: object) -> Match:
    entry = _mapping(item, "a result")
    extra = _mapping(entry.get("extra"), "extra")
    path = _text(entry.get("path"), "path")
    return Match(
        rule_id=_text(entry.get("check_id"), "check_id"),
        place=_place(path, entry),
        message=_text(extra.get("message", ""), "message"),
        steps=tuple(_steps(extra["dataflow_trace"])) if extra.get("dataflow_trace") is not None else (),
    )


def _steps(value: object) -> Iterator[Step]:
    """A dataflow trace in reading order: a source comes out of the calls around it, a sink lies inside the calls that lead to it."""
    trace = _mapping(value, "dataflow_trace")
    if trace.get("taint_source"):
        source, calls = _calls(trace["taint_source"], Role.SOURCE)
        yield source
        for call, variables in reversed(calls):
            yield from (*variables, call)
    yield from _variables(trace.get("intermediate_vars") or [])
    if trace.get("taint_sink"):
        sink, calls = _calls(trace["taint_sink"], Role.SINK)
        for call, variables in calls:
            yield from (call, *variables)
        yield sink


def _calls(value: object, role: Role) -> tuple[Step, list[tuple[Step, list[Step]]]]:
    """A source or a sink, and the calls around it from the outside in, each with the variables on the way."""
    calls: list[tuple[Step, list[Step]]] = []
    for _ in range(_MAX_CALLS):
        tag, content = _pair(value, "a call trace")
        if tag != "CliCall":
            return _located(content, role), calls
        parts = _list(content, "CliCall")
        if len(parts) != 3:  # noqa: PLR2004 (the call, the variables on the way, what the call leads to)
            msg = "CliCall has three parts"
            raise _MalformedError(msg)
        calls.append((_located(parts[0], Role.STEP), _variables(parts[1])))
        value = parts[2]
    msg = "a call trace that does not end"
    raise _MalformedError(msg)


def _located(value: object, role: Role) -> Step:
    location, content = _pair(value, "a location with its code")
    return Step(_location(location), role, _text(content, "content"))


def _variables(value: object) -> list[Step]:
    entries = [_mapping(item, "a variable") for item in _list(value, "variables")]
    return [Step(_location(entry.get("location")), Role.STEP, _text(entry.get("content", ""), "content")) for entry in entries]


def _complaint(item: object) -> Complaint:
    entry = _mapping(item, "an error")
    kind = entry.get("error_type")
    location = entry.get("location")
    details: object = None
    if isinstance(kind, list) and kind:
        kind, details = kind[0], kind[1] if len(kind) > 1 else None
    return Complaint(
        kind=_text(kind, "error_type"),
        message=_text(entry.get("message", ""), "message"),
        rule_id=_text(entry.get("rule_id") or "", "rule_id"),
        path=_text(location.get("path", ""), "path") if isinstance(location, dict) else "",
        lines=tuple(_lines(details)) if kind == "PartialParsing" else (),
    )


def _lines(locations: object) -> Iterator[tuple[int, int]]:
    """First and last line of each place that was not understood."""
    for item in _list(locations, "PartialParsing"):
        entry = _mapping(item, "a location")
        start, end = (_mapping(entry.get(key), key).get("line") for key in ("start", "end"))
        if isinstance(start, int) and isinstance(end, int):
            yield start, max(start, end)


def _rejected(item: object) -> Complaint:
    entry = _mapping(item, "a skipped rule")
    return Complaint("Rule parse error", _text(entry.get("details", ""), "details"), _text(entry.get("rule_id"), "rule_id"))


def _unsettled(time: object) -> list[object]:
    """The functions whose dataflow analysis was cut short; they stand among the timings."""
    found = time.get("fixpoint_timeouts") if isinstance(time, dict) else None
    return found if isinstance(found, list) else []


def _location(value: object) -> Place:
    entry = _mapping(value, "a location")
    return _place(_text(entry.get("path"), "path"), entry)


def _place(path: str, entry: dict[str, object]) -> Place:
    start, end = (_mapping(entry.get(key), key).get("offset") for key in ("start", "end"))
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        msg = "offsets"
        raise _MalformedError(msg)
    return Place(path, start, end)


def _pair(value: object, name: str) -> tuple[object, object]:
    items = _list(value, name)
    if len(items) != 2:  # noqa: PLR2004 (a pair)
        msg = name
        raise _MalformedError(msg)
    return items[0], items[1]


def _mapping(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _MalformedError(name)
    return value


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list):
        raise _MalformedError(name)
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _MalformedError(name)
    return value
