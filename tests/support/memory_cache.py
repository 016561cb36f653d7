"""A scan cache in memory that counts, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class MemoryCache:
    """A ScanCache that keeps values as they are."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], object] = {}

    def recall(self, shelf: str, keys: Sequence[str]) -> Mapping[str, object]:
        """What was remembered."""
        return {key: self.held[shelf, key] for key in keys if (shelf, key) in self.held}

    def remember(self, shelf: str, values: Mapping[str, object]) -> None:
        """Keep it."""
        self.held.update({(shelf, key): value for key, value in values.items()})
