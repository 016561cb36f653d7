"""What this program is made of, in one word: part of the key of everything that is kept for a later run."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

import scanner
from scanner.core.version import VERSION
from scanner.core.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARSERS: Final = "tree_sitter"
_INSTALLED: Final = (".dist-info", ".egg-info")
_SETTLED: Final = 2 * 10**9  # nanoseconds: what changed later than that may change again within the same tick of the file system's clock


@cache
def own_code() -> str:
    """What stands for our code, byte for byte, for that of the parsers, and for Python's."""
    made = blake2b(repr((VERSION, sys.version_info, sys.byteorder, _parsers())).encode("utf-8", "surrogateescape"), digest_size=16)
    made.update(contents(Path(scanner.__file__).parent, (".py",)).encode())
    return made.hexdigest()


def contents(directory: Path, endings: tuple[str, ...]) -> str:
    """What stands for the bytes and the paths of all files below a directory whose names end so.

    To read them all takes longer than a small scan. So what they were made of is noted beside our modules' bytecode, and a note is believed while
    every file has the size, the times and the number that the system gave it when it was read. Who can write there can change the program itself.
    """
    files = _files(directory, endings)
    stamps = [(path, *_stamp(entry.stat())) for path, entry in files]
    seen = blake2b(repr((directory, stamps)).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    place, name = note_file(), " ".join(endings)
    notes = _notes(place)
    match notes.get(name):
        case [str(known), str(digest)] if known == seen:
            return digest
    digest = _digest(files)
    if max((entry.stat().st_ctime_ns for _, entry in files), default=0) + _SETTLED < time.time_ns():
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            replace_file(place, json.dumps({**notes, name: [seen, digest]}).encode(), mode=0o644)
    return digest


def note_file() -> Path:
    """Where it is noted."""
    return Path(importlib.util.cache_from_source(__file__)).with_name(f"contents.{sys.implementation.cache_tag}.json")


def _notes(place: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        notes = json.loads(place.read_bytes())
        return notes if isinstance(notes, dict) else {}
    return {}


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _digest(files: Iterable[tuple[str, os.DirEntry[str]]]) -> str:
    made = blake2b(digest_size=16)
    for path, entry in files:
        data = Path(entry.path).read_bytes()
        made.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return made.hexdigest()


def _files(directory: Path, endings: tuple[str, ...]) -> list[tuple[str, os.DirEntry[str]]]:
    """The files by their paths relative to the directory; sorted."""
    found: dict[str, os.DirEntry[str]] = {}
    waiting = [("", os.fspath(directory))]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                elif entry.name.endswith(endings):
                    found[prefix + entry.name] = entry
    return sorted(found.items())


def _parsers() -> list[str]:
    """The parsers that are installed, with their versions, by the names of their records: opening all records would take longer than a small scan."""
    found: set[str] = set()
    for place in sys.path:
        with suppress(OSError):
            found.update(name for name in os.listdir(place) if name.startswith(_PARSERS) and name.endswith(_INSTALLED))  # noqa: PTH208 -- names only
    return sorted(found)
