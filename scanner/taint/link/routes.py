"""Patterns of routes: what they let through of each parameter, long before the handler sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.taint.kinds import PATHS, mask_of
from scanner.taint.local.constraints import harmless_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scanner.taint.ir import Constant

# `/orders/<int:order_id>`, `/orders/<name>`, `/orders/<any(a, b):name>`; Bottle and Sanic write the name first, which then is no parameter's.
_ANGLED: Final = re.compile(r"(?<!\?P)<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
# `/orders/{order_id}`, `/orders/{order_id:int}`
_BRACED: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_GROUP: Final = re.compile(r"\(\?P<(\w+)>")
_PARSED: Final = frozenset({"int", "float", "uuid", "any"})
_WORDS: Final = frozenset({"slug"})
_ONE_SEGMENT: Final = frozenset({"", "default", "str", "string"})
_MOST: Final = 400  # characters of a pattern that are looked at


def let_through(texts: Iterable[Constant], bits: Mapping[str, int]) -> dict[str, int]:
    """By parameter, the kinds (as a mask) that it cannot harm after what the route's pattern lets through.

    What is parsed or one of a few words harms nothing. A segment holds no slash: servers decode a path before they match it, so an encoded one does
    not get through either.
    """
    safe: dict[str, int] = {}
    for text in texts:
        if isinstance(text, str):
            for name, mask in _of(text[:_MOST], bits):
                safe[name] = safe.get(name, mask) & mask
    return safe


def _of(text: str, bits: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for converter, name in _ANGLED.findall(text):
        yield name, _converted(converter, bits)
    for name, converter in _BRACED.findall(text):
        yield name, _converted(converter, bits)
    for group in _GROUP.finditer(text):
        pattern = _closed(text, group.end())
        yield group[1], harmless_for(pattern, bits) if pattern else 0


def _converted(converter: str, bits: Mapping[str, int]) -> int:
    if converter in _PARSED:
        return -1
    if converter in _WORDS:
        return harmless_for(r"[-a-zA-Z0-9_]+", bits)
    return mask_of(PATHS, bits) if converter in _ONE_SEGMENT else 0


def _closed(text: str, start: int) -> str:
    """The inside of a group of a regular expression, up to the parenthesis that closes it; empty where none does."""
    depth, inside, position = 1, False, start
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif inside:
            inside = character != "]"
        elif character == "[":
            inside = True
        elif character in "()":
            depth += 1 if character == "(" else -1
            if not depth:
                return text[start:position]
        position += 1
    return ""
