"""Literals: what texts, numbers and words come to once a language's own spelling has been read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scanner.taint.ir import Const, Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scanner.taint.ir import Expr
    from scanner.taint.lower.state import Lowering
    from scanner.taint.lower.tree import SyntaxNode

MAX_DIGITS = 64
"""How many characters a number may have; longer ones decide nothing and would take long to read."""
SHORT = 18
"""From how many characters on a decimal number is not read straight away."""

_MAX_CODE_POINT = 0x10FFFF
_REPLACEMENT = "\ufffd"


def joined(parts: Iterable[Expr], start: int, end: int) -> Expr:
    """Text made of parts, with neighbouring constants as one; a constant where all are."""
    folded: list[Expr] = []
    texts: list[str] = []
    at = stop = start

    def flush() -> None:
        if any(texts):
            folded.append(Const("".join(texts), at, stop))
        texts.clear()

    for part in parts:
        if isinstance(part, Const) and isinstance(part.value, str):
            if not texts:
                at = part.at
            texts.append(part.value)
            stop = part.end
        else:
            flush()
            folded.append(part)
    if not folded:
        return Const("".join(texts), start, end)
    flush()
    return Format(tuple(folded), start, end)


def character(point: int, written: str) -> str:
    """What an escape by number stands for; itself, as it is written, where there is no such character.

    A half of a surrogate pair becomes the replacement character: no output could carry it.
    """
    if 0xD800 <= point <= 0xDFFF:  # noqa: PLR2004 -- the surrogates
        return _REPLACEMENT
    return chr(point) if point <= _MAX_CODE_POINT else written


def finite(digits: str, *, octal: bool) -> int | float | None:
    """The number that digits spell, in the base that they say; None for what is imaginary, without end, or no number."""
    for read in (lambda: int(digits, 8 if octal else 0), lambda: float(digits)):
        try:
            value = read()
        except ValueError:
            continue  # not of this kind
        if math.isfinite(value):
            return value
    return None


def word(value: bool | None) -> Callable[[Lowering, SyntaxNode, int], Expr]:  # noqa: FBT001 -- the value of the word itself
    """The handler of a word that is a value: `true`, `None`."""

    def handler(_s: Lowering, node: SyntaxNode, _depth: int) -> Expr:
        return Const(value, node.start_byte, node.end_byte)

    return handler
