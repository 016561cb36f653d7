"""The files of one git revision, whatever the work tree holds."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import Skip, SkippedPath
from scanner.core.errors import SourceError
from scanner.core.problem import Problem, Stage
from scanner.core.report import Provenance
from scanner.ports.source import Snapshot
from scanner.sources.git import GitRepository
from scanner.sources.ignores import OWN_IGNORE, Ignores
from scanner.sources.links import resolve_link
from scanner.sources.objects import SUBMODULE_MODE, SYMLINK_MODE, list_tree, open_blobs, resolve_commit
from scanner.sources.options import WalkOptions
from scanner.sources.provenance import remote_uri
from scanner.sources.roots import relative_targets
from scanner.sources.treepaths import is_too_deep, refuse_path
from scanner.sources.walker import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.sources.objects import BlobReader, TreeEntry
    from scanner.sources.walker import Detect, Walked

_MAX_TOGETHER: Final = 4 * 1024**3
_MAX_LINK: Final = 4_096
_BRANCHES: Final = "refs/heads/"
_WRITE_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# What one name can be at fault for; anything else (a full disk) is about the whole.
_NAME_ERRORS: Final = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EILSEQ, errno.EINVAL, errno.ENAMETOOLONG})


@dataclass(frozen=True, slots=True)
class GitRevisionSource:
    """The files of `revision` at and below `targets`, in a private temporary directory that goes away with the context.

    The work tree, the index and the refs of the repository at `root` stay untouched. Files are written as they are stored: export-ignore and other
    attributes are not applied. No `.gitignore` is applied either: every file of a revision is tracked. A target that the revision lacks is a problem
    and not an error, since a new directory is not there in an old revision.
    """

    root: Path
    revision: str
    targets: tuple[Path, ...]
    detect: Detect
    options: WalkOptions = field(default_factory=WalkOptions)

    @contextmanager
    def open(self) -> Iterator[Snapshot]:
        """The files, for as long as the context lasts. Raises SourceError for an unknown revision and for a repository that cannot be read."""
        root = self.root.resolve()
        targets = relative_targets(root, self.targets)
        repository = GitRepository.at(root)
        commit = resolve_commit(repository, self.revision)
        provenance = Provenance(remote_uri(repository), commit, _branch(repository, self.revision))
        with tempfile.TemporaryDirectory(prefix="casemate-") as name:
            directory = Path(name).resolve()
            tree = _Tree(directory, targets, self.options)
            tree.write(repository, commit)
            own_root = os.fspath(self.options.own_ignores_from or "")
            ignores = Ignores(str(directory), git=False, own=self.options.use_ignore_files, own_root=own_root)
            walked = walk(str(directory), targets, self.options, ignores, self.detect)
            yield tree.snapshot(walked, provenance)


@dataclass(slots=True)
class _Tree:
    """A commit's files on their way to disk, and what was not written."""

    directory: Path
    targets: tuple[str, ...]
    options: WalkOptions
    skipped: list[SkippedPath] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    written: int = 0

    def write(self, repository: GitRepository, commit: str) -> None:
        with open_blobs(repository) as blobs, closing(list_tree(repository, commit)) as entries:
            for entry in entries:
                if self._is_wanted(entry.path):
                    self._take(entry, blobs)
        for path in self.links:
            refusal = resolve_link(path, self.links.get)
            self._skip(path, refusal.reason, refusal.detail)

    def snapshot(self, walked: Walked, provenance: Provenance) -> Snapshot:
        """The walk's account and ours as one; what lies below a directory that the walk left out is part of that directory."""
        left_out = {item.path for item in walked.skipped if item.path.endswith("/")}
        ours = [item for item in self.skipped if not _lies_below(item.path, left_out)]
        problems = [item for item in self.problems if not _lies_below(item.subject, left_out)]
        # A target of which nothing was written, being a link or too large, is missing for the walk and yet accounted for.
        missing = [item for item in walked.problems if not _holds_any(item.subject, ours)]
        skipped = tuple(sorted([*walked.skipped, *ours]))
        return Snapshot(self.directory, walked.files, skipped, tuple(sorted([*missing, *problems])), provenance)

    def _is_wanted(self, path: str) -> bool:
        if any(not target or path == target or path.startswith(f"{target}/") for target in self.targets):
            return True
        folder, _, name = path.rpartition("/")
        return name == OWN_IGNORE and any(not folder or target.startswith(f"{folder}/") for target in self.targets)

    def _take(self, entry: TreeEntry, blobs: BlobReader) -> None:
        refused = refuse_path(entry.path)
        if refused:
            # Not a SkippedPath: no report could show such a path as one below the root.
            self.problems.append(Problem(Stage.COLLECT, ascii(entry.path), f"not looked at: {refused}"))
        elif is_too_deep(entry.path):
            self._skip(entry.path, Skip.TOO_DEEP, "the path is longer than the system opens")
        elif entry.mode == SUBMODULE_MODE:
            self._skip(f"{entry.path}/", Skip.NOT_A_FILE, "a submodule: its files are in another repository")
        elif entry.size is None:
            self._skip(entry.path, Skip.UNREADABLE, "the repository lacks this object; fetch it first")
        elif entry.mode == SYMLINK_MODE:
            self._take_link(entry, entry.size, blobs)
        elif entry.size > self.options.max_bytes:
            self._skip(entry.path, Skip.TOO_LARGE, f"{entry.size} bytes, over the limit of {self.options.max_bytes}")
        else:
            self._take_file(entry, entry.size, blobs)

    def _take_link(self, entry: TreeEntry, size: int, blobs: BlobReader) -> None:
        target = blobs.read(entry.oid, size) if size <= _MAX_LINK else b"/"
        self.links[entry.path] = os.fsdecode(target or b"")

    def _take_file(self, entry: TreeEntry, size: int, blobs: BlobReader) -> None:
        self.written += size
        if self.written > _MAX_TOGETHER:
            msg = f"the revision's files take over {_MAX_TOGETHER // 1024**3} GiB"
            raise SourceError(msg, hint="name the directories to look at")
        data = blobs.read(entry.oid, size)
        if data is None:
            self._skip(entry.path, Skip.UNREADABLE, "the repository lacks this object; fetch it first")
            return
        try:
            self._write_file(entry.path, data)
        except OSError as error:
            if error.errno not in _NAME_ERRORS:
                msg = f"the revision cannot be written to {self.directory}: {error.strerror}"
                raise SourceError(msg, hint="set TMPDIR to a place with more room") from error
            self._skip(entry.path, Skip.UNREADABLE, f"cannot be written under this name: {error.strerror}")

    def _write_file(self, path: str, data: bytes) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self.made:
            os.makedirs(f"{self.directory}/{folder}", mode=0o700, exist_ok=True)  # noqa: PTH103  # a plain string keeps odd names as they are
            self.made.add(folder)
        descriptor = os.open(f"{self.directory}/{path}", _WRITE_FLAGS, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)

    def _skip(self, path: str, reason: Skip, detail: str) -> None:
        self.skipped.append(SkippedPath(path, reason, detail))
        if not reason.expected:
            self.problems.append(Problem(Stage.COLLECT, path, f"not looked at: {detail}"))


def _branch(repository: GitRepository, revision: str) -> str:
    """The branch a revision names, empty when it names something else."""
    full = repository.ask("rev-parse", "--verify", "--quiet", "--symbolic-full-name", revision)
    return full.text.removeprefix(_BRANCHES) if full.text.startswith(_BRANCHES) else ""


def _holds_any(target: str, items: Sequence[SkippedPath]) -> bool:
    return any(item.path.rstrip("/") == target or item.path.startswith(f"{target}/") for item in items)


def _lies_below(path: str, directories: set[str]) -> bool:
    return any(path[: index + 1] in directories for index, char in enumerate(path) if char == "/" and index + 1 < len(path))
