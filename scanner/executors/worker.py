"""What runs in a worker process: take a batch of jobs from a pipe, answer it when all of it is done.

The function comes with the process: by inheritance where it is forked, else as bytes. The worker says `READY` once. The parent then sends batches,
each `[(index, job), ...]` with jobs pickled one by one, and gets one `(leaving, [(index, pickled outcome), ...])` for each; `leaving` says that this
worker takes no further batch. A batch whose worker dies is simply done again, job by job: jobs have no effects.
"""

from __future__ import annotations

import faulthandler
import gc
import pickle
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

READY = pickle.dumps("ready")
_PR_SET_PDEATHSIG = 1  # of prctl(2)
_DETAIL = 300  # characters of a foreign message that a report can bear
_COLLECT_EVERY = 512  # jobs; with the parent's objects frozen, a collection looks at what the last jobs left only


def work(connection: Connection, siblings: Sequence[Connection], function: Carried, memory: int | None, growth: int) -> None:
    """Serve batches until the pipe closes, or until the process has grown by `growth` bytes: then it leaves after its batch and is replaced.

    `siblings` are the parent's ends of all pipes, inherited by a fork: held open here they would hide the parent's death from the other workers.
    `memory` bounds the address space in bytes, where the system can.
    """
    _settle(siblings, memory)
    limit = _peak() + growth
    done = 0
    try:
        connection.send_bytes(READY)
        leaving = False
        while not leaving:
            batch = pickle.loads(connection.recv_bytes())  # noqa: S301 - written by our own parent process
            answers = [(index, _outcome(function, job)) for index, job in batch]
            leaving = _peak() > limit
            connection.send_bytes(pickle.dumps((leaving, answers), pickle.HIGHEST_PROTOCOL))
            done += len(batch)
            if done >= _COLLECT_EVERY:
                gc.collect()
                done = 0
    except (EOFError, OSError):
        return  # the parent is done with us, or gone; a job's own errors end up in its outcome


def call(connection: Connection, siblings: Sequence[Connection], function: Carried) -> None:
    """Make one call and send its pickled outcome."""
    _settle(siblings, None)
    _end_with_parent()
    with suppress(OSError):  # nobody waits for it any more
        connection.send_bytes(_outcome(function))


def failed(error: BaseException) -> Lost:
    """An exception as a lost job: its type and the beginning of its message, on one line."""
    return Lost(Failure.ERROR, " ".join(f"{type(error).__name__}: {error}".split())[:_DETAIL])


class Carried:
    """A function on its way to a worker. What comes with it can be as large as the knowledge of a language: it is packed where it has to be only."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function: Callable[..., Any] | None = function
        self._packed: bytes | None = None

    def __call__(self, *job: object) -> object:
        """What the function answers. Raises what it does, and what unpacking it does."""
        if self._function is None:
            self._function = pickle.loads(self._packed or b"")  # noqa: S301 - written by our own parent process
        return self._function(*job)

    def __getstate__(self) -> bytes:
        if self._packed is None:
            self._packed = pickle.dumps(self._function, pickle.HIGHEST_PROTOCOL)
        return self._packed

    def __setstate__(self, packed: bytes) -> None:
        self._function = None
        self._packed = packed


def _outcome(function: Carried, *job: bytes) -> bytes:
    """Run one job, or make a call that has none.

    Whatever it raises, and a function, job or result that cannot travel, is its outcome: a value that reaches the report.
    """
    try:
        outcome: Outcome[Any] = Outcome(function(*map(pickle.loads, job)))
        return pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - see above
        return pickle.dumps(Outcome(None, failed(error)), pickle.HIGHEST_PROTOCOL)


def _settle(siblings: Sequence[Connection], memory: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent answers for all
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # the parent blocked it until this point
    faulthandler.disable()  # a crash is reported as a value, not on the terminal
    for sibling in siblings:
        sibling.close()
    _limit_memory(memory)
    # A collection would walk, and so copy, every object of the parent, and every tree node a job holds. What cycles leave is collected between jobs.
    gc.freeze()
    gc.disable()


def _limit_memory(memory: int | None) -> None:
    if memory is None or sys.platform in {"win32", "darwin"}:
        return  # no such limit on Windows, none that works on macOS
    import resource  # noqa: PLC0415 - does not exist on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))


def _end_with_parent() -> None:
    """End with the parent, where the system can see to it: a long call would go on for nobody."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - elsewhere there is nothing to ask for

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _peak() -> int:
    """The process's largest resident size so far in bytes, 0 where that cannot be asked."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - does not exist on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
