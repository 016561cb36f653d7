"""What this program is made of, in one word: part of the key of everything that is kept for a later run."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import scanner
from scanner.core.version import VERSION

_PARSERS: Final = "tree_sitter"
_INSTALLED: Final = (".dist-info", ".egg-info")


@cache
def own_code() -> str:
    """What stands for our code, byte for byte, for that of the parsers, and for Python's."""
    made = blake2b(repr((VERSION, sys.version_info, sys.byteorder, _parsers())).encode("utf-8", "surrogateescape"), digest_size=16)
    root = Path(scanner.__file__).parent
    for path in sorted(root.rglob("*.py")):
        data = path.read_bytes()
        made.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return made.hexdigest()


def _parsers() -> list[str]:
    """The parsers that are installed, with their versions, by the names of their records: opening all records would take longer than a small scan."""
    found: set[str] = set()
    for place in sys.path:
        with suppress(OSError):
            found.update(name for name in os.listdir(place) if name.startswith(_PARSERS) and name.endswith(_INSTALLED))  # noqa: PTH208 -- names only
    return sorted(found)
