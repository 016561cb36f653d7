"""What a file's path says: the name of its module, and whether that is offered to others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from scanner.engines.taint.packages import module_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_PACKAGE_FILES: Final = {"python": "__init__.py"}
# What is run by those who work on a program, and imported by nobody.
_TOOL_FOLDERS: Final = frozenset(
    {"bin", "script", "scripts", "tools", "benchmark", "benchmarks", "bench", "example", "examples", "demo", "demos", "doc", "docs", "documentation"}
)
_TOOL_FILES: Final = {
    "javascript": re.compile(r".*\.(?:config|conf)\.[cm]?[jt]s|(?:gulpfile|[Gg]runtfile|Gulpfile|Jakefile)\.[cm]?[jt]s|\..*"),
    # A file that no `import` can name (`0013_names.py`, `build-docs.py`) is one as well: what runs migrations finds them by their place.
    "python": re.compile(r"(?:setup|manage|noxfile|fabfile|__main__)\.py|(?:\d.*|.*[^\w.].*|.*\..*)\.py"),
}


class ModuleName(NamedTuple):
    """A module's dotted name, and whether the file is a package's own."""

    name: str
    package: bool


def module_names(paths: Iterable[str], language: str) -> Mapping[str, ModuleName]:
    """The module of each path of one language.

    The name begins at the outermost directory that is a package without a gap (`src/shop/db.py` is `shop.db` when `src` has no `__init__.py`);
    outside of packages it is the whole path, as namespace packages have it. Languages without packages name a module by its path.
    """
    marker = _PACKAGE_FILES.get(language)
    known = list(paths)
    if marker is None:
        return {path: ModuleName(module_name(path), package=False) for path in known}
    packages = package_folders(known, language)
    return {path: _module_name(path, packages, marker) for path in known}


def _module_name(path: str, packages: Collection[str], marker: str) -> ModuleName:
    folder, _, name = path.rpartition("/")
    dot = name.rfind(".")
    stem = name[:dot] if dot > 0 else name
    package = name == marker
    parts = [] if package else [stem]
    inside = (folder or ".") in packages
    while folder and (not inside or folder in packages):
        folder, _, last = folder.rpartition("/")
        parts.append(last)
    return ModuleName(".".join(reversed(parts)) or stem, package)


def package_folders(paths: Iterable[str], language: str) -> frozenset[str]:
    """The folders that are packages, for languages that have such."""
    marker = _PACKAGE_FILES.get(language)
    parts = (path.rpartition("/") for path in paths) if marker is not None else ()
    return frozenset(folder or "." for folder, _, name in parts if name == marker)


def is_public(path: str, language: str, packages: Collection[str] = ()) -> bool:
    """Whether other programs may import a file, as far as its path says: not the tools that it is made with.

    A folder of a package is part of what the package offers, whatever it is called.
    """
    held = _TOOL_FILES.get(language)
    if held is None:
        return True
    folder, _, name = path.rpartition("/")
    if held.fullmatch(name) is not None:
        return False
    return folder in packages or not any(part.lower() in _TOOL_FOLDERS for part in folder.split("/"))
