"""Which directory paths are relative to, and what the user's paths mean below it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.core.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUPERUSER = 0


def find_root(targets: Sequence[Path], cwd: Path) -> Path:
    """The anchor of all paths: the top of the git work tree that holds all targets, else their common directory.

    Targets may be relative to `cwd`; without any, `cwd` is the target. Links in them are resolved, since the user named them. Git is not run: a
    `.git` is looked for in the file system, and believed only when its owner is the current user, the superuser or the owner of what is scanned.
    Otherwise a stranger's `/tmp/.git` would decide about what lies below it (CVE-2022-24765 is that mistake in git). Raises SourceError for a target
    that does not exist.
    """
    resolved = [_resolve(cwd / target, strict=True) for target in targets] or [_resolve(cwd, strict=True)]
    directories = [path if path.is_dir() else path.parent for path in resolved]
    common = Path(os.path.commonpath(directories))
    owners = {os.geteuid(), _SUPERUSER, *(path.stat().st_uid for path in resolved)}
    return next((directory for directory in (common, *common.parents) if _is_work_tree(directory, owners)), common)


def git_entry(root: Path) -> Path | None:
    """The `.git` of a work tree's top: a directory, or the file that points to one. None for any other directory, and one we may not look into."""
    found = _find_git(root)
    return None if found is None else root / ".git"


def relative_targets(root: Path, targets: Sequence[Path]) -> tuple[str, ...]:
    """The targets as paths below `root` (which is resolved), `/` between their parts, the root itself as an empty string; sorted, each one once.

    A relative target is relative to `root`; no target at all is the root. Raises SourceError for one that lies elsewhere.
    """
    relative: set[str] = set()
    for target in targets or (root,):
        resolved = _resolve(root / target, strict=False)
        if not resolved.is_relative_to(root):
            msg = f"{target} is not below {root}"
            raise SourceError(msg, hint="a link in it may lead elsewhere; name the place it leads to")
        relative.add("" if resolved == root else resolved.relative_to(root).as_posix())
    return tuple(sorted(relative))


def _resolve(path: Path, *, strict: bool) -> Path:
    try:
        return path.resolve(strict=strict)
    except FileNotFoundError as error:
        msg = f"there is no {path}"
        raise SourceError(msg, hint="check the path") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        msg = f"{path} cannot be opened: {getattr(error, 'strerror', None) or 'a loop of symbolic links'}"
        raise SourceError(msg) from error


def _is_work_tree(directory: Path, owners: set[int]) -> bool:
    found = _find_git(directory)
    return found is not None and found.st_uid in owners


def _find_git(directory: Path) -> os.stat_result | None:
    try:
        status = (directory / ".git").lstat()
    except OSError:  # not there, or not for us to see, which comes to the same
        return None
    return status if stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode) else None
