"""Where code comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scanner.core.coverage import SkippedPath
    from scanner.core.problem import Problem
    from scanner.core.report import Provenance


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """One file to look at: its path relative to the root, its language (empty when none of ours), size in bytes, line count and SHA-256.

    `mapped`: it is a script that ends in the place of its source map. `original` is the file of the same program that it was compiled from, empty for
    none: engines that follow what a program does look at that one alone.
    """

    path: str
    language: str
    size: int
    lines: int
    digest: str
    mapped: bool = False
    original: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A tree of files that stays as it is while it is open. `root` is an absolute directory; `files` and `skipped` are sorted by path."""

    root: Path
    files: tuple[SourceFile, ...]
    skipped: tuple[SkippedPath, ...] = ()
    problems: tuple[Problem, ...] = ()
    provenance: Provenance | None = None

    @property
    def written(self) -> Snapshot:
        """The snapshot without files that were compiled from others of it."""
        files = tuple(file for file in self.files if not file.original)
        return self if len(files) == len(self.files) else replace(self, files=files)


class Source(Protocol):
    """Something that can be scanned."""

    def open(self) -> AbstractContextManager[Snapshot]:
        """The files, for as long as the context lasts. Raises SourceError when there is nothing to open."""
        ...
