"""The scan cache of one run: opened, with what decides about its results, and closed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeGuard

from scanner.app.cache_choice import STORE, VERDICTS
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
from scanner.stores.memory import DEFAULT_MAX_BYTES
from scanner.stores.results import StoredResults
from scanner.stores.sqlite import SqliteStore
from scanner.syntax.compared import Compared
from scanner.syntax.inspection import FileFacts
from scanner.taint import facts, linked, packing, refs, witness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scanner.app.cache_choice import CacheChoice
    from scanner.ports.cache import ScanCache
    from scanner.stores.sqlite import StoreInfo

MAX_BYTES: Final = 1_000_000_000
_KINDS: Final = (("results of scans", STORE, MAX_BYTES), ("verdicts of models", VERDICTS, DEFAULT_MAX_BYTES))
_PATIENCE: Final = 5.0  # seconds for another scan that writes: a result can be made again


def _is_value(held: object, module: str) -> TypeGuard[type]:
    return isinstance(held, type) and held.__module__ == module and (issubclass(held, tuple | Enum) or is_dataclass(held))


CLASSES: Final[tuple[type, ...]] = (
    *(Candidate, Comment, Detection, EngineRun, FileFacts, Location, Precision, Problem, Role, Skip, SkippedPath, Span, Stage, Trace, Trust),
    *(memory.Said, output.Complaint, output.Match, output.Place, output.Step, Excerpt),
    *(job.FileResult, credentials.FileResult, injection.FileResult, Compared),
    *(held for module in (facts, refs, packing, witness, linked) for held in vars(module).values() if _is_value(held, module.__name__)),
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


def stores_in(directory: Path) -> list[tuple[str, StoreInfo | None]]:
    """What a cache directory holds, by what it is for; None for what was never begun."""
    return [(name, _info(directory / file, most)) for name, file, most in _KINDS]


def _info(path: Path, most: int) -> StoreInfo | None:
    if not path.is_file():
        return None
    with SqliteStore(path, most, _PATIENCE) as store:
        return store.info()


def clear_stores(directory: Path, *, verdicts: bool) -> int:
    """Forget the results of scans, and with `verdicts` those of models. How many entries there were."""
    number = 0
    for _, file, most in _KINDS if verdicts else _KINDS[:1]:
        if (directory / file).is_file():
            with SqliteStore(directory / file, most, _PATIENCE, keep_damaged=file != STORE) as store:
                number += store.clear()
    return number
