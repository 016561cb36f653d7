"""The files of an old revision that decide how a change is scanned, laid out in a directory of their own."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from scanner.core.errors import SourceError
from scanner.sources.git import GitRepository
from scanner.sources.ignores import OWN_IGNORE
from scanner.sources.objects import SUBMODULE_MODE, SYMLINK_MODE, list_tree, open_blobs, resolve_commit
from scanner.sources.refs import SHALLOW, is_shallow
from scanner.sources.treepaths import is_too_deep, refuse_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scanner.sources.objects import TreeEntry

SETTINGS_FILES: Final = frozenset({"casemate.toml", "pyproject.toml"})
OWN_FOLDER: Final = ".casemate/"
_MAX_FILE: Final = 2_000_000


def merge_base(root: Path, base: str, head: str = "HEAD") -> str:
    """The commit that `head` and `base` both rest on. Raises SourceError when there is none, or it was not fetched."""
    repository = GitRepository.at(root.resolve())
    commit = resolve_commit(repository, base)
    answer = repository.ask("merge-base", commit, resolve_commit(repository, head))
    if answer.status == 0 and answer.text:
        return answer.text.splitlines()[0]
    msg = f"{head} and {base} have no commit in common in {root}"
    raise SourceError(msg, SHALLOW if is_shallow(repository) else "their histories were begun apart: name another base")


def changed_paths(root: Path, commit: str, head: str | None = None, *, staged: bool = True) -> frozenset[str]:
    """The tracked files that differ between a commit and `head` (None: the index, so that what is staged counts; else the files as they stand)."""
    options = ("--no-renames", "--name-only", "-z")
    here = ("diff-index", *(("--cached",) if staged else ()), *options, commit)
    compared = here if head is None else ("diff-tree", "-r", *options, commit, head)
    answer = GitRepository.at(root.resolve()).ask(*compared)
    if answer.status:
        msg = f"git cannot compare {commit[:12]} in {root}: {answer.complaint}"
        raise SourceError(msg, "try `git status` there")
    return frozenset(path for path in answer.text.split("\0") if path)


def tip(root: Path, revision: str) -> str:
    """The commit that a revision names. Raises SourceError when it names none."""
    return resolve_commit(GitRepository.at(root.resolve()), revision)


def changes_policy(path: str) -> bool:
    """Whether a file can change what a scan of its repository says: settings, ignore files, decisions."""
    name = path.rpartition("/")[2]
    return name in SETTINGS_FILES or name == OWN_IGNORE or f"/{OWN_FOLDER}" in f"/{path}"


def lay_out(root: Path, commit: str, wanted: Callable[[str], bool], directory: Path) -> None:
    """Write the files of a commit whose paths are wanted below `directory`, which is private and ours.

    Links, submodules and files of over two megabytes are left out: no policy is read through a link.
    """
    repository = GitRepository.at(root.resolve())
    with open_blobs(repository) as blobs, closing(list_tree(repository, commit)) as entries:
        for entry in entries:
            if wanted(entry.path) and _is_plain(entry):
                data = blobs.read(entry.oid, entry.size or 0)
                if data is not None:
                    target = directory / entry.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data)


def tracked_policy(root: Path) -> tuple[str, ...]:
    """The files in the index that can change what a scan says, sorted."""
    answer = GitRepository.at(root.resolve()).ask("ls-files", "-z", "--full-name", "--cached")
    return tuple(sorted(path for path in answer.text.split("\0") if path and changes_policy(path)))


def _is_plain(entry: TreeEntry) -> bool:
    odd = entry.mode in {SYMLINK_MODE, SUBMODULE_MODE} or refuse_path(entry.path) or is_too_deep(entry.path)
    return not odd and entry.size is not None and entry.size <= _MAX_FILE
