"""What shows findings where a change is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scanner.core.location import Span


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about one finding: at which place, and in which words (Markdown, made harmless)."""

    fingerprint: str
    place: Span
    body: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a review should say.

    `notes` are for findings that the change brings, most pressing first; `present` are the fingerprints of all findings that are still there;
    `summary` is the one comment about the whole, to which the publisher adds what it could not say at a line; `quiet` says that there is nothing to
    tell to somebody who has heard nothing before. `revision` is the commit the report is about, empty when it is not known.
    """

    notes: tuple[Note, ...]
    present: frozenset[str]
    summary: str
    quiet: bool
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a draft.

    How many comments were added, how many were already there, how many threads were resolved, and whether the summary was `created`, `updated`,
    `unchanged` or `unneeded`. `refused` says, where it is not empty, why nothing could be written at all.
    """

    added: int = 0
    known: int = 0
    resolved: int = 0
    summary: str = "unneeded"
    refused: str = ""
    remarks: tuple[str, ...] = ()


class Publisher(Protocol):
    """Brings a review up to date. Doing it twice changes nothing."""

    def publish(self, draft: Draft) -> Published:
        """What was done. Raises OutputError when the service cannot be reached or answers with nonsense; being refused is a value."""
        ...
