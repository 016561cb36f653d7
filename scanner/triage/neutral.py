"""The neutral view: the same code without what somebody wrote about it.

Comments, docstrings and strings that stand alone are gone, and what the project itself calls `sanitize_path`, `SafeQuery` or `is_valid` has a name
that claims nothing. Only names that the tree defines are renamed: `yaml.safe_load` is what the library does, and stays. A replacement follows from
the name alone, so it is the same in every file and in every tool, and does not change when code elsewhere does.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Final

from scanner.syntax.languages import GRAMMARS
from scanner.syntax.symbols import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.syntax.symbols import Definition, FileSymbols
    from scanner.triage.tree import Line, Page, Piece, Tree

# The stems of words that claim that something is taken care of.
_CLAIM: Final = re.compile(
    r"(?:sanit[iy]|(?<!un)safe|secur|(?<!in)valid|verif|clean|escap|(?:un)?trust|untaint|harmless|purif|scrub|protect|checked|hardened"
    r"|whitelist|allow|permit|forbid|restrict|guard|authori[sz]|defang|neutrali[sz]|quot(?:e|ing)|only|traversal|same_?(?:site|origin)|legit|approved)",
    re.IGNORECASE,
)
_CLAIM_BYTES: Final = re.compile(_CLAIM.pattern.encode(), re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d]\w*")
_MOST_FILES: Final = 1_000  # that are looked through for such names
# Words of libraries and of languages: as the name of a variable or parameter they stay, since the same word elsewhere is an option or a filter.
_SHARED: Final = frozenset(
    {"safe", "verify", "escape", "valid", "validate", "secure", "clean", "trusted", "protected", "escaped", "checked"}
    | {"allow", "allowed", "permit", "permitted", "guard", "guards", "authorize", "authorized", "authorization", "Authorization", "only", "restrict"}
    | {"quote", "quoted", "quoting", "sameSite", "samesite", "same_site", "SameSite", "sameOrigin", "same_origin"}
)
_KIND_WORDS: Final = {DefinitionKind.CLASS: "Type", DefinitionKind.FUNCTION: "fn", DefinitionKind.METHOD: "fn", DefinitionKind.NAMESPACE: "space"}


@dataclass(frozen=True, slots=True)
class _Names:
    """What is renamed: callables and types wherever they stand, other names unless the word is a library's; and files' own names."""

    words: Mapping[str, str]
    callable_words: frozenset[str]
    back: Mapping[str, str]
    stems: Mapping[str, str]
    modules: frozenset[str]


class NeutralLens:
    """Shows a tree without its claims. The names are collected at the first question; safe to share between threads."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._names: _Names | None = None
        self._foreign: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._lock = Lock()

    def path(self, path: str) -> str:
        """A path whose parts claim nothing."""
        stems = self._known().stems
        return "/".join(_with_stem(part, stems) for part in path.split("/"))

    def path_back(self, shown: str) -> str:
        """The path that is shown so."""
        back = {new: old for old, new in self._known().stems.items()}
        return "/".join(_with_stem(part, back) for part in shown.split("/"))

    def word(self, name: str) -> str:
        """A name as it is shown."""
        words = self._known().words
        return ".".join(words.get(part, part) for part in name.split("."))

    def word_back(self, shown: str) -> str:
        """The name that is shown so."""
        back = self._known().back
        return ".".join(back.get(part, part) for part in shown.split("."))

    def prose(self, text: str) -> str:
        """Words about code, with its names as they are shown."""
        names = self._known()
        return _WORD.sub(lambda match: names.words.get(match[0]) or names.stems.get(match[0], match[0]), text)

    def lines(self, page: Page) -> tuple[Line, ...]:
        """The code of each line, renamed; where prose stood is nothing."""
        names = self._known()
        kept, outside = self._foreign_names(page.path)
        return tuple(
            tuple(replace(piece, text=_renamed(piece, names, kept, outside)) for piece in line if piece.code)
            if any(piece.code and piece.text.strip() for piece in line)
            else ()
            for line in page.lines
        )

    def _known(self) -> _Names:
        with self._lock:
            if self._names is None:
                self._names = _collect(self._tree)
            return self._names

    def _foreign_names(self, path: str) -> tuple[frozenset[str], frozenset[str]]:
        """What a file imports from elsewhere: names that stay as they are in it, and modules whose members do."""
        known = self._foreign.get(path)
        if known is None:
            known = self._foreign[path] = _foreign(self._tree.symbols(path), self._known().modules)
        return known


def claims(name: str) -> bool:
    """Whether a name says that something is safe."""
    return _CLAIM.search(name) is not None


def _collect(tree: Tree) -> _Names:
    kinds: dict[str, DefinitionKind] = {}
    for definition in _definitions(tree):
        for name in (definition.name, *definition.parameters):
            if claims(name) and _WORD.fullmatch(name):
                kind = definition.kind if name == definition.name else DefinitionKind.VARIABLE
                if name not in kinds or kind is not DefinitionKind.VARIABLE:
                    kinds[name] = kind
    parts = {part.partition(".")[0] for path in tree.paths for part in path.split("/")}
    stems = {stem: f"file_{_mark(stem)}" for stem in sorted(parts) if claims(stem)}
    called = frozenset(name for name, kind in kinds.items() if kind in _KIND_WORDS)
    words = {name: f"{_KIND_WORDS.get(kind, 'name')}_{_mark(name)}" for name, kind in sorted(kinds.items()) if name in called or name not in _SHARED}
    modules = frozenset(PurePosixPath(path).stem for path in tree.paths) | frozenset(part for path in tree.paths for part in path.split("/")[:-1])
    everything = {**stems, **words}
    return _Names(everything, called, {new: old for old, new in everything.items()}, stems, modules)


def _definitions(tree: Tree) -> Iterator[Definition]:
    looked = 0
    for path, data in tree.raw():
        if tree.language(path) in GRAMMARS and _CLAIM_BYTES.search(data):
            looked += 1
            if looked > _MOST_FILES:
                return
            yield from tree.symbols(path).definitions


def _foreign(symbols: FileSymbols, modules: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    names: set[str] = set()
    outside: set[str] = set()
    for item in symbols.imports:
        parts = re.split(r"[./\\:]+", item.module.strip("./'\""))
        if item.module.startswith(".") or parts[-1] in modules or item.name in modules:
            continue
        if item.name and item.name != "*":
            names.add(item.alias or item.name)
        else:
            outside.add(item.alias or parts[0])
    return frozenset(names), frozenset(outside | names)


def _renamed(piece: Piece, names: _Names, kept: frozenset[str], outside: frozenset[str]) -> str:
    text = piece.text
    pieces: list[str] = []
    done = 0
    for match in _WORD.finditer(text):
        new = names.words.get(match[0])
        if new is None or match[0] in kept or _is_member_of(outside, text, match.start()) or _is_shared(match, text, names):
            continue
        pieces += (text[done : match.start()], new)
        done = match.end()
    return "".join((*pieces, text[done:]))


def _is_member_of(outside: frozenset[str], text: str, start: int) -> bool:
    """Whether the name at `start` is a member of something imported from elsewhere (`yaml.safe_load`)."""
    before = text[:start].rstrip()
    if not before.endswith("."):
        return False
    owner = re.search(r"([^\W\d]\w*)(?:\.\w+)*\.$", before[-200:])
    return owner is not None and owner[1] in outside


def _is_shared(match: re.Match[str], text: str, names: _Names) -> bool:
    """Whether a library's word stands here as an option (`verify=False`) or a filter (`|safe`), and not as the project's own function."""
    if match[0] not in _SHARED:
        return False
    before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
    return before == "|" or after != "(" or match[0] not in names.callable_words


def _with_stem(part: str, stems: Mapping[str, str]) -> str:
    stem, dot, rest = part.partition(".")
    return stems.get(stem, stem) + dot + rest


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
