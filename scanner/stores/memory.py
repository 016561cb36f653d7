"""A store that forgets when the process ends: for tests, and where there is no file to keep things in."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

DEFAULT_MAX_BYTES: Final = 200_000_000


class MemoryStore:
    """A Store of bounded size in memory; the least recently used entries make room."""

    def __init__(self, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        """`max_bytes` counts values and keys."""
        self._lock = threading.Lock()
        self._max_bytes = max_bytes
        self._entries: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._bytes = 0

    def get(self, shelf: str, key: str) -> bytes | None:
        """What was put there, or None."""
        with self._lock:
            value = self._entries.get((shelf, key))
            if value is not None:
                self._entries.move_to_end((shelf, key))
            return value

    def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep it, unless it alone is larger than the store."""
        with self._lock:
            self._drop((shelf, key))
            size = entry_size(shelf, key, value)
            if size > self._max_bytes:
                return
            self._entries[shelf, key] = bytes(value)
            self._bytes += size
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def clear(self) -> int:
        """Forget everything. Returns how many entries there were."""
        with self._lock:
            number = len(self._entries)
            self._entries.clear()
            self._bytes = 0
            return number

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    @property
    def bytes(self) -> int:
        """How much they hold, keys counted."""
        return self._bytes

    def _drop(self, name: tuple[str, str]) -> None:
        value = self._entries.pop(name, None)
        if value is not None:
            self._bytes -= entry_size(*name, value)


def entry_size(shelf: str, key: str, value: bytes) -> int:
    """What an entry takes, in bytes."""
    return len(shelf.encode("utf-8", "surrogatepass")) + len(key.encode("utf-8", "surrogatepass")) + len(value)
