"""Reading a file that must lie below the scanned root, whatever the tree's author did with links."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from scanner.core.coverage import Skip

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_CHUNK = 1 << 16
# O_NONBLOCK: opening a named pipe must not wait for its writer.
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file was not read."""

    reason: Skip
    detail: str = ""


def stays_below(path: str) -> bool:
    """Whether a relative path, taken by its letters alone, names something below its root."""
    parts = _parts(path)
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def _parts(path: str) -> list[str]:
    """The names that a path goes through. Every file of a scan comes by here, and `PurePosixPath` takes its time."""
    return [part for part in path.split("/") if part not in {"", "."}]


def read_confined(root: str | os.PathLike[str], path: str, max_bytes: int) -> bytes | Unreadable:
    """The bytes of a regular file below `root`; no symbolic link below the root is followed, and no more than `max_bytes` are read.

    `root` is a directory that the user named, `path` is relative to it with `/` between its parts.
    """
    if not stays_below(path):
        return Unreadable(Skip.OUTSIDE_ROOT, "the path leaves the scanned directory")
    try:
        by_steps = _NOFOLLOW and os.open in os.supports_dir_fd
        descriptor = (_open_by_steps if by_steps else _open_resolved)(root, _parts(path))
        try:
            return _read(descriptor, max_bytes)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _explain(error)


def must_read(root: str | os.PathLike[str], path: str, max_bytes: int) -> bytes:
    """The same for a file that was there a moment ago. Raises OSError, saying why, when it cannot be read any more."""
    data = read_confined(root, path, max_bytes)
    if isinstance(data, Unreadable):
        raise OSError(errno.EIO, data.detail or data.reason.value, path)
    return data


def _read(descriptor: int, max_bytes: int) -> bytes | Unreadable:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return Unreadable(Skip.NOT_A_FILE)
    if status.st_size <= max_bytes:
        data = _all(descriptor, status.st_size, max_bytes)
        if len(data) <= max_bytes:
            return data
    return Unreadable(Skip.TOO_LARGE, f"more than {max_bytes} bytes")


def _all(descriptor: int, size: int, max_bytes: int) -> bytes:
    """What there is to read, and one byte more than `max_bytes` at most: a file may grow while it is read."""
    data = os.read(descriptor, size + 1)
    while len(data) != size and len(data) <= max_bytes and (more := os.read(descriptor, min(max_bytes + 1 - len(data), _CHUNK))):
        data += more
    return data


def _open_by_steps(root: str | os.PathLike[str], parts: list[str]) -> int:
    """Open one directory after the other, so that no step can be swapped for a link between a check and its use."""
    *directories, name = parts
    here = os.open(root, _DIRECTORY)
    try:
        for part in directories:
            below = os.open(part, _DIRECTORY | _NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        return os.open(name, _FILE, dir_fd=here)
    finally:
        os.close(here)


def _open_resolved(root: str | os.PathLike[str], parts: list[str]) -> int:
    """For systems that cannot open relative to a directory: every step is checked for being a link first."""
    here = Path(root)
    for part in parts:
        here = here / part
        if here.is_symlink():
            raise OSError(errno.ELOOP, "a symbolic link", part)
    return os.open(here, _FILE)


def _explain(error: OSError) -> Unreadable:
    if error.errno in {errno.ELOOP, errno.EMLINK}:
        return Unreadable(Skip.SYMLINK)
    if error.errno == errno.ENOTDIR:
        return Unreadable(Skip.SYMLINK, "a part of the path is a link or no directory")  # Linux says ENOTDIR for a link where a directory must be
    return Unreadable(Skip.UNREADABLE, error.strerror or type(error).__name__)
