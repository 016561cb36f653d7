"""Whoever has a repository scanned: starts the process that scans, watches its time and memory, and ends it when it goes over.

`scan_job` is what both executors run. A scanning process has the rules loaded and serves one repository after the other; there are as many as there
are jobs at a time in this process.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scanner.app.choices import Access, Asking, Provider
from scanner.app.config import cache_folder, process_variables
from scanner.app.fleet.child import LAST_WORDS, RESULT
from scanner.app.fleet.job import Job, Result, Settings, Status, Why, job_json, settings_json
from scanner.app.fleet.processes import end, family, known, memory_of
from scanner.app.fleet.scan import failure
from scanner.core.errors import UsageError
from scanner.core.files import Unreadable, read_confined
from scanner.sources.clone import PASSED_ON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scanner.app.fleet.processes import Process

COMMAND: Final = (sys.executable, "-P", "-m", "scanner.app.fleet.child")

_LOOK_SECONDS: Final = 0.25
_START_SECONDS: Final = 300.0
_LEAVE_SECONDS: Final = 5.0
_WORDS_BYTES: Final = 4_096
_RESULT_BYTES: Final = 1_000_000_000
_CHUNK: Final = 65_536

_idle: list[Keeper] = []
_all: set[Keeper] = set()
_lock = threading.Lock()


def scan_job(job: Job) -> Result:
    """Scan one repository in a process of its own, within its limits. It never raises for what a repository does."""
    with _kept(job.settings) as keeper:
        return keeper.scan(job)


def rules_of(settings: Settings) -> str:
    """The digest of the rules that scans with these settings know. Raises UsageError for settings that make no sense."""
    with _kept(settings) as keeper:
        return keeper.rules()


def close_keepers() -> None:
    """End every scanning process that this process has, and the scans with them."""
    with _lock:
        keepers = tuple(_all)
        _all.clear()
        _idle.clear()
    for keeper in keepers:
        keeper.close()


@contextlib.contextmanager
def closing_keepers() -> Iterator[None]:
    """However the context is left, no scanning process outlives it."""
    try:
        yield
    finally:
        close_keepers()


@contextlib.contextmanager
def _kept(settings: Settings) -> Iterator[Keeper]:
    """A keeper that nobody else has meanwhile; one that is idle, where there is one with these settings."""
    with _lock:
        keeper = next((item for item in _idle if item.settings == settings), None) or Keeper(settings)
        if keeper in _idle:
            _idle.remove(keeper)
        _all.add(keeper)
    try:
        yield keeper
    finally:
        with _lock:
            if keeper in _all:  # not closed meanwhile
                _idle.append(keeper)


class Keeper:
    """One scanning process, started when it is first needed and again when it is lost."""

    def __init__(self, settings: Settings, command: Sequence[str] = COMMAND) -> None:
        """`command` starts the scanning process (see `scanner.app.fleet.child` for what is said to it)."""
        self.settings = settings
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._heard = bytearray()
        self._rules = self._hint = ""
        self._closed = False
        self._busy = threading.Lock()

    def rules(self) -> str:
        """The digest of the rules that the process has. Raises UsageError when it cannot work with its settings."""
        with self._busy:
            refusal = self._start()
            if refusal is not None:
                raise UsageError(refusal.detail, self._hint)
            return self._rules

    def scan(self, job: Job) -> Result:
        """The result of one job; several threads take turns."""
        with self._busy:
            refusal = self._start()
            if refusal is not None:
                return refusal
            started = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="casemate-fleet-", ignore_cleanup_errors=True) as name:
                watch = _Watch(self, job, Path(name))
                result = watch.result()
            return replace(result, seconds=round(time.monotonic() - started, 3), peak=watch.peak)

    def close(self) -> None:
        """End the scanning process; it takes its scan with it. Safe from another thread, whose `scan` then returns."""
        self._closed = True
        process = self._process
        if process is not None:
            if process.stdin is not None:
                with contextlib.suppress(OSError):  # what was still to be said has nobody left to hear it
                    process.stdin.close()
            try:
                process.wait(_LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                end(family(process.pid))
        with self._busy:
            self._drop()

    def _start(self) -> Result | None:
        """Have a process that is ready. The result of a job where there can be none."""
        if self._process is not None and self._process.poll() is None:
            return None
        self._drop()
        if self._closed:
            return failure(Why.CRASHED, "the fleet was stopped")
        self._process = subprocess.Popen(  # noqa: S603 -- our own module, started with our own interpreter
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(process_variables())
        )
        self.say({"settings": settings_json(self.settings), "model": _way_to_the_model(self.settings)})
        try:
            answer = self.hear(_START_SECONDS) or {}
        except EOFError:
            answer = {}
        if "ready" in answer:
            self._rules = str(answer["ready"])
            return None
        self._drop()
        self._hint = str(answer.get("hint", ""))
        return failure(Why.NODE, str(answer.get("error", "the scanning process could not be started")))

    def _drop(self) -> None:
        process, self._process = self._process, None
        self._heard.clear()
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be said has nobody left to hear it
                    pipe.close()

    def say(self, message: Mapping[str, Any]) -> None:
        """Send one message. A process that is gone hears nothing, which the next `hear` finds out."""
        if self._process is None or self._process.stdin is None:
            return
        with contextlib.suppress(OSError, ValueError):  # it is gone, or the keeper was closed meanwhile
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()

    def hear(self, seconds: float) -> dict[str, Any] | None:
        """The next message, None when none comes in time. Raises EOFError when the process is gone."""
        deadline = time.monotonic() + seconds
        process = self._process
        if process is None or process.stdout is None:
            raise EOFError
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._heard:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    return None
                piece = os.read(process.stdout.fileno(), _CHUNK)
                if not piece:
                    self._drop()
                    raise EOFError
                self._heard += piece
        line, _, rest = bytes(self._heard).partition(b"\n")
        self._heard[:] = rest
        message: dict[str, Any] = json.loads(line)
        return message


class _Watch:
    """One scan under way: its process, its bounds, and what it has taken so far."""

    def __init__(self, keeper: Keeper, job: Job, folder: Path) -> None:
        self._keeper = keeper
        self._job = job
        self._folder = folder
        self._members: tuple[Process, ...] = ()
        self.peak = 0

    def result(self) -> Result:
        self._keeper.say({"job": job_json(self._job), "folder": str(self._folder)})
        try:
            return self._to_the_end()
        except EOFError:
            end(self._members)  # whoever would have ended them is gone
            return failure(Why.CRASHED, "the scanning process was lost")

    def _to_the_end(self) -> Result:
        begun = self._keeper.hear(_START_SECONDS)
        if begun is None:
            raise EOFError
        pid = int(begun["pid"])
        self._members = known(pid)
        deadline = time.monotonic() + self._job.limits.seconds
        over: Result | None = None
        message = self._keeper.hear(_LOOK_SECONDS)
        while message is None:
            self._members = family(pid)
            over = self._over(memory_of(self._members), deadline)
            if over is not None:
                end(self._members)
                message = self._keeper.hear(_LEAVE_SECONDS)
                if message is None:  # stuck in the kernel: left to the system, with the process that waits for it
                    raise EOFError
            else:
                message = self._keeper.hear(_LOOK_SECONDS)
        return over or self._read(int(message["status"]))

    def _over(self, memory: int, deadline: float) -> Result | None:
        """The result of a scan that takes more than it may."""
        limits = self._job.limits
        self.peak = max(self.peak, memory)
        if memory > limits.memory:
            return failure(Why.MEMORY, f"it took more than {limits.memory // 2**20} MiB of memory")
        if time.monotonic() >= deadline:
            return failure(Why.TIME, f"not done after {limits.seconds:g} s")
        return None

    def _read(self, status: int) -> Result:
        code = os.waitstatus_to_exitcode(status)
        if code == 0:
            data = read_confined(self._folder, RESULT, _RESULT_BYTES)
            try:
                return read_result(json.loads(b"" if isinstance(data, Unreadable) else data))
            except (ValueError, KeyError, TypeError):
                return failure(Why.CRASHED, "the scan left no result that can be read")
        words = self._last_words()
        if "MemoryError" in words:
            return failure(Why.MEMORY, f"it could not get the memory it asked for, and may take {self._job.limits.memory // 2**20} MiB")
        return failure(Why.CRASHED, f"the scan ended with {'code' if code > 0 else 'signal'} {abs(code)}" + (f": {words}" if words else ""))

    def _last_words(self) -> str:
        try:
            with (self._folder / LAST_WORDS).open("rb") as stream:
                stream.seek(0, os.SEEK_END)
                stream.seek(max(0, stream.tell() - _WORDS_BYTES))
                lines = stream.read().decode("utf-8", "replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""


def read_result(value: dict[str, Any]) -> Result:
    """A result from its JSON."""
    kin = tuple((str(mark), tuple(map(str, looser))) for mark, looser in value.pop("kin"))
    why = value.pop("why")
    return Result(status=Status(value.pop("status")), why=Why(why) if why else None, kin=kin, **value)


def _way_to_the_model(settings: Settings) -> dict[str, Any] | None:
    """How this machine reaches the model, and where it remembers verdicts; None where none is asked.

    It goes through the pipe to our own process alone, which puts it into nobody's environment.
    """
    if settings.triage == Asking.OFF:
        return None
    access = Access.read(Provider(settings.provider), process_variables())
    cache = cache_folder()
    return {"variables": dict(access.variables) if access else {}, "cache": str(cache) if cache else ""}


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """What the scanning process gets of this one's surroundings: where programs are, how to reach the network, and no secret but the ssh agent."""
    passed = {name: variables[name] for name in ("PATH", "TMPDIR", *PASSED_ON) if name in variables}
    return {"LC_ALL": "C.UTF-8", "HOME": os.devnull, **passed}
