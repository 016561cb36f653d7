"""What detects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scanner.core.coverage import EngineRun, SkippedPath
    from scanner.core.finding import Candidate
    from scanner.core.problem import Problem
    from scanner.core.rule import Rule
    from scanner.ports.executor import Outcome
    from scanner.ports.observer import Observer
    from scanner.ports.source import Snapshot


@dataclass(frozen=True, slots=True)
class Detection:
    """What an engine says: candidates sorted by place and rule, and an honest account of what it did and did not do.

    `lasting`: the same files would give the same again. Where time, memory, or a change under way played a part, they may not.
    """

    candidates: tuple[Candidate, ...]
    run: EngineRun
    problems: tuple[Problem, ...] = ()
    skipped: tuple[SkippedPath, ...] = ()
    lasting: bool = False


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


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One file as all passes over it share it: its path, its language, its bytes, and the tree that `scanner.syntax` made of them.

    `tree` is None where no pass over the file asks for one or its language has no grammar, and where it could not be parsed: then `skipped` says why.
    """

    path: str
    language: str
    data: bytes
    tree: object | None = None
    skipped: SkippedPath | None = None


def _nothing() -> None:
    """Nothing has to be prepared."""


@dataclass(frozen=True, slots=True)
class FilePass:
    """What an engine does with one file at a time: `run`, which a worker process calls with the file and the job that `jobs` holds for its path.

    `run` can be pickled, jobs and results are plain data, and a result depends on the file, the job and what `identity` stands for alone. `scope`
    stands for what the detection depends on besides the results. Without an `identity` nothing is remembered. `trees` are the files whose trees
    it asks for, whatever is known of them already: what nobody asks for is not made, and who does not ask must not look whether somebody did.
    `prepare` is called before workers are started for it, so that what takes long to load is loaded once.
    """

    run: Callable[[OpenedFile, object], object]
    jobs: Mapping[str, object]
    identity: str = ""
    scope: str = ""
    trees: Collection[str] = ()
    prepare: Callable[[], None] = _nothing


@runtime_checkable
class FileEngine(Engine, Protocol):
    """An engine whose work on one file needs no other file, so that each file is read, and parsed, once at most for all such engines."""

    def look(self, snapshot: Snapshot) -> FilePass:
        """What to do with each file."""
        ...

    def conclude(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]], observer: Observer) -> Detection:
        """The detection, from what the pass gave for each path of its jobs. `detect` is the two together."""
        ...


@runtime_checkable
class WholeEngine(FileEngine, Protocol):
    """One that has long to think when it has the results of all files: it begins at once, and others work beside it."""

    def begin(self, snapshot: Snapshot, results: Mapping[str, Outcome[object]]) -> Callable[[Observer], Detection]:
        """Begin to conclude; what comes back waits for the end. `conclude` is the two together."""
        ...


@runtime_checkable
class RepeatableEngine(Engine, Protocol):
    """An engine of whose detection it is known what it depends on."""

    def identity(self) -> str:
        """All that decides about a detection besides the files of the snapshot: rules, versions, settings."""
        ...
