"""Collect: one pass over all files. Each is read and parsed once, for everything that works on one file at a time.

That is the inspection (does it parse, which of its comments speak to us) and what the engines do with a file before they see all of them together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.ports.engine import FilePass, OpenedFile
from scanner.ports.executor import Failure, Lost, Outcome
from scanner.syntax.grammars import has_grammar
from scanner.syntax.inspection import FileFacts, inspect_parsed
from scanner.syntax.parse import Parsed, Unparsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scanner.core.problem import Problem
    from scanner.ports.code_index import Comment
    from scanner.ports.executor import Executor
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot, SourceFile

STAGE = "reading"
SECONDS_PER_FILE = 90.0  # as a last resort: every pass counts its own steps
_MOST_BYTES = 64 * 1024 * 1024  # a file that grew past this since it was listed is not read whole; the source's own limit lies far below
_REASONS = {Failure.TIMEOUT: Skip.TIMEOUT, Failure.CRASHED: Skip.CRASHED, Failure.ERROR: Skip.CRASHED}


@dataclass(frozen=True, slots=True)
class Collected:
    """What the pass over all files learned. `unparsed` are the paths that no one should try to parse again.

    `results` holds, for each pass by its number, what became of each path of its jobs.
    """

    partial: tuple[str, ...]
    skipped: tuple[SkippedPath, ...]
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...] = ()
    results: tuple[Mapping[str, Outcome[object]], ...] = field(default=(), repr=False)

    @property
    def unparsed(self) -> frozenset[str]:
        """The paths that could not be parsed."""
        return frozenset(item.path for item in self.skipped)


class _Job(NamedTuple):
    """One file, and the jobs of the passes that want it, by their numbers; `inspected` is False where only the passes are of interest."""

    root: str
    path: str
    language: str
    wanted: tuple[tuple[int, object], ...]
    inspected: bool = True


class _Looked(NamedTuple):
    """What became of one file."""

    facts: FileFacts | None
    results: tuple[tuple[int, object], ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at one file, in a worker process."""

    passes: tuple[FilePass, ...]

    def __call__(self, job: _Job) -> _Looked:
        data = read_confined(job.root, job.path, _MOST_BYTES)
        if isinstance(data, Unreadable):
            return _Looked(FileFacts(job.path, skipped=SkippedPath(job.path, data.reason, data.detail)), ())
        parsed = parse(job.language, data) if has_grammar(job.language) else None
        facts = inspect_parsed(job.path, job.language, data, parsed) if job.inspected else None
        skipped = SkippedPath(job.path, parsed.reason, parsed.detail) if isinstance(parsed, Unparsed) else None
        file = OpenedFile(job.path, job.language, data, parsed if isinstance(parsed, Parsed) else None, skipped)
        return _Looked(facts, tuple((number, self.passes[number].run(file, given)) for number, given in job.wanted))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel without the jobs of all files: each comes with its own."""
        return _look, tuple(item.run for item in self.passes)


def _look(*runs: Callable[[OpenedFile, object], object]) -> _Look:
    return _Look(tuple(FilePass(run, {}) for run in runs))


def collect(snapshot: Snapshot, executor: Executor, observer: Observer, passes: Sequence[FilePass] = ()) -> Collected:
    """Look at every file in worker processes. A file that breaks its parser costs itself only, and is named with the reason.

    A file that is lost with all passes on it is looked at again with one at a time, so that what breaks one of them costs the others nothing.
    """
    root = os.fspath(snapshot.root)
    look = _Look(tuple(passes))
    jobs = [_Job(root, file.path, file.language, _wanted(file, passes)) for file in snapshot.files]
    gathered = _Gathered(tuple({} for _ in passes))
    observer.begin(STAGE, len(jobs))
    try:
        for job, outcome in zip(jobs, executor.map(look, jobs, seconds=SECONDS_PER_FILE), strict=True):
            observer.advance(STAGE)
            if outcome.result is None and job.wanted:
                gathered.again.extend(_apart(job))
            else:
                gathered.take(job, outcome)
        for job, outcome in zip(gathered.again, executor.map(look, gathered.again, seconds=SECONDS_PER_FILE), strict=True):
            gathered.take(job, outcome)
    finally:
        observer.end(STAGE)
    return Collected(tuple(sorted(gathered.partial)), tuple(sorted(gathered.skipped)), tuple(gathered.comments), results=gathered.results)


def _wanted(file: SourceFile, passes: Sequence[FilePass]) -> tuple[tuple[int, object], ...]:
    return tuple((number, one.jobs[file.path]) for number, one in enumerate(passes) if file.path in one.jobs)


def _apart(job: _Job) -> Iterator[_Job]:
    """The inspection alone, then each pass alone."""
    yield job._replace(wanted=())
    for one in job.wanted:
        yield job._replace(wanted=(one,), inspected=False)


@dataclass(slots=True)
class _Gathered:
    """What has come in so far."""

    results: tuple[dict[str, Outcome[object]], ...]
    partial: list[str] = field(default_factory=list)
    skipped: list[SkippedPath] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    again: list[_Job] = field(default_factory=list)

    def take(self, job: _Job, outcome: Outcome[_Looked]) -> None:
        looked = outcome.result
        if looked is None:
            lost = outcome.lost or Lost(Failure.CRASHED)
            if job.inspected:
                self.skipped.append(SkippedPath(job.path, _REASONS[lost.failure], lost.detail))
            for number, _ in job.wanted:
                self.results[number][job.path] = Outcome(None, lost)
            return
        for number, result in looked.results:
            self.results[number][job.path] = Outcome(result)
        if looked.facts is not None and job.inspected:
            self._inspected(looked.facts)

    def _inspected(self, facts: FileFacts) -> None:
        self.comments.extend(facts.comments)
        if facts.skipped is not None:
            self.skipped.append(facts.skipped)
        elif facts.partial:
            self.partial.append(facts.path)
