"""Jobs one after the other in this process: the double of the Executor port."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scanner.executors.worker import failed
from scanner.ports.executor import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

J = TypeVar("J")
R = TypeVar("R")


class InlineExecutor:
    """Runs jobs here and now, for tests and embedders. It can neither bound a job's time nor survive a crash: not for hostile code."""

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:  # noqa: ARG002 - the port's bound
        """One outcome a job, in order, each computed when it is asked for; an exception is its job's outcome, Ctrl-C is not."""
        for job in jobs:
            yield _outcome(function, job)


def _outcome(function: Callable[[J], R], job: J) -> Outcome[R]:
    try:
        return Outcome(function(job))
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its outcome, as in a worker process
        return Outcome(None, failed(error))
