"""Reading files of a tree that may be hostile."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class ConfinedReadError(OSError):
    """The path leads out of the root, or is not a regular file, or is larger than allowed."""


def read_confined(root: Path, path: str, limit: int) -> bytes:
    """The bytes of the regular file `path` below the absolute directory `root`, at most `limit` of them.

    No symlink is followed, neither at the end of the path nor on the way. Raises ConfinedReadError (an OSError) for what must not be read, and
    OSError for what cannot be.
    """
    full = root / path
    if os.path.realpath(full) != str(Path(os.path.realpath(root)) / path):
        msg = f"{path} does not stay below the root"
        raise ConfinedReadError(msg)
    descriptor = os.open(full, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            msg = f"{path} is not a regular file"
            raise ConfinedReadError(msg)
        if status.st_size > limit:
            msg = f"{path} is larger than {limit} bytes"
            raise ConfinedReadError(msg)
    except OSError:
        os.close(descriptor)
        raise
    with open(descriptor, "rb") as stream:  # noqa: PTH123 -- a descriptor, opened with flags that Path.open cannot pass
        return stream.read(limit)
