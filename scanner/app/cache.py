"""The scan cache of one run: opened, with what decides about its results, and closed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.app.own_code import own_code
from scanner.core.coverage import EngineRun, Skip, SkippedPath
from scanner.core.finding import Candidate, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt
from scanner.core.rule import Precision
from scanner.engines.injection import engine as injection
from scanner.engines.secrets import engine as credentials
from scanner.engines.semgrep import memory, output
from scanner.engines.taint import job
from scanner.ports.cache import NoCache
from scanner.ports.code_index import Comment
from scanner.ports.engine import Detection
from scanner.stores.results import StoredResults
from scanner.stores.sqlite import SqliteStore
from scanner.syntax.inspection import FileFacts
from scanner.taint import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.app.cache_choice import CacheChoice
    from scanner.ports.cache import ScanCache

STORE: Final = "scan.db"
MAX_BYTES: Final = 1_000_000_000
_PATIENCE: Final = 5.0  # seconds for another scan that writes: a result can be made again
CLASSES: Final[tuple[type, ...]] = (
    *(Candidate, Comment, Detection, EngineRun, FileFacts, Location, Precision, Problem, Role, Skip, SkippedPath, Span, Stage, Trace, Trust),
    *(memory.Said, output.Complaint, output.Match, output.Place, output.Step, Excerpt),
    *(job.FileResult, credentials.FileResult, injection.FileResult),
    *(held for held in vars(facts).values() if isinstance(held, type) and held.__module__ == facts.__name__),
)
"""All that a result is made of: nothing else comes out of a cache."""


@dataclass(slots=True)
class OpenCache:
    """A cache in use, and what there is to say about it."""

    results: ScanCache
    store: SqliteStore | None = None
    remarks: tuple[str, ...] = ()

    def told(self) -> tuple[str, ...]:
        """What went wrong with it, a line each: never a reason for another report."""
        found = list(self.remarks)
        if self.store is not None:
            found += [f"the scan cache: {problem.message}" for problem in self.store.problems]
        if isinstance(self.results, StoredResults) and self.results.distrusted:
            found.append(
                f"the scan cache: {self.results.distrusted} entries were not written with this key, and were not believed "
                "(CASEMATE_CACHE_KEY shares a cache between machines)"
            )
        return tuple(found)


@contextmanager
def open_cache(choice: CacheChoice | None) -> Iterator[OpenCache]:
    """The cache of a choice, closed when the context ends; one that remembers nothing where there is none."""
    secret = choice.secret() if choice else None
    if choice is None or secret is None:
        yield OpenCache(NoCache(), remarks=() if choice is None else ("the scan cache: no key can be kept for it, so that it is not used",))
        return
    with SqliteStore(choice.directory / STORE, MAX_BYTES, _PATIENCE, keep_damaged=False) as store:
        yield OpenCache(StoredResults(store, CLASSES, own_code(), secret=secret, trusted=choice.trusted), store)
