"""What detects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from scanner.core.coverage import EngineRun, SkippedPath
    from scanner.core.finding import Candidate
    from scanner.core.problem import Problem
    from scanner.core.rule import Rule
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


@dataclass(frozen=True, slots=True)
class Detection:
    """What an engine says: candidates sorted by place and rule, and an honest account of what it did and did not do."""

    candidates: tuple[Candidate, ...]
    run: EngineRun
    problems: tuple[Problem, ...] = ()
    skipped: tuple[SkippedPath, ...] = ()


class Engine(Protocol):
    """One kind of detection, with its rules already chosen. It never raises for what is wrong with the scanned code."""

    @property
    def name(self) -> str:
        """The engine's name, as rules and reports write it."""
        ...

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it will run, sorted by id."""
        ...

    def detect(self, snapshot: Snapshot, observer: Observer) -> Detection:
        """Look at the snapshot's files. The same snapshot gives the same detection, in the same order."""
        ...
