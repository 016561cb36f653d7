"""What a brief says about the tree beyond code: which files there are, which modules of the project are missing, which libraries it asks for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from scanner.triage.tools.base import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scanner.syntax.symbols import Import
    from scanner.triage.tree import Tree
    from scanner.triage.view import View

SMALL_TREE: Final = 50  # files up to which all are named
_PROSE: Final = frozenset({"markdown", "text"})
_MOST_MISSING: Final = 12
_MOST_LINES: Final = 10  # of manifests
_MANIFEST: Final = re.compile(
    r"package\.json|requirements[^/]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg)|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|composer\.json"
    r"|[^/]*\.csproj|Cargo\.toml"
)
_VERSIONED: Final = re.compile(r"(?i)<version>")
# Packages that are imported under another name than they are installed under.
_INSTALLED: Final = {
    "yaml": "pyyaml",
    "jwt": "pyjwt",
    "bs4": "beautifulsoup4",
    "PIL": "pillow",
    "dateutil": "python-dateutil",
    "Crypto": "pycryptodome",
}
_SHORTEST: Final = 3
_JOINT: Final = re.compile(r"[-_.]+")


def file_list(view: View) -> str:
    """Every file of a small tree, documents left out; empty for a larger one."""
    tree = view.tree
    if len(tree.paths) > SMALL_TREE:
        return ""
    return "All scanned files, documents left out: " + ", ".join(view.shown(path) for path in tree.paths if _is_listed(tree, path))


def missing_modules(view: View, paths: Iterable[str]) -> str:
    """What these files import from their own project that was not scanned; empty when nothing is."""
    tree = view.tree
    missing = [(_module(item), path) for path in paths for item in tree.symbols(path).imports if tree.modules.is_missing(item)]
    found = [f"{view.prose(name)} (by {view.shown(path)})" for name, path in dict.fromkeys(missing)]
    more = f" and {len(found) - _MOST_MISSING} more" if len(found) > _MOST_MISSING else ""
    return f"Imported, of this project by its name, and not among the scanned files: {', '.join(found[:_MOST_MISSING])}{more}" if found else ""


def manifest_lines(view: View, paths: Sequence[str]) -> list[str]:
    """The lines of dependency manifests that name what these files import, nearest manifest first."""
    tree = view.tree
    manifests = [path for path in tree.paths if _MANIFEST.fullmatch(PurePosixPath(path).name)]
    if not manifests:
        return ["There is no dependency manifest among the scanned files: which versions are used is not known."]
    imports = (item for path in paths for item in tree.symbols(path).imports)
    wanted = _wanted(sorted({_module(item) for item in imports if tree.modules.is_library(item)}))
    near = sorted(manifests, key=lambda path: (-path.count("/") if _above(path, paths) else 1, path))
    output: list[str] = []
    room = _MOST_LINES
    for path in near:
        lines = view.lines(path) or ()
        hits = sorted(set(_naming(lines, wanted)))[:room]
        if hits:
            output.append(f"{view.shown(path)}, lines that name what is imported")
            output += [numbered(lines[number - 1 : number], number)[0] for number in hits]
            room -= len(hits)
    return output or [f"Nothing that the path imports stands in {', '.join(map(view.shown, near[:3]))}."]


def _module(item: Import) -> str:
    return item.module.strip("'\" ")


def _is_listed(tree: Tree, path: str) -> bool:
    return tree.language(path) not in _PROSE or _MANIFEST.fullmatch(PurePosixPath(path).name) is not None


def _wanted(modules: Iterable[str]) -> frozenset[str]:
    """The names under which manifests may list what is imported, in one spelling."""
    names: set[str] = set()
    for module in modules:
        first = module.split(".")[0]
        names.add(_INSTALLED.get(first, first))
        names.add(module)
        if "/" in module:
            names.add("/".join(module.split("/")[: 2 if module.startswith("@") else 3]))
        names.update(part for part in re.split(r"[./]", module)[1:4] if len(part) > _SHORTEST)
    return frozenset(_spelled(name) for name in names if len(name) > 1)


def _naming(lines: Sequence[str], wanted: frozenset[str]) -> Iterator[int]:
    for number, line in enumerate(lines, 1):
        spelled = {_spelled(word) for word in re.findall(r"[@\w][\w@./:-]*", line)}
        parts = spelled | {part for word in spelled for part in re.split(r"[/:]", word)}
        if wanted & parts:
            yield number
            if number < len(lines) and _VERSIONED.search(lines[number]):
                yield number + 1


def _spelled(name: str) -> str:
    return _JOINT.sub("-", name.lower())


def _above(manifest: str, paths: Sequence[str]) -> bool:
    folder = manifest.rpartition("/")[0]
    return any(not folder or path.startswith(f"{folder}/") for path in paths)
