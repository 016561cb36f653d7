"""What can be asked about the structure of the scanned code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from scanner.core.location import Span


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: where it stands and its text, markers included. `trailing` says that code stands before it on its line."""

    span: Span
    text: str
    trailing: bool


@dataclass(frozen=True, slots=True)
class Reliance:
    """Stretches of code as tokens, each with the path of its file: `own` are of one file, `called` of others that it uses.

    `whole` says whether all of those others were part of the tree that was asked.
    """

    own: tuple[tuple[str, tuple[str, ...]], ...]
    called: tuple[tuple[str, tuple[str, ...]], ...] = ()
    whole: bool = True


class CodeIndex(Protocol):
    """Structure on demand: a file is parsed when first asked about. Files without a grammar answer with nothing, or lexically for comments."""

    def enclosing_symbol(self, span: Span) -> str:
        """The dotted name of the innermost definitions around a span's start (`Shop.checkout`), empty at the top of a file."""
        ...

    def code_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens within a span, comments and white space left out."""
        ...

    def statement_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the statement around a span's start, alike however the code is formatted; what a finding's identity rests on."""
        ...

    def definition_tokens(self, span: Span) -> tuple[str, ...]:
        """The tokens of the innermost definition around a span's start; those of the whole file where it stands in none."""
        ...

    def reliance(self, span: Span) -> Reliance:
        """What decides about a place besides the data that reaches it; a guard may stand in any of it.

        That is the outermost function around it with its decorators and the head of its class, at the top of a file the statement with all that
        stands in it; and the definitions these name, in the file and in those it imports from. Names are followed by their spelling: it is sooner
        too much than too little.
        """
        ...

    def comments(self, path: str) -> tuple[Comment, ...]:
        """Every comment of a file, in order."""
        ...


@runtime_checkable
class ReadingIndex(CodeIndex, Protocol):
    """A CodeIndex that says which bytes it looked at."""

    def digest(self, path: str) -> str:
        """The SHA-256 of the bytes that the last answers about a file rest on, as hexadecimal digits."""
        ...
