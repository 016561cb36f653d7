"""One subprocess held on a short lead: bounded in time, memory and output, and ended with everything it started."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_CHUNK: Final = 1 << 16
_POLL_SECONDS: Final = 0.2
_GRACE_SECONDS: Final = 5.0
_DRAIN_SECONDS: Final = 1.0
_STDERR_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one process: wall time in seconds, data segment and standard output in bytes."""

    seconds: float
    memory_bytes: int
    output_bytes: int


class End(StrEnum):
    """How a process came to its end."""

    EXITED = "exited"
    TIMED_OUT = "timed-out"
    TOO_MUCH_OUTPUT = "too-much-output"
    NOT_STARTED = "not-started"


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a process: how it ended, its exit code (negative: the signal), its output, and the end of its standard error.

    For `End.NOT_STARTED` the standard error holds the reason. Output is whole only for `End.EXITED`.
    """

    end: End
    code: int
    stdout: bytes
    stderr: bytes


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    limits: Limits,
    on_output: Callable[[bytes], None] | None = None,
) -> Ended:
    """Run a command to its end in a session of its own; `on_output` sees each piece of standard output as it comes.

    When this function is left, for whatever reason, the process and its group are gone.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 (the command is built by this package, never from the scanned code)
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return Ended(End.NOT_STARTED, -1, b"", str(error).encode("utf-8", "replace"))
    try:
        _bound_memory(process.pid, limits.memory_bytes)
        return _Reading(process, limits, on_output).to_the_end()
    finally:
        _end_group(process)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


class _Reading:
    """Reads both streams of a process until it ends or breaks a bound."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits, on_output: Callable[[bytes], None] | None) -> None:
        self._process = process
        self._limits = limits
        self._on_output = on_output
        self._out = bytearray()
        self._err = bytearray()

    def to_the_end(self) -> Ended:
        deadline = time.monotonic() + self._limits.seconds
        with selectors.DefaultSelector() as selector:
            for stream, sink in ((self._process.stdout, self._out), (self._process.stderr, self._err)):
                if stream:
                    os.set_blocking(stream.fileno(), False)
                    selector.register(stream, selectors.EVENT_READ, sink)
            while selector.get_map():
                left = deadline - time.monotonic()
                if left <= 0:
                    return self._ended(End.TIMED_OUT if self._process.poll() is None else End.EXITED)
                for key, _ in selector.select(min(left, _POLL_SECONDS)):
                    if not self._read(key.fileobj, key.data):  # type: ignore[arg-type]  # the streams registered above
                        selector.unregister(key.fileobj)
                if len(self._out) > self._limits.output_bytes:
                    return self._ended(End.TOO_MUCH_OUTPUT)
                if self._process.poll() is not None:
                    # A child that it left behind may hold the streams open: what is in them by now is all there is.
                    deadline = min(deadline, time.monotonic() + _DRAIN_SECONDS)
                    if not selector.select(0):
                        break
        return self._wait(deadline)

    def _read(self, stream: IO[bytes], sink: bytearray) -> bool:
        """Take what is there; False at the end of the stream."""
        try:
            piece = os.read(stream.fileno(), _CHUNK)
        except BlockingIOError:
            return True
        sink += piece
        if sink is self._err:
            del sink[:-_STDERR_BYTES]
        elif self._on_output and piece:
            self._on_output(piece)
        return bool(piece)

    def _wait(self, deadline: float) -> Ended:
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return self._ended(End.TIMED_OUT)
        return self._ended(End.EXITED)

    def _ended(self, end: End) -> Ended:
        code = self._process.returncode
        return Ended(end, -1 if code is None else code, bytes(self._out), bytes(self._err))


def _bound_memory(pid: int, memory_bytes: int) -> None:
    """A hard limit on the data segment where the system has one a process can be given from outside; elsewhere Semgrep's own limit stands alone."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 (not on every system)

    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended already, or runs as somebody else
        resource.prlimit(pid, resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process's group, and collect the process itself. Killing a group that has gone is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in it (macOS says so with EPERM)
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):  # a process stuck in the kernel is left to init
        process.wait(_GRACE_SECONDS)
