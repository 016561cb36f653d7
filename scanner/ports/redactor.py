"""What keeps secrets out of everything that leaves the process."""

from __future__ import annotations

from typing import Protocol


class Redactor(Protocol):
    """Masks secrets in text."""

    def mask(self, text: str) -> str:
        """The text with every secret found in it masked; its line count and the length of each line in characters stay the same."""
        ...
