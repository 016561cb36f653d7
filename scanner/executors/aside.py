"""One call in a process of its own, beside whatever this one does next."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import finalize

from scanner.executors.processes import end_of, start_process
from scanner.executors.worker import Carried, call
from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

R = TypeVar("R")

_PATIENCE = 60.0  # seconds that a process which has closed its pipe may take to end


class Aside(Generic[R]):
    """A call that was begun. The process ends with the answer, or with this object if nobody asks."""

    def __init__(self, function: Callable[[], R], others: Sequence[Connection] = ()) -> None:
        """`others` are our ends of other processes' pipes, with which this one has no business."""
        self._process, self.connection = start_process(call, others, Carried(function))
        self._end = finalize(self, _kill, self._process, self.connection)
        self._answer: Outcome[R] | None = None

    @property
    def busy(self) -> bool:
        """Whether it works still."""
        return self._end.alive and not self.connection.poll()

    def outcome(self) -> Outcome[R]:
        """What became of the call: waits for its end."""
        if self._answer is None:
            try:
                self._answer = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - written by our own worker process
            except (EOFError, OSError):
                self._end.detach()
                self.connection.close()
                self._answer = Outcome(None, Lost(Failure.CRASHED, end_of(self._process, _PATIENCE)))
            self._end()
        return self._answer


def _kill(process: BaseProcess, connection: Connection) -> None:
    connection.close()
    process.kill()
    process.join()
    process.close()
