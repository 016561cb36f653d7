"""Where jobs run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

J = TypeVar("J")
R = TypeVar("R")


class Failure(StrEnum):
    """How a job can be lost without ending the others."""

    TIMEOUT = "timeout"
    CRASHED = "crashed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Lost:
    """A job that gave no result, and why."""

    failure: Failure
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What became of one job: its result, or why there is none."""

    result: R | None
    lost: Lost | None = None


class Executor(Protocol):
    """Runs plain-data jobs through a top-level function."""

    @property
    def workers(self) -> int:
        """How many jobs it runs at a time."""
        ...

    def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:
        """Begin a call without a bound of time; what comes back waits for its end, if it must, and says what became of it.

        Where more than one job runs at a time it runs beside whatever the caller does until then, `map` too; else it is made when it is asked for.
        """
        ...

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
        """One outcome a job, in the order of the jobs. `seconds` bounds each job's wall time; a job that dies or hangs costs itself only."""
        ...
