"""A directory as it is, with or without git around it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scanner.core.errors import SourceError
from scanner.core.problem import Problem, Stage
from scanner.ports.source import Snapshot
from scanner.sources.git import GitRepository
from scanner.sources.ignores import Ignores
from scanner.sources.options import WalkOptions
from scanner.sources.provenance import read_provenance
from scanner.sources.roots import git_entry, relative_targets
from scanner.sources.walker import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scanner.core.report import Provenance
    from scanner.sources.walker import Detect


@dataclass(frozen=True, slots=True)
class _Known:
    """What git says about a directory, and what went wrong while it was asked."""

    provenance: Provenance | None = None
    tracked: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectorySource:
    """The files at and below `targets`, as they stand. `root` is what paths are relative to (see `find_root`); no targets means all of it.

    Files that git tracks are looked at although a `.gitignore` names them: to git they are part of the repository, and a pull request could
    otherwise hide its own files.
    """

    root: Path
    targets: tuple[Path, ...]
    detect: Detect
    options: WalkOptions = field(default_factory=WalkOptions)

    @contextmanager
    def open(self) -> Iterator[Snapshot]:
        """The files, while the directory is left alone. Raises SourceError for a target that is not there or not below the root."""
        root = self.root.resolve()
        targets = relative_targets(root, self.targets)
        _refuse_missing(root, targets)
        known = _ask_git(root)
        honoured = self.options.use_ignore_files
        own_root = os.fspath(self.options.own_ignores_from or "")
        ignores = Ignores(str(root).rstrip("/"), git=honoured, own=honoured, tracked=known.tracked, own_root=own_root)
        walked = walk(str(root).rstrip("/"), targets, self.options, ignores, self.detect)
        problems = tuple(sorted([*walked.problems, *known.problems]))
        yield Snapshot(root, walked.files, walked.skipped, problems, known.provenance)


def _refuse_missing(root: Path, targets: tuple[str, ...]) -> None:
    if not os.path.isdir(root):  # noqa: PTH112  # Path.is_dir raises for a directory we may not look into, before Python 3.14
        msg = f"{root} is not a directory that can be opened"
        raise SourceError(msg)
    for target in targets:
        path = root / target
        if not os.path.lexists(path):
            msg = f"there is no {path}"
            raise SourceError(msg, hint="check the path")


def _ask_git(root: Path) -> _Known:
    """The work tree's provenance and its tracked files that ignore files name. A broken repository does not stop a scan of the files."""
    if git_entry(root) is None:
        return _Known()
    try:
        provenance = read_provenance(root)
        answer = GitRepository.at(root).ask("ls-files", "-z", "--full-name", "--cached", "--ignored", "--exclude-standard")
    except SourceError as error:
        problem = Problem(Stage.COLLECT, ".git", f"the code's revision is not known: {error}", incomplete=False)
        return _Known(problems=(problem,))
    if answer.status:
        problem = Problem(Stage.COLLECT, ".git", f"tracked files that ignore files name were left out: {answer.complaint}", incomplete=False)
        return _Known(provenance, problems=(problem,))
    return _Known(provenance, frozenset(path for path in answer.text.split("\0") if path))
