"""Reading one file of a hostile tree: once, never through a link, never from anything that can block, never more than a limit."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import Final

from scanner.core.coverage import Skip

_FILE_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_DIRECTORY_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC

_REASONS: Final = {
    errno.ELOOP: (Skip.SYMLINK, "became a symbolic link"),
    errno.ENXIO: (Skip.NOT_A_FILE, "a socket or a device"),
    errno.ENODEV: (Skip.NOT_A_FILE, "a device"),
    errno.ENAMETOOLONG: (Skip.TOO_DEEP, "the path is longer than the system opens"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not read. `vanished` says that it is not there any more, so that nothing was left out."""

    reason: Skip
    detail: str
    vanished: bool = False

    @classmethod
    def of(cls, error: OSError) -> Refusal:
        """The refusal an operating system's error stands for."""
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return cls(Skip.UNREADABLE, "vanished during the walk", vanished=True)
        reason, detail = _REASONS.get(error.errno or 0, (Skip.UNREADABLE, error.strerror or "cannot be read"))
        return cls(reason, detail)


def read_file(path: str, limit: int) -> bytes | Refusal:
    """The bytes of a regular file of at most `limit` bytes, or why there are none."""
    try:
        descriptor = os.open(path, _FILE_FLAGS)
    except OSError as error:
        return Refusal.of(error)
    try:
        return _read(descriptor, limit)
    except OSError as error:
        return Refusal.of(error)
    finally:
        os.close(descriptor)


def open_directory(path: str) -> int | Refusal:
    """A descriptor of a directory, which the caller closes, or why there is none."""
    try:
        return os.open(path, _DIRECTORY_FLAGS)
    except OSError as error:
        return Refusal.of(error)


def _read(descriptor: int, limit: int) -> bytes | Refusal:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return Refusal(Skip.NOT_A_FILE, "not a regular file")
    if status.st_size > limit:
        return _too_large(status.st_size, limit)
    chunks: list[bytes] = []
    left = limit + 1
    # One byte past the limit is asked for: a file may grow while it is read, and those of /proc call themselves empty.
    while left > 0 and (chunk := os.read(descriptor, min(left, max(status.st_size + 1, 65_536)))):
        chunks.append(chunk)
        left -= len(chunk)
    data = b"".join(chunks)
    return data if left > 0 else _too_large(len(data), limit)


def _too_large(size: int, limit: int) -> Refusal:
    return Refusal(Skip.TOO_LARGE, f"{size} bytes, over the limit of {limit}")
