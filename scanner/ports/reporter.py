"""What turns a report into text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scanner.core.report import ScanReport


class Reporter(Protocol):
    """A pure function: the same report gives the same text."""

    def __call__(self, report: ScanReport) -> str:
        """The whole text, ending in a line end."""
        ...
