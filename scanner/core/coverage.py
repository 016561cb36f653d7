"""What a scan looked at and what it did not, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Skip(StrEnum):
    """Why a file or a directory was left out. `expected` ones follow from settings; the others make a scan incomplete."""

    IGNORED = "ignored"
    EXCLUDED = "excluded"
    VERSION_CONTROL = "version-control"
    VENDORED = "vendored"
    GENERATED = "generated"
    MINIFIED = "minified"
    BUILD = "build"
    BINARY = "binary"
    TOO_LARGE = "too-large"
    SYMLINK = "symlink"
    OUTSIDE_ROOT = "outside-root"
    NOT_A_FILE = "not-a-file"
    LANGUAGE = "language"
    UNREADABLE = "unreadable"
    TOO_DEEP = "too-deep"
    TIMEOUT = "timeout"
    CRASHED = "crashed"

    @property
    def expected(self) -> bool:
        """Whether the settings asked for it, so that the scan is still complete."""
        return self not in _UNEXPECTED


_COMPILED_FROM = "compiled from "
_UNEXPECTED = frozenset({Skip.UNREADABLE, Skip.TOO_DEEP, Skip.TIMEOUT, Skip.CRASHED})


@dataclass(frozen=True, slots=True, order=True)
class SkippedPath:
    """One file or directory that was left out; a directory stands for all below it and ends in `/`."""

    path: str
    reason: Skip
    detail: str = ""

    @classmethod
    def build(cls, path: str, original: str) -> SkippedPath:
        """A file that was compiled from another, which was looked at instead."""
        return cls(path, Skip.BUILD, _COMPILED_FROM + original)

    @property
    def original(self) -> str:
        """The file that was looked at instead; empty for none."""
        return self.detail.removeprefix(_COMPILED_FROM) if self.reason is Skip.BUILD else ""


@dataclass(frozen=True, slots=True)
class EngineRun:
    """What one engine did: the files it looked at, the rules it ran, whether it got to the end, and why not."""

    engine: str
    version: str
    files: int
    rules: int
    complete: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole account. `partial` are files with syntax errors: looked at, but perhaps not understood everywhere."""

    files: int = 0
    lines: int = 0
    languages: tuple[tuple[str, int], ...] = ()
    skipped: tuple[SkippedPath, ...] = ()
    partial: tuple[str, ...] = ()
    engines: tuple[EngineRun, ...] = field(default=())

    @property
    def complete(self) -> bool:
        """Whether everything that the settings asked for was looked at, by every engine."""
        return all(item.reason.expected for item in self.skipped) and all(run.complete for run in self.engines)
