"""How far the work has come, on one line of the terminal that is gone when the work is done."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TextIO

from scanner.cli.ticking import ticking
from scanner.reporters.neutral import cells, neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

REDRAW_SECONDS = 0.1
QUIET_SECONDS = 0.3  # a scan that ends sooner never flickers
_SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_SPINNER_ASCII = "|/-\\"
_MINUTE = 60
_ECHO_CELLS = 2  # of `^C`, which the terminal itself writes behind the line


@dataclass(frozen=True, slots=True)
class ProgressStyle:
    """What is written: `log` adds a plain line that stays for every stage that ends, terminal or not.

    `width` counts cells; without `unicode` the text is ASCII.
    """

    log: bool = False
    width: int = 80
    unicode: bool = True


_PLAIN = ProgressStyle()


@dataclass(slots=True)
class _Stage:
    started: float
    total: int | None
    done: int = 0


class TerminalObserver:
    """An observer that keeps one line of a stream up to date; use it as a context manager, which leaves the line empty however it ends.

    The line holds a spinner, the elapsed time and every stage under way, with its count and percentage where the total is known. It is drawn at
    most ten times a second, first after 0.3 seconds. It needs a terminal that understands a carriage return and nothing else: no colours, no
    cursor movements, nothing to restore. Any thread may report; a timer keeps the clock going while nobody does.
    """

    def __init__(self, stream: TextIO, *, enabled: bool, style: ProgressStyle = _PLAIN, clock: Callable[[], float] = time.monotonic) -> None:
        """`stream` is written to and flushed, never closed; `enabled` draws the line: for terminals that are not dumb. `clock` gives seconds."""
        self._stream = stream
        self._live = enabled
        self._log = style.log
        self._room = max(style.width - 1 - _ECHO_CELLS, 0)  # a full line makes some terminals wrap
        self._spinner = _SPINNER if style.unicode else _SPINNER_ASCII
        self._encoding = "utf-8" if style.unicode else "ascii"
        self._clock = clock
        self._stages: dict[str, _Stage] = {}
        self._began = clock()
        self._drawn_at = self._began + QUIET_SECONDS - REDRAW_SECONDS
        self._drawn_cells = 0
        self._frame = 0
        # A signal handler may report or clear while its own thread holds the lock.
        self._lock = threading.RLock()
        self._held = 0
        self._ticking: AbstractContextManager[None] = nullcontext()

    def __enter__(self) -> Self:
        if self._live:
            self._ticking = ticking(self._tick, REDRAW_SECONDS)
        self._ticking.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ticking.__exit__(kind, error, trace)
        with self._alone():
            self._clear()
            self._live = False

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage starts; one that was under way starts anew."""
        with self._alone():
            self._stages[stage] = _Stage(self._clock(), total)
            self._redraw()

    def advance(self, stage: str, steps: int = 1) -> None:
        """Some steps are done; a stage that nobody began is taken to begin now."""
        with self._alone():
            self._stages.setdefault(stage, _Stage(self._clock(), None)).done += steps
            self._redraw()

    def end(self, stage: str) -> None:
        """A stage is over."""
        with self._alone():
            ended = self._stages.pop(stage, None)
            if ended is not None and self._log:
                done = f", {ended.done:,} done" if ended.done else ""
                self.note(f"{stage}: {_duration(self._clock() - ended.started)}{done}")
            self._redraw()

    def note(self, text: str) -> None:
        """Write a line that stays, above the live one."""
        with self._alone():
            self._clear()
            self._write(f"{self._shown(text)}\n")

    def _tick(self) -> None:
        # It may be a signal's, in a thread that reports or waits to write: who reports now draws as well, and nobody may wait for the other here.
        if not self._lock.acquire(blocking=False):
            return
        try:
            if not self._held:
                with suppress(RuntimeError):  # it came while its own thread was writing something else to the same stream
                    self._redraw()
        finally:
            self._lock.release()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock:
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1

    def _redraw(self) -> None:
        now = self._clock()
        if not self._live or now - self._drawn_at < REDRAW_SECONDS:
            return
        if not self._stages:
            self._clear()
            return
        self._drawn_at = now
        self._frame += 1
        line = self._line(now)
        # The old line goes first, so that the cursor stands right behind the new one, where an echo is found and removed.
        blank = self._blank()
        self._drawn_cells = cells(line)
        self._write(f"{blank}{line}")

    def _line(self, now: float) -> str:
        stages = "  ".join(_progress(name, stage) for name, stage in self._stages.items())
        line = f"{self._spinner[self._frame % len(self._spinner)]} {_duration(now - self._began)}  {self._shown(stages)}"
        while cells(line) > self._room:
            line = line[:-1]
        return line

    def _clear(self) -> None:
        if self._drawn_cells:
            self._write(self._blank())
            self._drawn_cells = 0

    def _blank(self) -> str:
        return f"\r{' ' * (self._drawn_cells + _ECHO_CELLS)}\r" if self._drawn_cells else "\r"

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # The terminal went away or the stream was closed: nobody watches any more, and what they would have seen is no part of the result.
            self._live = self._log = False
            self._drawn_cells = 0

    def _shown(self, text: str) -> str:
        return neutral(text).encode(self._encoding, "backslashreplace").decode(self._encoding)


def _progress(name: str, stage: _Stage) -> str:
    if stage.total:
        return f"{name} {stage.done:,}/{stage.total:,} ({min(100, 100 * stage.done // stage.total)}%)"
    return f"{name} {stage.done:,}" if stage.done else name


def _duration(seconds: float) -> str:
    """Tenths of a second below ten, whole ones below a minute, else minutes and seconds."""
    if seconds < 10:  # noqa: PLR2004 -- said in the docstring
        return f"{seconds:.1f} s"
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(int(seconds), _MINUTE)
    return f"{minutes} min {rest:02} s"
