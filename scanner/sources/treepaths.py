"""Which paths of a git tree may be written to disk."""

from __future__ import annotations

import re
from typing import Final

# Characters that HFS+ leaves out when it compares names, as git's own check (`is_hfs_dotgit`) has them.
_HFS_IGNORED: Final = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_NTFS_DOT_GIT: Final = re.compile(r"(?:\.git|git~\d+)(?:[ .]*(?::.*)?)", re.IGNORECASE | re.DOTALL)
_MAX_PARTS: Final = 200
_MAX_BYTES: Final = 3_000
_MAX_PART_BYTES: Final = 255


def refuse_path(path: str) -> str:
    """Why git itself would not check out a path, since it leads out of the work tree or into `.git` on some system; empty when it would.

    Such paths are not made by git, but by hand. Backslashes separate on Windows, so each side of one is looked at too.
    """
    if not path or path.startswith("/"):
        return "an absolute path"
    for part in path.split("/"):
        if part in ("", ".", ".."):
            return "a path that leads elsewhere"
        for piece in part.split("\\"):
            if piece == ".." or _NTFS_DOT_GIT.fullmatch(_HFS_IGNORED.sub("", piece)):
                return "a path into .git, or out of the work tree on some systems"
    return ""


def is_too_deep(path: str) -> bool:
    """Whether a path is longer than what systems open below a temporary directory, or nested too deep to be removed again."""
    parts = path.split("/")
    return len(parts) > _MAX_PARTS or len(path.encode("utf-8", "surrogateescape")) > _MAX_BYTES or any(_is_long(part) for part in parts)


def _is_long(part: str) -> bool:
    return len(part.encode("utf-8", "surrogateescape")) > _MAX_PART_BYTES
