"""Where code comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scanner.core.coverage import SkippedPath
    from scanner.core.problem import Problem
    from scanner.core.report import Provenance


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """One file to look at: its path relative to the root, its language (empty when none of ours), size in bytes, line count and SHA-256."""

    path: str
    language: str
    size: int
    lines: int
    digest: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A tree of files that stays as it is while it is open. `root` is an absolute directory; `files` and `skipped` are sorted by path."""

    root: Path
    files: tuple[SourceFile, ...]
    skipped: tuple[SkippedPath, ...] = ()
    problems: tuple[Problem, ...] = ()
    provenance: Provenance | None = None


class Source(Protocol):
    """Something that can be scanned."""

    def open(self) -> AbstractContextManager[Snapshot]:
        """The files, for as long as the context lasts. Raises SourceError when there is nothing to open."""
        ...
