"""Collect: which files there are, whether each parses, and which of their comments speak to us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.core.coverage import Skip, SkippedPath
from scanner.ports.executor import Failure
from scanner.syntax.inspection import InspectJob, inspect_file

if TYPE_CHECKING:
    from scanner.core.problem import Problem
    from scanner.ports.code_index import Comment
    from scanner.ports.executor import Executor, Lost
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot

STAGE = "parsing"
SECONDS_PER_FILE = 20.0
_REASONS = {Failure.TIMEOUT: Skip.TIMEOUT, Failure.CRASHED: Skip.CRASHED, Failure.ERROR: Skip.CRASHED}


@dataclass(frozen=True, slots=True)
class Collected:
    """What the pass over all files learned. `unparsed` are the paths that no one should try to parse again."""

    partial: tuple[str, ...]
    skipped: tuple[SkippedPath, ...]
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def unparsed(self) -> frozenset[str]:
        """The paths that could not be parsed."""
        return frozenset(item.path for item in self.skipped)


def collect(snapshot: Snapshot, executor: Executor, observer: Observer) -> Collected:
    """Parse every file in worker processes. A file that breaks its parser costs itself only, and is named with the reason."""
    jobs = [InspectJob(str(snapshot.root), file.path, file.language) for file in snapshot.files if file.language]
    partial: list[str] = []
    skipped: list[SkippedPath] = []
    comments: list[Comment] = []
    observer.begin(STAGE, len(jobs))
    try:
        for job, outcome in zip(jobs, executor.map(inspect_file, jobs, seconds=SECONDS_PER_FILE), strict=True):
            observer.advance(STAGE)
            facts = outcome.result
            if facts is None:
                skipped.append(_lost(job.path, outcome.lost))
                continue
            comments.extend(facts.comments)
            if facts.skipped is not None:
                skipped.append(facts.skipped)
            elif facts.partial:
                partial.append(facts.path)
    finally:
        observer.end(STAGE)
    return Collected(tuple(sorted(partial)), tuple(sorted(skipped)), tuple(comments))


def _lost(path: str, lost: Lost | None) -> SkippedPath:
    if lost is None:
        return SkippedPath(path, Skip.CRASHED)
    return SkippedPath(path, _REASONS[lost.failure], lost.detail)
