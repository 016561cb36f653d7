"""Collect: one pass over all files, for everything that works on one file at a time. Each is read once, and parsed where anybody asks for its tree.

That is the inspection (does it parse, which of its comments speak to us) and what the engines do with a file before they see all of them together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.files import Unreadable, read_confined
from scanner.pipeline.recall import file_keys
from scanner.ports.cache import NoCache, key_of
from scanner.ports.engine import FilePass, OpenedFile
from scanner.ports.executor import Failure, Lost, Outcome
from scanner.syntax.grammars import has_grammar
from scanner.syntax.inspection import FileFacts, inspect_parsed, marked
from scanner.syntax.parse import Parsed, Unparsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from scanner.core.problem import Problem
    from scanner.ports.cache import ScanCache
    from scanner.ports.code_index import Comment
    from scanner.ports.executor import Executor
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot, SourceFile

STAGE = "reading"
SECONDS_PER_FILE = 90.0  # as a last resort: every pass counts its own steps
_MOST_BYTES = 64 * 1024 * 1024  # a file that grew past this since it was listed is not read whole; the source's own limit lies far below
_MANY: Final = 64  # files to look at, from which on a second turn is worth its processes
_INSPECTION: Final = "inspection"
_NOTHING: Final = ()  # stands for a file of which there is nothing to say: what is alike is read once
_RESULTS: Final = "results"
_NO_CACHE: Final = NoCache()
_REASONS = {Failure.TIMEOUT: Skip.TIMEOUT, Failure.CRASHED: Skip.CRASHED, Failure.ERROR: Skip.CRASHED}


@dataclass(frozen=True, slots=True)
class Collected:
    """What the pass over all files learned. `unparsed` are the paths that no one should try to parse again.

    `results` holds, for each pass by its number, what became of each path of its jobs. `changed` are the files that were not read as the snapshot
    lists them, or not at all.
    """

    partial: tuple[str, ...]
    skipped: tuple[SkippedPath, ...]
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...] = ()
    results: tuple[Mapping[str, Outcome[object]], ...] = field(default=(), repr=False)
    changed: frozenset[str] = frozenset()

    @property
    def unparsed(self) -> frozenset[str]:
        """The paths that could not be parsed."""
        return frozenset(item.path for item in self.skipped)


class _Job(NamedTuple):
    """One file, and the jobs of the passes that want it, by their numbers; `inspected` is False where only the passes are of interest.

    `trees` says that some pass asks for its tree, be it one whose result is known already. `digest` is that of the bytes it held when it was listed.
    """

    root: str
    path: str
    language: str
    wanted: tuple[tuple[int, object], ...]
    trees: bool
    inspected: bool = True
    digest: str = ""

    def turns(self, first: Collection[int], later: Collection[int]) -> tuple[_Job | None, _Job | None]:
        """What of it is done at once, and what can come `later`, of passes that ask for no tree. Only a file that the `first` want is read twice."""
        if not any(number in first for number, _ in self.wanted):
            return None, self
        now, then = (tuple(one for one in self.wanted if (one[0] in later) is late) for late in (False, True))
        return self._replace(wanted=now), self._replace(wanted=then, trees=False, inspected=False) if then else None


class _Looked(NamedTuple):
    """What became of one file. `same` says that its bytes are those that were listed."""

    facts: FileFacts | None
    results: tuple[tuple[int, object], ...]
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at one file, in a worker process."""

    passes: tuple[FilePass, ...]

    def __call__(self, job: _Job) -> _Looked:
        data = read_confined(job.root, job.path, _MOST_BYTES)
        if isinstance(data, Unreadable):
            return _Looked(FileFacts(job.path, skipped=SkippedPath(job.path, data.reason, data.detail)), ())
        asked = has_grammar(job.language) and (job.trees or (job.inspected and marked(data)))
        parsed = parse(job.language, data) if asked else None
        facts = inspect_parsed(job.path, job.language, data, parsed) if job.inspected else None
        skipped = SkippedPath(job.path, parsed.reason, parsed.detail) if isinstance(parsed, Unparsed) else None
        file = OpenedFile(job.path, job.language, data, parsed if isinstance(parsed, Parsed) else None, skipped)
        results = tuple((number, self.passes[number].run(file, given)) for number, given in job.wanted)
        return _Looked(facts, results, sha256(data).hexdigest() == job.digest)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel without the jobs of all files: each comes with its own."""
        return _look, tuple(item.run for item in self.passes)


def _look(*runs: Callable[[OpenedFile, object], object]) -> _Look:
    return _Look(tuple(FilePass(run, {}) for run in runs))


class First(NamedTuple):
    """The passes, by number, whose results somebody waits for, and who is told when all of them are there."""

    passes: frozenset[int]
    ready: Callable[[Mapping[int, Mapping[str, Outcome[object]]]], None]


def collect(  # noqa: PLR0913 -- the stage's tools, and what they are for
    snapshot: Snapshot,
    executor: Executor,
    observer: Observer,
    passes: Sequence[FilePass] = (),
    cache: ScanCache = _NO_CACHE,
    *,
    first: First | None = None,
) -> Collected:
    """Look at every file in worker processes. A file that breaks its parser costs itself only, and is named with the reason.

    A file that is lost with all passes on it is looked at again with one at a time, so that what breaks one of them costs the others nothing.
    What `cache` remembers is not done again. Where there is much to do, passes that need no tree come after the `first`, beside what these lead to.
    """
    look = _Look(tuple(passes))
    gathered = _Gathered(_Remembered(snapshot.files, passes, cache))
    jobs = list(gathered.known.jobs(os.fspath(snapshot.root)))
    waiting = frozenset(number for number, one in enumerate(passes) if first and number not in first.passes and not one.trees)
    turns = [jobs]
    if first and waiting and executor.workers > 1 and sum(any(number in first.passes for number, _ in job.wanted) for job in jobs) >= _MANY:
        both = [job.turns(first.passes, waiting) for job in jobs]
        turns = [[now for now, _ in both if now], [then for _, then in both if then]]
    for number in sorted({number for job in jobs for number, _ in job.wanted}):
        passes[number].prepare()
    observer.begin(STAGE, sum(map(len, turns)))
    try:
        for turn, now in enumerate(turns):
            _run(look, now, executor, observer, gathered)
            if first and not turn:
                first.ready({number: gathered.results_of(number, passes[number]) for number in sorted(first.passes)})
    finally:
        observer.end(STAGE)
    return gathered.all(snapshot.files, passes)


def _run(look: _Look, jobs: Sequence[_Job], executor: Executor, observer: Observer, gathered: _Gathered) -> None:
    again: list[_Job] = []
    for job, outcome in zip(jobs, executor.map(look, jobs, seconds=SECONDS_PER_FILE), strict=True):
        observer.advance(STAGE)
        if outcome.result is None and job.wanted:
            again.extend(_apart(job))
        else:
            gathered.take(job, outcome)
    for job, outcome in zip(again, executor.map(look, again, seconds=SECONDS_PER_FILE), strict=True):
        gathered.take(job, outcome)


def _apart(job: _Job) -> Iterator[_Job]:
    """The inspection alone, then each pass alone."""
    if job.inspected:
        yield job._replace(wanted=())
    for one in job.wanted:
        yield job._replace(wanted=(one,), inspected=False)


class _Remembered:
    """What is known of the files, and what is found out about the others, to be known the next time."""

    def __init__(self, files: Sequence[SourceFile], passes: Sequence[FilePass], cache: ScanCache) -> None:
        self._files = files
        self._passes = passes
        self._cache = cache
        self._trees = frozenset[str]().union(*(one.trees for one in passes))
        self._inspection = {file.path: key_of(_INSPECTION, file.path, file.language, file.digest, file.path in self._trees) for file in files}
        self._whole = key_of(_INSPECTION, *self._inspection.values())
        self._keys = [file_keys(one, files) for one in passes]
        self._new: dict[str, object] = {}
        self.inspected = self._recall_inspection()
        found = cache.recall(_RESULTS, [key for keys in self._keys for key in keys.values()])
        self.results = [{path: found[key] for path, key in keys.items() if key in found} for keys in self._keys]

    def _recall_inspection(self) -> dict[str, FileFacts]:
        whole = self._cache.recall(_INSPECTION, [self._whole]).get(self._whole)
        if isinstance(whole, tuple):  # those of which there is something to say
            told = {facts.path: facts for facts in whole}
            return {path: told.get(path) or FileFacts(path) for path in self._inspection}
        found = self._cache.recall(_INSPECTION, list(self._inspection.values()))
        known = ((path, FileFacts(path) if found[key] == _NOTHING else found[key]) for path, key in self._inspection.items() if key in found)
        return {path: facts for path, facts in known if isinstance(facts, FileFacts)}

    def jobs(self, root: str) -> Iterator[_Job]:
        """What is left to do."""
        for file in self._files:
            inspected = file.path in self.inspected
            wanted = tuple(
                (number, one.jobs[file.path])
                for number, one in enumerate(self._passes)
                if file.path in one.jobs and file.path not in self.results[number]
            )
            if wanted or not inspected:
                yield _Job(root, file.path, file.language, wanted, file.path in self._trees, not inspected, file.digest)

    def note(self, number: int, path: str, result: object) -> None:
        """What a pass said of a file whose bytes are as they were listed."""
        key = self._keys[number].get(path)
        if key:
            self._new[key] = result

    def keep(self, facts: Mapping[str, FileFacts], *, all_the_same: bool) -> None:
        """Remember what was found out. `facts` are those of all files that were looked at now."""
        self._cache.remember(_RESULTS, self._new)
        told = {path: _NOTHING if item == FileFacts(path) else item for path, item in facts.items()}
        self._cache.remember(_INSPECTION, {self._inspection[path]: item for path, item in told.items()})
        if all_the_same and facts:
            every = (facts.get(path) or self.inspected[path] for path in self._inspection)
            self._cache.remember(_INSPECTION, {self._whole: tuple(item for item in every if item != FileFacts(item.path))})


@dataclass(slots=True)
class _Gathered:
    """What has come in so far."""

    known: _Remembered
    facts: dict[str, FileFacts] = field(default_factory=dict)
    results: dict[tuple[int, str], Outcome[object]] = field(default_factory=dict)
    skipped: list[SkippedPath] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def take(self, job: _Job, outcome: Outcome[_Looked]) -> None:
        looked = outcome.result
        if looked is None:
            lost = outcome.lost or Lost(Failure.CRASHED)
            self.changed.add(job.path)
            if job.inspected:
                self.skipped.append(SkippedPath(job.path, _REASONS[lost.failure], lost.detail))
            for number, _ in job.wanted:
                self.results[number, job.path] = Outcome(None, lost)
            return
        if not looked.same:
            self.changed.add(job.path)
        for number, result in looked.results:
            self.results[number, job.path] = Outcome(result)
            if looked.same:
                self.known.note(number, job.path, result)
        if looked.facts is not None and job.inspected:
            self.facts[job.path] = looked.facts
        elif looked.facts is not None and looked.facts.skipped:  # it is gone since it was inspected
            self.skipped.append(looked.facts.skipped)

    def all(self, files: Sequence[SourceFile], passes: Sequence[FilePass]) -> Collected:
        """Everything, in the order of the files, as if nothing had been remembered."""
        self.known.keep({path: facts for path, facts in self.facts.items() if path not in self.changed}, all_the_same=not self.changed)
        facts = [found for file in files if (found := self.facts.get(file.path) or self.known.inspected.get(file.path))]
        return Collected(
            partial=tuple(sorted(item.path for item in facts if item.partial and item.skipped is None)),
            skipped=tuple(sorted({*self.skipped, *(item.skipped for item in facts if item.skipped)})),
            comments=tuple(comment for item in facts for comment in item.comments),
            results=tuple(self.results_of(number, one) for number, one in enumerate(passes)),
            changed=frozenset(self.changed),
        )

    def results_of(self, number: int, one: FilePass) -> Mapping[str, Outcome[object]]:
        """A pass's results. What became of a file that could not even be read is not told by any of them."""
        return dict(self._outcomes(number, one))

    def _outcomes(self, number: int, one: FilePass) -> Iterator[tuple[str, Outcome[object]]]:
        held = self.known.results[number]
        for path in one.jobs:
            if path in held:
                yield path, Outcome(held[path])
            elif (number, path) in self.results:
                yield path, self.results[number, path]
