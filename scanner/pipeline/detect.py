"""Detect: every engine looks at the same snapshot, and what each says is gathered in one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.coverage import EngineRun, SkippedPath
    from scanner.core.finding import Candidate
    from scanner.core.problem import Problem
    from scanner.ports.engine import Engine
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


@dataclass(frozen=True, slots=True)
class Detected:
    """All engines' words together."""

    candidates: tuple[Candidate, ...]
    runs: tuple[EngineRun, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[SkippedPath, ...]


def detect(snapshot: Snapshot, engines: Sequence[Engine], observer: Observer) -> Detected:
    """Run the engines one after the other: each uses all the processors it is given."""
    results = [engine.detect(snapshot, observer) for engine in engines]
    return Detected(
        candidates=tuple(candidate for result in results for candidate in result.candidates),
        runs=tuple(result.run for result in results),
        problems=tuple(problem for result in results for problem in result.problems),
        skipped=tuple(item for result in results for item in result.skipped),
    )
