"""Jobs as tasks of a Ray cluster: an existing one by its address, or one that is started on this machine for as long as it is needed.

Where a task runs, when, and how often it is tried again when its worker or its machine dies is Ray's business. Ray is an optional dependency
(`casemate[ray]`); nothing else in the package imports it.
"""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import threading
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scanner.core.errors import UsageError
from scanner.executors.worker import failed
from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

J = TypeVar("J")
R = TypeVar("R")

RETRIES: Final = 3
LOCAL: Final = "local"
_KNOCK_SECONDS: Final = 10.0
_DETAIL: Final = 300  # characters of a foreign message that a report can bear


class RayExecutor:
    """Runs jobs as Ray tasks of one processor and `memory` bytes each; use it as a context manager, which holds the connection.

    `address` is a running cluster's (`auto`, `host:6379`); without one Ray is started here with `jobs` processors. `retries` is how often a job is
    started again when its worker or its node dies.
    """

    def __init__(self, address: str | None, *, jobs: int, memory: int, retries: int = RETRIES) -> None:
        self._address = address
        self._jobs = jobs
        self._memory = memory
        self._retries = retries

    @contextmanager
    def connected(self) -> Iterator[None]:
        """A connection to the cluster, for as long as the context lasts, in which nothing else can be printed to standard output.

        Raises UsageError without Ray, or without a cluster at the address.
        """
        ray = _ray()
        if ray.is_initialized():  # whoever did it also ends it
            yield
            return
        _refuse_silent(self._address)
        # Ray prints what its nodes have to say, a dead one's last lines too, on the standard output of whoever is connected.
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
            try:
                with _own_signals():
                    _connect(ray, self._address, self._jobs)
                yield
            finally:
                ray.shutdown()

    def each(self, function: Callable[[J], R], jobs: Sequence[J]) -> Iterator[tuple[int, Outcome[R]]]:
        """The number of each job and its outcome, as they come. The function is a top-level one that every node can import, and bounds its own time.

        Raises UsageError when no node of the cluster has the memory that a job may take.
        """
        ray = _ray()
        options = {"num_cpus": 1, "memory": self._memory, "max_retries": self._retries, "retry_exceptions": False, "name": function.__name__}
        _refuse_too_small(ray, self._memory)
        task = ray.remote(**options)(function)
        waiting = {task.remote(job): number for number, job in enumerate(jobs)}
        while waiting:
            ready, _ = ray.wait(list(waiting), num_returns=1)
            for reference in ready:
                yield waiting.pop(reference), _outcome(ray, reference)


def _ray() -> Any:
    try:
        # By its name: type checkers need not have it either, and only who uses it waits for its import.
        return importlib.import_module("ray")
    except ImportError as error:
        msg = "Ray is not installed"
        raise UsageError(msg, "pip install 'casemate[ray]', or use --executor local") from error


def _refuse_silent(address: str | None) -> None:
    """Refuse an address at which nobody listens: Ray would wait for minutes."""
    host, colon, port = (address or "").rpartition("://")[2].rpartition(":")
    if not colon or not port.isdecimal():
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), _KNOCK_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise _nobody(address) from error


def _nobody(address: str | None) -> UsageError:
    return UsageError(f"no Ray cluster answers at {address}", "start one with `ray start --head`, and give the address it prints")


def _connect(ray: Any, address: str | None, jobs: int) -> None:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would send statistics about the cluster to its makers; read when Ray starts
    quiet = {"include_dashboard": False} if address is None else {}
    size = {"num_cpus": jobs} if address is None else {}
    try:
        ray.init(address=address or LOCAL, log_to_driver=False, logging_level=logging.CRITICAL, **quiet, **size)
    except (ConnectionError, TimeoutError, RuntimeError, ValueError) as error:
        if address is not None:
            raise _nobody(address) from error
        msg = f"Ray cannot be started here: {_line(error)}"
        raise UsageError(msg) from error


def _refuse_too_small(ray: Any, memory: int) -> None:
    """Refuse what Ray would wait for for ever: a task that fits on no node."""
    largest = max((int(node["Resources"].get("memory", 0)) for node in ray.nodes() if node["Alive"]), default=0)
    if largest < memory:
        msg = f"no node of the Ray cluster has {memory // 2**20} MiB of memory to give; the largest has {largest // 2**20} MiB"
        raise UsageError(msg, "lower --max-memory, or start the nodes with more (`ray start --memory`)")


def _outcome(ray: Any, reference: Any) -> Outcome[Any]:
    """What became of a task. Ray's errors end here: the function's own, or the loss of a worker, a node or an object."""
    try:
        return Outcome(ray.get(reference))
    except ray.exceptions.RayTaskError as error:
        return Outcome(None, failed(error.cause if isinstance(getattr(error, "cause", None), Exception) else error))
    except ray.exceptions.RayError as error:
        return Outcome(None, Lost(Failure.CRASHED, f"{type(error).__name__}: {_line(error)}"[:_DETAIL]))


def _line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


@contextmanager
def _own_signals() -> Iterator[None]:
    """Ray answers SIGTERM in its own way once it has started; the command's way stays."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)
