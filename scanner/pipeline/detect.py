"""Detect: every engine looks at the same snapshot, and what each says is gathered in one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.ports.engine import FileEngine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.core.coverage import EngineRun, SkippedPath
    from scanner.core.finding import Candidate
    from scanner.core.problem import Problem
    from scanner.pipeline.recall import Recollection
    from scanner.ports.engine import Detection, Engine
    from scanner.ports.executor import Outcome
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


@dataclass(frozen=True, slots=True)
class Detected:
    """All engines' words together."""

    candidates: tuple[Candidate, ...]
    runs: tuple[EngineRun, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[SkippedPath, ...]


def detect(
    snapshot: Snapshot,
    engines: Sequence[Engine],
    results: Mapping[str, Mapping[str, Outcome[object]]],
    observer: Observer,
    recollection: Recollection | None = None,
) -> Detected:
    """Run the engines one after the other: each uses all the processors it is given.

    `results` are those of the pass over all files, by the names of the engines that took part in it. What the `recollection` has of an earlier scan
    is not asked again, and what it has not it is told.
    """
    detections: list[Detection] = []
    for engine in engines:
        found = recollection.known.get(engine.name) if recollection else None
        if found is None:
            if isinstance(engine, FileEngine) and engine.name in results:
                found = engine.conclude(snapshot, results[engine.name], observer)
            else:
                found = engine.detect(snapshot, observer)
            if recollection:
                recollection.keep(engine.name, found)
        detections.append(found)
    return Detected(
        candidates=tuple(candidate for result in detections for candidate in result.candidates),
        runs=tuple(result.run for result in detections),
        problems=tuple(problem for result in detections for problem in result.problems),
        skipped=tuple(item for result in detections for item in result.skipped),
    )
