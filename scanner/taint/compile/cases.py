"""The cases of flow and misuse rules: one file or several, with marks where the finding has to stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.rulepack.ruleset import Case

if TYPE_CHECKING:
    from scanner.taint.compile.fields import Reader, Where

_HERE: Final = re.compile(r"(?:#|//)\s*here\s*$", re.MULTILINE)
_PATH: Final = re.compile(r"(?!/)(?!(?:.*/)?\.\.?(?:/|$))[^\\\x00]+[^/\\\x00]")


@dataclass(frozen=True, slots=True)
class TaintCase(Case):
    """A case that may consist of several files: `files` are (path, code) in the order of the rule file.

    For a case of one file that needs no name, the path is empty. `code` and `file` are those of the first.
    """

    files: tuple[tuple[str, str], ...] = ()

    @property
    def expected(self) -> tuple[tuple[str, int], ...]:
        """The places (path, line) that end in a `# here` comment: one of them is where the finding has to stand; empty when any will do."""
        return tuple((path, code.count("\n", 0, mark.start()) + 1) for path, code in self.files for mark in _HERE.finditer(code))


def read_cases(reader: Reader, value: object, where: Where) -> tuple[tuple[TaintCase, Where], ...]:
    """The cases of a rule, vulnerable ones first, each with its place in the document; their lines are not known yet."""
    groups = value if isinstance(value, dict) else {}
    return tuple(
        (TaintCase(files[0][1], group == "vulnerable", 0, files[0][0], files), (*where, group, index))
        for group in ("vulnerable", "safe")
        for index, item in enumerate(groups.get(group, ()))
        if (files := _files(reader, item, (*where, group, index)))
    )


def _files(reader: Reader, item: object, where: Where) -> tuple[tuple[str, str], ...]:
    if not isinstance(item, dict):
        return (("", str(item)),)
    if "code" in item:
        return ((str(item["file"]), str(item["code"])),)
    files = item.get("files")
    found = tuple((path, str(code)) for path, code in (files.items() if isinstance(files, dict) else ()))
    for path, _ in found:
        if not _PATH.fullmatch(path):
            reader.wrong("expected a path below the root, with / between its parts", *where, "files", path)
    return found
