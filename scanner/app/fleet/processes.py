"""The processes below one process, what memory they take, and their end."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROC: Final = Path("/proc")
_PARENT, _STARTED = 1, 19  # of what follows the name in /proc/PID/stat (proc(5), fields 4 and 22)
_KIB: Final = 1024


class Process(NamedTuple):
    """One process: its id, and when it started, by which it is known again should the id be given away."""

    pid: int
    started: str


def can_watch() -> bool:
    """Whether this system tells what memory another process takes."""
    return sys.platform == "linux" and (_PROC / "self" / "smaps_rollup").exists()


def known(pid: int) -> tuple[Process, ...]:
    """One process, by its id. Empty where it is gone, or the system does not tell."""
    fields = _stat(str(pid))
    return () if fields is None else (Process(pid, fields[_STARTED]),)


def family(pid: int) -> tuple[Process, ...]:
    """A process and all that descend from it. Empty where the process is gone, or the system does not tell."""
    parents: dict[int, list[int]] = {}
    found: dict[int, Process] = {}
    for name in _names():
        fields = _stat(name)
        if fields is not None:
            found[int(name)] = Process(int(name), fields[_STARTED])
            parents.setdefault(int(fields[_PARENT]), []).append(int(name))
    pending, members = [pid], []
    while pending:
        here = pending.pop()
        if here in found:
            members.append(found[here])
        pending += parents.get(here, [])
    return tuple(members)


def memory_of(processes: Iterable[Process]) -> int:
    """What they take together in bytes; pages that processes share are counted in parts (PSS)."""
    return sum(_proportional(process.pid) for process in processes)


def end(processes: Iterable[Process]) -> None:
    """Kill those that still run."""
    for process in processes:
        fields = _stat(str(process.pid))
        if fields is not None and fields[_STARTED] == process.started:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended meanwhile
                os.kill(process.pid, signal.SIGKILL)


def _names() -> list[str]:
    try:
        return [name for name in os.listdir(_PROC) if name.isdecimal()]  # noqa: PTH208 -- names only, thousands of times
    except OSError:
        return []


def _stat(name: str) -> list[str] | None:
    try:
        text = (_PROC / name / "stat").read_text("utf-8", "replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def _proportional(pid: int) -> int:
    try:
        text = (_PROC / str(pid) / "smaps_rollup").read_text("ascii", "replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * _KIB for line in text.splitlines() if line.startswith("Pss:")), 0)
