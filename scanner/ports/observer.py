"""Who is told how far the work has come."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Hears about progress; what it hears never changes a result."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage starts (a verb phrase for people: "parsing"); `total` is how many steps it has, where known."""
        ...

    def advance(self, stage: str, steps: int = 1) -> None:
        """Some steps of a stage are done."""
        ...

    def end(self, stage: str) -> None:
        """A stage is over."""
        ...


class SilentObserver:
    """Hears nothing: for `-q`, libraries and tests."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """Ignore it."""

    def advance(self, stage: str, steps: int = 1) -> None:
        """Ignore it."""

    def end(self, stage: str) -> None:
        """Ignore it."""
