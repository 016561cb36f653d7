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

    def comments(self, path: str) -> tuple[Comment, ...]:
        """Every comment of a file, in order."""
        ...


@runtime_checkable
class ReadingIndex(CodeIndex, Protocol):
    """A CodeIndex that says which bytes it looked at."""

    def digest(self, path: str) -> str:
        """The SHA-256 of the bytes that the last answers about a file rest on, as hexadecimal digits."""
        ...
