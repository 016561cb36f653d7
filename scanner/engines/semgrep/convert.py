"""Semgrep's matches as candidates: places in UTF-16 columns, messages of one line, traces in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.finding import Candidate
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.text import utf16_column
from scanner.engines.semgrep.kind import ENGINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scanner.engines.semgrep.output import Match, Place

MAX_MESSAGE: Final = 500
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_NAME: Final = re.compile(r"[\w.$@]{1,60}")
"""What a note may repeat of the code: names, never literals, which may be secrets."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class LineTable:
    """Turns byte offsets of one file into lines and UTF-16 columns. Semgrep counts columns in bytes and knows LF only; its offsets always hold."""

    __slots__ = ("_data", "_ends", "_starts")

    def __init__(self, data: bytes) -> None:
        breaks = [(found.start(), found.end()) for found in _LINE_END.finditer(data)]
        self._data = data
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(data)]

    def span(self, path: str, start: int, end: int) -> Span | None:
        """The stretch between two offsets, or None when the file has no such bytes."""
        if not 0 <= start <= end <= len(self._data):
            return None
        start_line, start_column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(path, start_line, start_column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._starts, offset) - 1
        line_start = self._starts[index]
        # An offset inside a CRLF belongs to the end of its line.
        column = utf16_column(self._data[line_start : self._ends[index]], min(offset, self._ends[index]) - line_start)
        return index + 1, column


@dataclass(frozen=True, slots=True)
class Converted:
    """Candidates, sorted and each once, and how many matches had no place in the files as we read them."""

    candidates: tuple[Candidate, ...]
    misplaced: int


def convert(matches: Iterable[Match], paths: Mapping[str, str], known: Mapping[str, str], read: Callable[[str], bytes]) -> Converted:
    """The matches as candidates.

    `paths` are the files that were handed over, as Semgrep names them, with their paths from the root; `known` are the ids of the rules with
    their messages; `read` gives a file's bytes.
    """
    spans = _Spans(paths, read)
    chosen: dict[tuple[str, Span, str], Candidate] = {}
    misplaced = 0
    for match in matches:
        trace = _trace(match, spans)
        if trace is None or match.rule_id not in known:
            misplaced += 1
            continue
        candidate = Candidate(ENGINE, match.rule_id, one_line(match.message) or known[match.rule_id], trace)
        key = (candidate.rule_id, trace.place, candidate.message)
        chosen[key] = min(chosen.get(key, candidate), candidate, key=_trace_key)
    return Converted(tuple(sorted(chosen.values(), key=_key)), misplaced)


def one_line(text: str, limit: int = MAX_MESSAGE) -> str:
    """A text on one line and within a length: code may stand in it, so what moves a cursor or turns text around becomes a space."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


class _Spans:
    """Spans of places, reading each file once."""

    def __init__(self, paths: Mapping[str, str], read: Callable[[str], bytes]) -> None:
        self._paths = paths
        self._read = read
        self._tables: dict[str, LineTable | None] = {}

    def of(self, place: Place) -> Span | None:
        path = self._paths.get(place.path)
        if path is None:
            return None  # no file that we named: nothing outside the snapshot is ever read
        if path not in self._tables:
            self._tables[path] = self._table(path)
        table = self._tables[path]
        return table.span(path, place.start, place.end) if table else None

    def _table(self, path: str) -> LineTable | None:
        try:
            return LineTable(self._read(path))
        except OSError:
            return None  # gone since: the match counts as misplaced, which is told


def _trace(match: Match, spans: _Spans) -> Trace | None:
    """The match's trace, shown at the match itself; None when one of its places does not exist."""
    shown = spans.of(match.place)
    if shown is None:
        return None
    locations: list[Location] = []
    for step in match.steps:
        span = spans.of(step.place)
        if span is None:
            return None
        locations.append(Location(span, step.role, step.content if _NAME.fullmatch(step.content) else ""))
    return _assemble(locations, shown)


def _assemble(steps: list[Location], shown: Span) -> Trace:
    """Put the shown place where it belongs: it is the sink, or a step on the way to one deeper inside, or all there is."""
    if not steps or all(step.span == shown for step in steps):
        return Trace.at(shown)
    before = [step for step in steps if step.role is not Role.SINK]
    sinks = [step for step in steps if step.role is Role.SINK and step.span != shown]
    at = next((index for index, step in enumerate(before) if step.span == shown and step.role is Role.STEP), None)
    if at is not None and sinks:
        return Trace((*before, *sinks), at)
    return Trace((*before, Location(shown, Role.SINK)))


def _key(candidate: Candidate) -> tuple[Span, str, str]:
    return candidate.trace.place, candidate.rule_id, candidate.message


def _trace_key(candidate: Candidate) -> tuple[int, list[tuple[Span, str, str]]]:
    """The shortest trace speaks for a match that has several."""
    locations = candidate.trace.locations
    return len(locations), [(location.span, location.role.value, location.note) for location in locations]
