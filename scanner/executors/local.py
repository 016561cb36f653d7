"""Jobs in worker processes of this machine.

The parent stays single-threaded: it waits on one pipe a worker, gives an idle worker the next batch, and hears of a batch when all of it is done: a
message a job would cost more than most jobs do. A batch that was lost with its worker is done again, each job in a batch of its own; a worker that
dies or hangs then costs exactly the job it was at.
The first worker starts at once, the others only while there is work that waits, so that a small scan pays for one fork.
"""

from __future__ import annotations

import math
import pickle
import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakSet

from scanner.executors.aside import Aside
from scanner.executors.inline import outcome_of
from scanner.executors.processes import end_of, start_process
from scanner.executors.worker import READY, Carried, work
from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

J = TypeVar("J")
R = TypeVar("R")

_LARGEST_BATCH = 16
_STAGGER = 0.02  # seconds that waiting work gives the workers there are, before another one is started
_STARTUP = 60.0  # seconds a worker may take until it is ready
_MAX_FAILED_STARTS = 3  # in a row
_GIB = 1024**3


class LocalExecutor:
    """Runs jobs and calls in at most `jobs` processes.

    `memory` bounds the address space of one that runs jobs, `growth` the size after which it is replaced, both in bytes.

    Functions are top-level functions; functions, jobs and results can be pickled. Leaving the iteration early ends the workers.
    """

    def __init__(self, jobs: int, *, memory: int | None = 4 * _GIB, growth: int = _GIB // 2) -> None:
        if jobs < 1:
            msg = f"at least one process is needed, not {jobs}"
            raise ValueError(msg)
        self._jobs = jobs
        self._memory = memory
        self._growth = growth
        self._asides: WeakSet[Aside[Any]] = WeakSet()

    @property
    def workers(self) -> int:
        """How many processes work at a time."""
        return self._jobs

    def start(self, function: Callable[[], R]) -> Callable[[], Outcome[R]]:
        """Begin a call in a process of its own, whose memory nothing bounds.

        Where that would leave none for jobs, and where none can be started, it is made in this process, when its outcome is asked for.
        """
        if self.free == 1:
            return partial(outcome_of, function)
        try:
            aside = Aside(function, self.pipes())
        except OSError:
            return partial(outcome_of, function)
        self._asides.add(aside)
        return aside.outcome

    def map(self, function: Callable[[J], R], jobs: Sequence[J], *, seconds: float) -> Iterator[Outcome[R]]:
        """One outcome a job, in the order of the jobs; the first worker starts when the first outcome is asked for."""
        run: _Run[J, R] = _Run(function, jobs, seconds, self, (self._memory, self._growth))
        try:
            for index in range(len(jobs)):
                yield run.outcome(index)
        finally:
            run.stop()

    @property
    def free(self) -> int:
        """How many processes jobs may have now: a call that was begun has one of them."""
        return max(1, self._jobs - sum(aside.busy for aside in self._asides))

    def pipes(self) -> list[Connection]:
        """Our ends of the pipes of calls that were begun."""
        return [aside.connection for aside in self._asides if not aside.connection.closed]


@dataclass(slots=True, eq=False)
class _Worker:
    """One process. `batch` are the jobs it owes; `since` is when it was last heard of."""

    process: BaseProcess
    connection: Connection
    since: float
    ready: bool = False
    leaving: bool = False
    batch: deque[int] = field(default_factory=deque)


class _Run(Generic[J, R]):
    """One call of `map`: which jobs wait, who works on what, and the outcomes that are not asked for yet."""

    def __init__(self, function: Callable[[J], R], jobs: Sequence[J], seconds: float, house: LocalExecutor, bounds: tuple[int | None, int]) -> None:
        self._function = Carried(function)
        self._jobs = jobs
        self._seconds = seconds
        self._house = house
        self._bounds = bounds
        self._pending = deque(range(len(jobs)))
        self._alone: set[int] = set()  # jobs of a lost batch, which are done one at a time
        self._outcomes: dict[int, Outcome[R]] = {}
        self._workers: list[_Worker] = []
        self._next_start = math.inf  # when another worker may be started; the first one is not held up
        self._failed_starts = 0

    def outcome(self, index: int) -> Outcome[R]:
        while index not in self._outcomes:
            self._staff()
            self._feed()
            self._listen()
            self._enforce()
        return self._outcomes.pop(index)

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.process.close()
            worker.connection.close()
        self._workers.clear()

    def _wanted(self) -> bool:
        return bool(self._pending) and len(self._workers) < self._house.free

    def _staff(self) -> None:
        if self._wanted() and (not self._workers or time.monotonic() >= self._next_start):
            self._next_start = time.monotonic() + _STAGGER if self._workers else math.inf
            others = [*(worker.connection for worker in self._workers), *self._house.pipes()]
            started = start_process(work, others, self._function, *self._bounds)
            self._workers.append(_Worker(*started, time.monotonic()))

    def _feed(self) -> None:
        for worker in list(self._workers):
            if worker.ready and not worker.leaving and not worker.batch and self._pending:
                self._send(worker, self._next_batch())

    def _next_batch(self) -> list[int]:
        size = max(1, min(_LARGEST_BATCH, len(self._pending) // (4 * self._house.workers)))
        batch = [self._pending.popleft()]
        while batch[0] not in self._alone and self._pending and len(batch) < size and self._pending[0] not in self._alone:
            batch.append(self._pending.popleft())
        return batch

    def _send(self, worker: _Worker, batch: list[int]) -> None:
        """Only an idle worker is sent anything: it reads, so that neither side can wait for the other with a full pipe."""
        message = pickle.dumps([(index, pickle.dumps(self._jobs[index])) for index in batch])
        worker.batch.extend(batch)
        try:
            worker.connection.send_bytes(message)
        except OSError:  # it left or died before it began
            self._pending.extendleft(reversed(worker.batch))
            worker.batch.clear()
            self._bury(worker)
        worker.since = time.monotonic()

    def _listen(self) -> None:
        for connection in wait([worker.connection for worker in self._workers], self._patience()):
            worker = next(worker for worker in self._workers if worker.connection is connection)
            self._hear(worker)

    def _patience(self) -> float:
        now = time.monotonic()
        deadlines = [worker.since + self._allowed(worker) for worker in self._workers if self._allowed(worker) > 0]
        if self._wanted():
            deadlines.append(self._next_start)
        return max(0.0, min(deadlines, default=now + 1.0) - now)

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker, None)
            return
        worker.since = time.monotonic()
        if not worker.ready and message == READY:
            worker.ready = True
            self._failed_starts = 0
            self._next_start = min(self._next_start, worker.since + _STAGGER)
            return
        worker.leaving, answers = pickle.loads(message)  # noqa: S301 - written by our own worker process
        worker.batch.clear()
        for index, outcome in answers:
            self._outcomes[index] = pickle.loads(outcome)  # noqa: S301 - as above

    def _allowed(self, worker: _Worker) -> float:
        """How long a worker may be silent: 0 means for ever, because nothing is asked of it."""
        if not worker.ready:
            return _STARTUP
        return self._seconds if worker.batch else 0.0

    def _enforce(self) -> None:
        now = time.monotonic()
        for worker in list(self._workers):
            allowed = self._allowed(worker)
            if allowed and now - worker.since >= allowed and not worker.connection.poll():
                worker.process.kill()
                self._lose(worker, Lost(Failure.TIMEOUT, f"not done after {self._seconds:g} s"))

    def _lose(self, worker: _Worker, lost: Lost | None) -> None:
        """A worker is gone: a single job is lost with it, the jobs of a batch wait again, in their old place and each for itself."""
        detail = self._bury(worker)
        if len(worker.batch) == 1:
            self._outcomes[worker.batch[0]] = Outcome(None, lost or Lost(Failure.CRASHED, detail))
        elif worker.batch:
            self._alone.update(worker.batch)
            self._pending.extendleft(reversed(worker.batch))
        elif not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _MAX_FAILED_STARTS:
                self._outcomes.update(
                    (index, Outcome(None, Lost(Failure.CRASHED, f"no worker could be started: {detail}"))) for index in self._pending
                )
                self._pending.clear()

    def _bury(self, worker: _Worker) -> str:
        """Wait for a worker's end and say how it came about."""
        self._workers.remove(worker)
        worker.connection.close()
        return end_of(worker.process, _STARTUP)
