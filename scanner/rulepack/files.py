"""The files of a rules directory: which there are, and what one says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scanner.rulepack.mistakes import Mistake

if TYPE_CHECKING:
    from scanner.rulepack.document import Document

_ENDINGS: Final = (".yaml", ".yml")


def yaml_files(directory: Path, leave: str = "") -> list[Path]:
    """The YAML files below a directory, relative to it and sorted; a directory that is not there holds none.

    Hidden files and directories, links to directories, pipes and the like, and the folder `leave` of the directory are left out. A link to nowhere is
    not: whoever opens it tells of it.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(directory):
        here = Path(place).relative_to(directory)
        folders[:] = [name for name in folders if not name.startswith(".") and (here / name) != Path(leave)]
        found.extend(here / name for name in names if name.endswith(_ENDINGS) and not name.startswith(".") and _may_open(Path(place, name)))
    return sorted(found)


def _may_open(path: Path) -> bool:
    """Whether opening it cannot wait for ever, as it does with a pipe."""
    return path.is_file() or not path.exists()


def open_document(path: Path, mistakes: list[Mistake]) -> Document | None:
    """What a file says; None when it cannot be read, with every reason added to the mistakes."""
    from scanner.rulepack.positions import OWN_FILES, Unreadable, read_document  # noqa: PLC0415 -- most scans read no YAML, and it loads slowly

    try:
        with path.open("rb") as stream:
            data = stream.read(OWN_FILES.size + 1)
    except OSError as error:
        mistakes.append(Mistake(str(path), 0, 0, "", f"cannot be read: {error.strerror or error}"))
        return None
    document = read_document(data)
    if isinstance(document, Unreadable):
        mistakes.extend(Mistake(str(path), slip.mark.line, slip.mark.column, "", slip.message) for slip in document.slips)
        return None
    return document
