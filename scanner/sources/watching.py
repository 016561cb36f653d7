"""Noticing that files changed, by asking the system for their times and sizes: no file is opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from scanner.sources.names import is_version_control, vendored_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path


class Stamp(NamedTuple):
    """What changes when a file does."""

    modified: int
    changed: int
    size: int
    inode: int


def stamps(targets: Iterable[Path], without: Collection[Path] = ()) -> dict[str, Stamp]:
    """The files at and below some paths. Links are not followed; what a scan leaves out by its name is left out, and what is in `without`."""
    found: dict[str, Stamp] = {}
    unwanted = {os.fspath(path) for path in without}
    waiting = [os.fspath(target) for target in targets]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as opened:
                entries = list(opened)
        except NotADirectoryError:
            _note(place, found)
            continue
        except OSError:
            continue  # gone, or closed to us: the scan says so
        siblings = {entry.name for entry in entries}
        folder = os.path.basename(place)  # noqa: PTH119 -- a string of many
        for entry in entries:
            directory = entry.is_dir(follow_symlinks=False)
            left_out = is_version_control(entry.name, is_directory=directory) or (directory and vendored_name(entry.name, folder, siblings))
            if left_out or entry.path in unwanted:
                continue
            if directory:
                waiting.append(entry.path)
            else:
                _note(entry.path, found)
    return found


def _note(path: str, found: dict[str, Stamp]) -> None:
    try:
        status = os.lstat(path)
    except OSError:
        return
    found[path] = Stamp(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
