"""What remembers between runs."""

from __future__ import annotations

from typing import Protocol


class Store(Protocol):
    """Bytes by key, in named shelves. A store that cannot be read or written behaves like an empty one and says so once, through its maker."""

    def get(self, shelf: str, key: str) -> bytes | None:
        """What was put there, or None."""
        ...

    def put(self, shelf: str, key: str, value: bytes) -> None:
        """Keep it, durable once this returns: a process killed afterwards has lost nothing."""
        ...
