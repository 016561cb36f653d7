"""Starting worker processes, and saying how they ended."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess


def start_process(target: Callable[..., None], others: Sequence[Connection], *given: object) -> tuple[BaseProcess, Connection]:
    """A process that runs `target`, and our end of its pipe. `others` are our ends of other processes' pipes, with which it has no business.

    The target is called with its end, the pipes' ends that it inherits and should close, and what it is given.
    """
    context = _context()
    ours, theirs = context.Pipe()
    inherited = [*others, ours] if context.get_start_method() == "fork" else []
    process: Any = context.Process(target=target, args=(theirs, inherited, *given), name="casemate-worker", daemon=True)
    with _interrupts_held():
        process.start()
    theirs.close()
    return process, ours


def end_of(process: BaseProcess, patience: float) -> str:
    """Wait for a process's end, for so many seconds without being impatient, and say how it came about."""
    process.join(patience)
    code = process.exitcode
    if code is None:  # it closed its pipe and lives on
        process.kill()
        process.join()
        code = process.exitcode
    process.close()
    return _describe(code or 0)


def _describe(code: int) -> str:
    if code >= 0:
        return f"the worker process ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"the worker process was ended by {name}"


def _context() -> ForkContext | ForkServerContext | SpawnContext:
    """Fork where it is quick and safe: on Linux, while this process has one thread. Elsewhere a fresh interpreter serves as the parent of workers."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    if sys.platform == "linux" and _single_threaded():
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("forkserver")


def _single_threaded() -> bool:
    """Whether this process has one thread, counting those that Python does not know."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names only
    except OSError:
        return threading.active_count() == 1


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from reaching a child before it has learned to ignore it; the parent gets it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
