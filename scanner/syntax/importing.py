"""The files that an import statement can mean, by the rules of its language, as paths of the tree. Nothing is looked up."""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.syntax.symbols import Import

_ECMASCRIPT: Final = frozenset({"javascript", "typescript", "tsx"})
_ENDINGS: Final = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


def candidates(item: Import, language: str) -> Iterator[str]:
    """Paths at which the imported code may lie, the likely ones first; none for languages whose imports name no files."""
    if language == "python":
        yield from _python(item)
    elif language in _ECMASCRIPT:
        yield from _ecmascript(item)


def _python(item: Import) -> Iterator[str]:
    module = item.module
    dots = len(module) - len(module.lstrip("."))
    parts = tuple(part for part in module.lstrip(".").split(".") if part)
    here = PurePosixPath(item.span.path).parent
    if dots:
        above = (here, *here.parents)
        places = above[dots - 1 : dots]
    else:
        places = (here, *here.parents)  # imports begin at the script's folder, or at one above it
    for place in places:
        for names in ((*parts, item.name), parts) if item.name and item.name != "*" else (parts,):
            base = place.joinpath(*names)
            if names:
                yield f"{base}.py"
            yield str(base / "__init__.py")


def _ecmascript(item: Import) -> Iterator[str]:
    module = item.module.strip("'\"`")
    if not module.startswith("."):
        return
    base = normpath(f"{PurePosixPath(item.span.path).parent}/{module}")
    if base.startswith(("..", "/")):
        return
    stem = base.rpartition(".")[0] if base.endswith((".js", ".jsx", ".mjs", ".cjs")) else ""
    yield base
    for ending in _ENDINGS:
        yield f"{base}{ending}"
        if stem:
            yield f"{stem}{ending}"  # TypeScript names the file that it will become
    yield from (f"{base}/index{ending}" for ending in _ENDINGS)
