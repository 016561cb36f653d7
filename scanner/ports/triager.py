"""What judges findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from scanner.core.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.core.finding import Finding
    from scanner.core.problem import Problem
    from scanner.core.verdict import Judgement
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


@dataclass(frozen=True, slots=True)
class Triage:
    """What became of the findings that were given: a judgement for each, by fingerprint, what went wrong, and what it cost together.

    `usage` may exceed the sum of the judgements': calls of cases that failed count as well.
    """

    judgements: Mapping[str, Judgement]
    problems: tuple[Problem, ...] = ()
    usage: Usage = field(default_factory=Usage)


class Triager(Protocol):
    """Judges findings. What goes wrong with one of them is an Undecided verdict; it never removes, moves or renames a finding."""

    def judge(self, snapshot: Snapshot, findings: Sequence[Finding], observer: Observer) -> Triage:
        """A judgement for each finding. Raises ScannerError only before the first case is opened (a key that is refused, a model that is gone)."""
        ...
