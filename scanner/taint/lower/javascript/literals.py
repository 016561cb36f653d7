"""Literals: strings with their escapes, templates, numbers, regular expressions.

A regular expression literal is the call `RegExp(pattern, flags)` with both as they are written. The flags are there even where they are empty,
and it is no construction: that tells it from `new RegExp(text)`.
Escapes as the specification defines them (tc39.es/ecma262, "String Literals", "Template Literal Lexical Components").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Call, Const, Expr, Name, Opaque
from scanner.taint.lower.literals import MAX_DIGITS, SHORT, character, finite, joined, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.javascript.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

_ESCAPE = re.compile(r"\\(?:(\r\n|[\n\r\u2028\u2029])|u\{([0-9a-fA-F]{1,8})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS: Mapping[str, str] = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def string(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A string literal."""
    start, end = node.start_byte, node.end_byte
    return Const(text_of(s, start, end), start, end)


def text_of(s: State, start: int, end: int) -> str:
    """The value of a string literal with its quotes."""
    return unescaped(s.decoded(start + 1, end - 1)) if end - start > 1 else ""


def unescaped(text: str) -> str:
    """The value of a literal's text."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    newline, braced, short, byte, octal, letter = match.groups()
    if newline is not None:
        return ""
    if letter is not None:
        return _LETTERS.get(letter, letter)
    if octal is not None:
        return chr(int(octal, 8))
    return character(int(braced or short or byte, 16), match[0])


def template(s: State, node: SyntaxNode, depth: int) -> Expr:
    """A template string: a format of its text and its values; without values, its text."""
    if depth > s.limit:
        return s.cut(node)
    start, end = node.start_byte, node.end_byte
    children = node.children
    parts: list[Expr] = []
    position = start + 1
    for child in children:
        if child.type == "template_substitution":
            if position < child.start_byte:
                parts.append(Const(unescaped(s.decoded(position, child.start_byte).replace("\r\n", "\n")), position, child.start_byte))
            values = s.all_operands(child, depth + 1)
            parts.append(values[0] if len(values) == 1 else Opaque(tuple(values), child.start_byte, child.end_byte))
            position = child.end_byte
    if position < end - 1:
        parts.append(Const(unescaped(s.decoded(position, end - 1).replace("\r\n", "\n")), position, end - 1))
    return joined(parts, start, end)


def regex(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A regular expression literal, as a call of `RegExp` with its pattern and its flags."""
    start, end = node.start_byte, node.end_byte
    text = s.decoded(start, end)
    pattern, _, flags = text[1:].rpartition("/")
    stop = end - len(flags)
    args = (Arg(Const(pattern, start + 1, stop - 1)), Arg(Const(flags, stop, end)))
    return Call(Name("RegExp", start, start), args, start, end)


def number(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A number, in any base; one that is not finite is nothing."""
    start, end = node.start_byte, node.end_byte
    text = s.text[start:end]
    if end - start < SHORT and text.isdecimal() and (text[0] != "0" or end - start == 1):
        return Const(int(text), start, end)
    plain = text.replace("_", "").lower().removesuffix("n")
    if plain and end - start <= MAX_DIGITS:
        value = finite(plain, octal=plain[0] == "0" and plain.isdecimal() and not set(plain) & {"8", "9"})
        if value is not None:
            return Const(int(value) if value == int(value) and abs(value) < 2**53 else value, start, end)
    return Opaque((), start, end)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "string": string,
    "template_string": template,
    "regex": regex,
    "number": number,
    "true": word(True),  # noqa: FBT003 -- the value of the word itself
    "false": word(False),  # noqa: FBT003 -- the value of the word itself
    "null": word(None),
    "undefined": word(None),
}
