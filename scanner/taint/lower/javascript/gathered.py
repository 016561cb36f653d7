"""What is known of a file's classes that are made of functions before anything is lowered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.taint.lower.tree import SyntaxNode

WORD = r"[A-Za-z_$][\w$]*"
"""A name."""

_PROTOTYPE = ".prototype"
_MAX_NAME = 100
_BEFORE = re.compile(rf"({WORD})\s*\Z")
_INHERITING = re.compile(rf"(?:inherits|__extends|_inheritsLoose|_createClass)\(\s*({WORD})\s*,")
_BUILTIN = frozenset(("Object", "Array", "String", "Function", "Number", "RegExp", "Promise", "Date", "Error", "Map", "Set"))


class Gathered:
    """What a block says of one class: the statements that give it something, in order, each with what it does."""

    __slots__ = ("name", "parts")

    def __init__(self, name: str) -> None:
        self.name = name
        self.parts: list[tuple[str, SyntaxNode]] = []


def candidates(text: str) -> frozenset[str]:
    """The names in a file that have a prototype."""
    found = set(_INHERITING.findall(text)) if any(mark in text for mark in ("nherits", "__extends(", "_createClass(")) else set()
    at = text.find(_PROTOTYPE)
    while at >= 0:
        match = _BEFORE.search(text, max(at - _MAX_NAME, 0), at)
        if match is not None:
            found.add(match[1])
        at = text.find(_PROTOTYPE, at + 1)
    return frozenset(found - _BUILTIN)
