"""Which file of the tree an import means, by its path; and which imports mean code of the same project that was not scanned."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from scanner.syntax.languages import GRAMMARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.syntax.symbols import Import

INDEX_FILES: Final = frozenset({"__init__", "index", "mod", "main"})
_SEPARATOR: Final = re.compile(r"[./\\:'\"]+")
_DOMAINS: Final = frozenset({"com", "org", "net", "io", "dev", "de", "fr", "uk", "co", "eu", "gov", "edu", "app", "github"})
_BY_PACKAGE: Final = frozenset({"java", "kotlin"})
_MOST_SAME: Final = 4


class Modules:
    """The files of a tree by the names under which others import them."""

    def __init__(self, languages: Mapping[str, str]) -> None:
        """`languages` holds the language of every file, by its path."""
        self._languages = languages
        self._by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._tops: set[str] = set()
        for path, language in languages.items():
            if language not in GRAMMARS:
                continue
            place = PurePosixPath(path)
            parts = (*place.parts[:-1], place.name.partition(".")[0])
            names = parts[:-1] if parts[-1] in INDEX_FILES and len(parts) > 1 else parts
            self._by_last.setdefault(names[-1], []).append((names, path))
            if language == "go" and len(place.parts) > 1:
                self._by_last.setdefault(place.parts[-2], []).append((place.parts[:-1], path))
            self._tops.update(_beginnings(parts, language))

    def files(self, item: Import) -> tuple[str, ...]:
        """The files that an import can mean, none for a library's; a package in the languages that import those is all its files."""
        module = tuple(part for part in _SEPARATOR.split(_bare(item.module)) if part and part not in {"js", "ts", "mjs", "php", "__DIR__"})
        tries = [(*module, item.name)] if item.name and item.name != "*" else []
        for wanted in (*tries, module, module[:-1] if self._languages.get(item.span.path) in _BY_PACKAGE else ()):
            found = self._ending_in(wanted, item.span.path, relative=_is_relative(item.module))
            if found:
                return found
        return ()

    def is_missing(self, item: Import) -> bool:
        """Whether an import means, by its name, code of the same project that is not in the tree."""
        return not self.files(item) and (_is_relative(item.module) or self._own(item))

    def is_library(self, item: Import) -> bool:
        """Whether an import means code of others."""
        return not self.files(item) and not _is_relative(item.module) and not self._own(item)

    def _own(self, item: Import) -> bool:
        parts = tuple(part for part in _SEPARATOR.split(_bare(item.module)) if part)
        return bool(parts) and not self._tops.isdisjoint((parts[0], _beginning(parts)))

    def _ending_in(self, wanted: tuple[str, ...], importer: str, *, relative: bool) -> tuple[str, ...]:
        if not wanted:
            return ()
        same = [(names, path) for names, path in self._by_last.get(wanted[-1], ()) if path != importer]
        for length in range(len(wanted), 0, -1):
            if length < len(wanted) and not relative and length < 2:  # noqa: PLR2004 - one word alone means nothing within a dotted name
                break
            found = [path for names, path in same if names[-length:] == wanted[-length:]]
            if found:
                return _nearest(found, importer)
        return ()


def _beginnings(parts: tuple[str, ...], language: str) -> Iterable[str]:
    """What imports of the project's own modules can begin with, seen from a file."""
    if language in _BY_PACKAGE:
        roots = [index for index, part in enumerate(parts) if part in {"java", "kotlin"}]
        inner = parts[roots[-1] + 1 : -1] if roots else parts[:-1]
        return [_beginning(inner)] if inner else []
    if language in {"python", "go"} and len(parts) > 1:
        return [parts[1] if parts[0] == "src" and len(parts) > 2 else parts[0]]  # noqa: PLR2004 - src/package/module
    return []


def _beginning(parts: tuple[str, ...]) -> str:
    return ".".join(parts[:2]) if parts[0] in _DOMAINS else parts[0]


def _bare(module: str) -> str:
    return module.strip("'\" ").replace("__DIR__", "")


def _is_relative(module: str) -> bool:
    text = module.strip("'\" ")
    return text.startswith((".", "@/", "~/")) or "__DIR__" in text


def _nearest(paths: list[str], importer: str) -> tuple[str, ...]:
    """Those that share the most directories with the importer."""
    here = importer.split("/")

    def shared(path: str) -> int:
        return next((index for index, (one, two) in enumerate(zip(path.split("/"), here, strict=False)) if one != two), 0)

    best = max(map(shared, paths))
    return tuple(sorted(path for path in paths if shared(path) == best)[:_MOST_SAME])
