"""Which lines of a pull request a comment may stand at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_HUNK: Final = re.compile(r"@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file of a pull request: its path now, and the lines that its diff shows on the right side. No lines: the file as a whole only."""

    path: str
    lines: frozenset[int]


def changed_files(answers: Iterable[Any]) -> dict[str, ChangedFile]:
    """The files of a pull request by path, from the REST interface's list. Removed ones can hold no comment; large diffs come without lines."""
    files: dict[str, ChangedFile] = {}
    for item in answers:
        if isinstance(item, dict) and isinstance(item.get("filename"), str) and item.get("status") != "removed":
            patch = item.get("patch")
            files[item["filename"]] = ChangedFile(item["filename"], right_lines(patch) if isinstance(patch, str) else frozenset())
    return files


def right_lines(patch: str) -> frozenset[int]:
    """The line numbers, counted in the new file, of every line that a unified diff shows there: added ones and those around them."""
    shown: set[int] = set()
    number = 0
    for line in patch.split("\n"):
        hunk = _HUNK.match(line)
        if hunk is not None:
            number = int(hunk["start"])
        elif number and line[:1] in {"+", " ", ""}:  # an empty line of context may have lost its leading space
            shown.add(number)
            number += 1
    return frozenset(shown - ({number - 1} if patch.endswith("\n") else set()))
