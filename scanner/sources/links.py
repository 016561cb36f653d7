"""Where a symbolic link leads, without ever following it out of the root."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import Skip
from scanner.sources.reader import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_HOPS: Final = 40  # as Linux has it


def classify_link(root: str, path: str) -> Refusal:
    """Why the link `path` (relative to `root`, which has no links in it) is left out. Nothing outside the root is touched to find out."""

    def read(relative: str) -> str | None:
        try:
            return os.readlink(posixpath.join(root, relative))  # noqa: PTH115  # surrogate escapes and `//` stay as they are in a plain string
        except OSError:  # not a link, or not there: either way the path goes no further
            return None

    return resolve_link(path, read, root)


def resolve_link(path: str, read_link: Callable[[str], str | None], root: str = "") -> Refusal:
    """The same over any tree: `read_link` gives the link text of a relative path, None when it is no link.

    An absolute link leads out, unless it names something below `root`, when that is given.
    """
    pending = path.split("/")
    resolved: list[str] = []
    hops = 0
    while pending:
        part = pending.pop(0)
        if part in ("", "."):
            continue
        if part == "..":
            if not resolved:
                return _outside(path, read_link)
            resolved.pop()
            continue
        target = read_link("/".join([*resolved, part]))
        if target is None:
            resolved.append(part)
            continue
        hops += 1
        if hops > _MAX_HOPS:
            return Refusal(Skip.SYMLINK, "a loop of symbolic links")
        if target.startswith("/"):
            if not root or not (target == root or target.startswith(root.rstrip("/") + "/")):
                return _outside(path, read_link)
            target = target[len(root) :]
            resolved.clear()
        pending = [*target.split("/"), *pending]
    return Refusal(Skip.SYMLINK, f"-> {'/'.join(resolved) or '.'}")


def _outside(path: str, read_link: Callable[[str], str | None]) -> Refusal:
    return Refusal(Skip.OUTSIDE_ROOT, f"-> {read_link(path)}")
