"""What one side of a case sees of the tree: the code as it is, or the neutral view. Brief, tools and adjudication all look through the same view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from scanner.syntax.lexical import lexical_tokens
from scanner.triage.visible import one_line, visible

if TYPE_CHECKING:
    from scanner.triage.tree import Line, Page, Tree

_STRING: Final = re.compile(r"""([A-Za-z]{0,2})(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|`(?:[^`\\]|\\.)*+`)""")


class Lens(Protocol):
    """How names and lines look from one side."""

    def path(self, path: str) -> str:
        """A path as it is shown."""
        ...

    def path_back(self, shown: str) -> str:
        """The path that is shown so."""
        ...

    def word(self, name: str) -> str:
        """A name as it is shown; a dotted one part by part."""
        ...

    def word_back(self, shown: str) -> str:
        """The name that is shown so."""
        ...

    def prose(self, text: str) -> str:
        """Words about code (a message, a note) with the names in them as they are shown."""
        ...

    def lines(self, page: Page) -> tuple[Line, ...]:
        """A file's lines as they are shown."""
        ...


class PlainLens:
    """Everything as it is."""

    def path(self, path: str) -> str:
        """The path itself."""
        return path

    def path_back(self, shown: str) -> str:
        """The path itself."""
        return shown

    def word(self, name: str) -> str:
        """The name itself."""
        return name

    def word_back(self, shown: str) -> str:
        """The name itself."""
        return shown

    def prose(self, text: str) -> str:
        """The text itself."""
        return text

    def lines(self, page: Page) -> tuple[Line, ...]:
        """The lines as they are."""
        return page.lines


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign of one line, and whether it is code."""

    text: str
    code: bool


class View:
    """A tree through a lens. Paths that go in are those of the snapshot; `path_of` turns what a model wrote into one."""

    def __init__(self, tree: Tree, lens: Lens) -> None:
        self.tree = tree
        self._lens = lens
        self._shown: dict[str, str] = {}

    def shown(self, path: str) -> str:
        """A path as the model sees it, on one line and without secrets whatever its name holds."""
        known = self._shown.get(path)
        if known is None:
            known = self._shown[path] = one_line(self.tree.masked(self._lens.path(path)), 1_000)
        return known

    def path_of(self, shown: str) -> str | None:
        """The file of the snapshot that a model means, None when there is none. `./a` and `a` are the same file; nothing else is guessed."""
        name = shown.strip().removeprefix("./")
        path = self._lens.path_back(name)
        if path in self.tree:
            return path
        return next((known for known in self.tree.paths if self.shown(known) == name), None)  # a name with a character that is not shown as it is

    def word(self, name: str) -> str:
        """A name of the code as the model sees it."""
        return one_line(self._lens.word(name))

    def word_back(self, shown: str) -> str:
        """The name of the code that a model means."""
        return self._lens.word_back(shown.strip())

    def prose(self, text: str, most: int = 1_000) -> str:
        """A message or a note as the model sees it: one line, without secrets."""
        return one_line(self.tree.masked(self._lens.prose(text)), most)

    def lines(self, path: str) -> tuple[str, ...] | None:
        """The lines of a file as the model sees them, uncut; None for what is not there."""
        page = self.tree.page(path)
        return None if page is None else tuple(visible("".join(piece.text for piece in line)) for line in self._lens.lines(page))

    def tokens(self, path: str, start: int, end: int) -> tuple[tuple[Token, ...], ...]:
        """The tokens of some lines as the model sees them, a tuple for each; lines that do not exist have none."""
        page = self.tree.page(path)
        if page is None:
            return ()
        return tuple(
            tuple(Token(text, piece.code) for piece in line for text in lexical_tokens(visible(piece.text)))
            for line in self._lens.lines(page)[max(start, 1) - 1 : end]
        )

    def code_tokens(self, path: str, start: int, end: int) -> tuple[str, ...]:
        """The code alone of some lines."""
        return tuple(token.text for line in self.tokens(path, start, end) for token in line if token.code)

    def bare_tokens(self, path: str, start: int, end: int) -> tuple[str, ...]:
        """The same without what stands in strings, unless code may stand in it."""
        page = self.tree.page(path)
        lines = self._lens.lines(page)[max(start, 1) - 1 : end] if page else ()
        code = ("".join(piece.text for piece in line if piece.code) for line in lines)
        return tuple(token for line in code for token in lexical_tokens(visible(_STRING.sub(_emptied, line))))


def _emptied(match: re.Match[str]) -> str:
    text = match[0]
    return text if "${" in text or "#{" in text or "f" in match[1].lower() else f"{match[1]}{text[-1]}{text[-1]}"
