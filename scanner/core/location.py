"""Places in code: spans, and traces of them from a source to a sink."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file.

    `path` is relative to the scan's root, with `/` between its parts (undecodable bytes as surrogate escapes, as `os.fsdecode` gives them).
    Lines and columns count from 1; columns count UTF-16 code units, and `end_column` is the first one past the stretch, as SARIF has it.
    """

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int

    def __post_init__(self) -> None:
        parts = PurePosixPath(self.path).parts
        if not parts or self.path.startswith("/") or ".." in parts:
            msg = f"a span's path is relative and stays below the root: {self.path!r}"
            raise ValueError(msg)
        if min(self.start_line, self.start_column, self.end_line, self.end_column) < 1:
            msg = f"lines and columns count from 1: {self!r}"
            raise ValueError(msg)
        if (self.end_line, self.end_column) < (self.start_line, self.start_column):
            msg = f"a span ends after it starts: {self!r}"
            raise ValueError(msg)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one column of one file."""
        return (
            self.path == other.path
            and (self.start_line, self.start_column) < (other.end_line, other.end_column)
            and (other.start_line, other.start_column) < (self.end_line, self.end_column)
        )


class Role(StrEnum):
    """What a location is in its trace."""

    SOURCE = "source"
    STEP = "step"
    SINK = "sink"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Location:
    """One step of a trace: where, what part it plays, and a short note for the reader ("argument 1 of build_query")."""

    span: Span
    role: Role = Role.SINK
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Locations in reading order, from source to sink; `primary` is the index of the one a finding is shown at."""

    locations: tuple[Location, ...]
    primary: int = -1

    def __post_init__(self) -> None:
        if not self.locations:
            msg = "a trace has at least one location"
            raise ValueError(msg)
        index = self.primary if self.primary >= 0 else len(self.locations) + self.primary
        if not 0 <= index < len(self.locations):
            msg = f"primary {self.primary} is outside a trace of {len(self.locations)} locations"
            raise ValueError(msg)
        object.__setattr__(self, "primary", index)

    @property
    def place(self) -> Span:
        """The span of the primary location."""
        return self.locations[self.primary].span

    @classmethod
    def at(cls, span: Span, note: str = "") -> Trace:
        """A trace of one location, for findings without a flow."""
        return cls((Location(span, Role.SINK, note),))
