"""Jobs one after the other in this process: the double of the Executor port."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from scanner.executors.worker import failed
from scanner.ports.executor import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

J = TypeVar("J")
R = TypeVar("R")


class InlineExecutor:
    """Runs jobs here and now, for tests and embedders. It can neither bound a job's time nor survive a crash: not for hostile code."""

    workers: Final = 1

    def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:
        """The outcome of a call, which is made when it is asked for."""
        return partial(outcome_of, function)

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:  # noqa: ARG002 - the port's bound
        """One outcome a job, in order, each computed when it is asked for; an exception is its job's outcome, Ctrl-C is not."""
        for job in jobs:
            yield outcome_of(function, job)


def outcome_of(function: Callable[..., R], *given: object) -> Outcome[R]:
    """What becomes of a call in this process: an exception is its outcome, Ctrl-C is not."""
    try:
        return Outcome(function(*given))
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its outcome, as in a worker process
        return Outcome(None, failed(error))
