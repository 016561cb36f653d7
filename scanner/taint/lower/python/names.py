"""What Python calls a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_PACKAGE_FILES = ("__init__.py", "__init__.pyi")
_SOURCE_ROOT = "src"


def module_name(path: str, roots: Collection[str]) -> tuple[str, bool]:
    """The dotted module name of a file, and whether the file is a package. Paths are relative to the scan's root, with slashes.

    `roots` holds the paths of all of the program's files (a set: it is asked once a directory). The name begins at the outermost directory that
    has an `__init__.py`, or after the last `src` that has none and lies further out; of a file that has neither above it, at the scan's root.
    Directories below that count whether they have an `__init__.py` or not (namespace packages).
    """
    *directories, file = path.split("/")
    stem = file.rsplit(".", 1)[0] if "." in file[1:] else file
    begin = _begin(directories, roots)
    package = file in _PACKAGE_FILES and len(directories) > begin
    parts = directories[begin:] if package else [*directories[begin:], stem]
    return ".".join(parts), package


def _begin(directories: list[str], roots: Collection[str]) -> int:
    """How many of the directories above a file are not part of its name."""
    outermost = len(directories)
    for count in range(1, len(directories) + 1):
        if _is_package(directories[:count], roots):
            outermost = count - 1
            break
    sources = [position + 1 for position, name in enumerate(directories[:outermost]) if name == _SOURCE_ROOT]
    if sources:
        return sources[-1]
    return outermost if outermost < len(directories) else 0


def _is_package(directories: list[str], roots: Collection[str]) -> bool:
    directory = "/".join(directories)
    return any(f"{directory}/{file}" in roots for file in _PACKAGE_FILES)
