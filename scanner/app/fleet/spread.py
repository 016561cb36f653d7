"""Where a fleet's jobs run: on this machine, or on a Ray cluster. Both run the same function and give outcomes as they come."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from scanner.app.fleet.keeper import close_keepers, scan_job
from scanner.core.threads import as_done
from scanner.executors.ray_tasks import RayExecutor
from scanner.ports.executor import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from scanner.app.fleet.job import Job, Result

EXECUTORS: Final = ("local", "ray")


class Spread(Protocol):
    """Scans repositories side by side."""

    def each(self, jobs: Sequence[Job]) -> Generator[tuple[int, Outcome[Result]]]:
        """The number of each job and its outcome, as they come. Leaving early ends what is under way."""
        ...


class LocalSpread:
    """As many scans at a time as there are threads here; each thread waits for a scanning process of its own."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def each(self, jobs: Sequence[Job]) -> Generator[tuple[int, Outcome[Result]]]:
        """The number of each job and its outcome, as they come."""
        pool = ThreadPoolExecutor(self._jobs, thread_name_prefix="casemate-fleet")
        try:
            with closing(as_done(pool, [partial(scan_job, job) for job in jobs])) as futures:
                for number, future in futures:
                    yield number, Outcome(future.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            close_keepers()
            pool.shutdown(wait=True)


class RaySpread:
    """Ray's tasks."""

    def __init__(self, executor: RayExecutor) -> None:
        self._executor = executor

    def each(self, jobs: Sequence[Job]) -> Generator[tuple[int, Outcome[Result]]]:
        """The number of each job and its outcome, as they come."""
        yield from self._executor.each(scan_job, jobs)


@contextmanager
def opened(executor: str, address: str | None, jobs: int, memory: int, *, retries: bool) -> Iterator[Spread]:
    """The place that was chosen, for as long as the context lasts. Without `retries` a job that Ray loses is not started again by itself.

    Raises UsageError without Ray, or without a cluster at the address.
    """
    if executor == "local":
        yield LocalSpread(jobs)
        return
    tasks = RayExecutor(address, jobs=jobs, memory=memory) if retries else RayExecutor(address, jobs=jobs, memory=memory, retries=0)
    with tasks.connected():
        yield RaySpread(tasks)
