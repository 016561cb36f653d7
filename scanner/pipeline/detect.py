"""Detect: every engine looks at the same snapshot, and what each says is gathered in one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.ports.engine import FileEngine, WholeEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

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


class Whole:
    """The engines that begin to conclude as soon as their results are there. `begun` holds, by their names, what waits for the end of each."""

    def __init__(self, snapshot: Snapshot, engines: Sequence[Engine], passes: Sequence[str], known: Collection[str]) -> None:
        """`passes` are the names of the engines that work file by file, in the order of their passes; `known` those of whom nothing is asked."""
        self._snapshot = snapshot
        engine_of = {engine.name: engine for engine in engines if isinstance(engine, WholeEngine) and engine.name not in known}
        self._engines = {number: engine_of[name] for number, name in enumerate(passes) if name in engine_of}
        self.begun: dict[str, Callable[[Observer], Detection]] = {}

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of their passes."""
        return frozenset(self._engines)

    def begin(self, results: Mapping[int, Mapping[str, Outcome[object]]]) -> None:
        """Begin, with the results of each of these passes."""
        for number, engine in self._engines.items():
            self.begun[engine.name] = engine.begin(self._snapshot, results[number])


def detect(  # noqa: PLR0913, PLR0917 -- what the engines need, and what is known of them
    snapshot: Snapshot,
    engines: Sequence[Engine],
    results: Mapping[str, Mapping[str, Outcome[object]]],
    observer: Observer,
    recollection: Recollection,
    begun: Mapping[str, Callable[[Observer], Detection]],
) -> Detected:
    """Run the engines one after the other, and wait for those that have `begun` at the end.

    `results` are those of the pass over all files, by the names of the engines that took part in it. What the `recollection` has of an earlier scan
    is not asked again, and what it has not it is told.
    """
    found = dict(recollection.known)
    for engine in sorted(engines, key=lambda engine: engine.name in begun):
        if engine.name in found:
            continue
        if engine.name in begun:
            said = begun[engine.name](observer)
        elif isinstance(engine, FileEngine) and engine.name in results:
            said = engine.conclude(snapshot, results[engine.name], observer)
        else:
            said = engine.detect(snapshot, observer)
        recollection.keep(engine.name, said)
        found[engine.name] = said
    detections = [found[engine.name] for engine in engines]
    return Detected(
        candidates=tuple(candidate for result in detections for candidate in result.candidates),
        runs=tuple(result.run for result in detections),
        problems=tuple(problem for result in detections for problem in result.problems),
        skipped=tuple(item for result in detections for item in result.skipped),
    )
