"""Literals: strings with their escapes, f-strings with their fields, numbers.

String literals as the reference defines them (docs.python.org/3/reference/lexical_analysis.html), with Python 2's prefixes and suffixes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from scanner.taint.ir import Arg, Call, Const, Expr, Format, Name, Opaque
from scanner.taint.lower.literals import MAX_DIGITS, SHORT, character, finite, joined, word
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.taint.lower.python.state import ExpressionHandler, State
    from scanner.taint.lower.tree import SyntaxNode

_ESCAPE = re.compile(
    r"\\(?:(\r\n|\n|\r)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^{}\n]{1,100})\})",
)
_BYTES_ESCAPE = re.compile(r"\\(?:(\r\n|\n|\r)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2}))")
_LETTERS: Mapping[str, str] = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

# Format specifications whose type formats numbers only (docs.python.org/3/library/string.html, "Format Specification Mini-Language").
_NUMERIC_SPEC = re.compile(r"(?:.?[<>=^])?[-+ ]?z?#?0?[0-9]*[,_]?(?:\.[0-9]+)?(?:([bcdoxX])|[eEfFgGn%])", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def string(s: State, node: SyntaxNode, depth: int) -> Expr:
    """A string literal. Most have no prefix and no escape, and need no look at the node's children."""
    start, end = node.start_byte, node.end_byte
    text = s.text[start:end]
    quote = text[:1]
    if quote in {'"', "'"} and "\\" not in text and end - start > 1 and text[-1] == quote and "\r" not in text and (s.plain or text.isascii()):
        if end - start > 5 and text[1] == quote and text[2] == quote:  # noqa: PLR2004 -- two triple quotes
            return Const(text[3:-3], start, end)
        return Const(text[1:-1], start, end)
    return _any_string(s, node, depth)


def _any_string(s: State, node: SyntaxNode, depth: int) -> Expr:
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    children = node.children
    start, end = node.start_byte, node.end_byte
    if not children or children[0].type != "string_start":
        return Opaque(tuple(s.all_operands(node, depth + 1)), start, end)
    opening = s.text[children[0].start_byte : children[0].end_byte].lower()
    prefix = opening.rstrip("\"'")
    if prefix == "`":
        return _backticks(s, children[0].end_byte, children[-1].start_byte, (start, end))
    raw = "r" in prefix
    begin, end_of_text = children[0].end_byte, _body_end(children[-1], len(opening) - len(prefix))
    fields = [child for child in children if child.type == "interpolation"]
    if "t" in prefix:
        return Opaque(tuple([part for field in fields for part in _field(s, field, depth + 2) if not isinstance(part, Const)]), start, end)
    if "b" in prefix:
        return Const(_bytes(s.data[begin:end_of_text], raw=raw), start, end)
    if not fields and "f" not in prefix:
        return Const(_text(s.decoded(begin, end_of_text), raw=raw), start, end)
    parts: list[Expr] = []
    for child in children[1:]:
        stop = min(child.end_byte, end_of_text)
        if child.type == "interpolation":
            parts.extend(_field(s, child, depth + 2))
        elif child.start_byte < stop:
            text = s.decoded(child.start_byte, stop).replace("{{", "{").replace("}}", "}")
            parts.append(Const(_text(text, raw=raw), child.start_byte, stop))
    return joined(parts, start, end)


def _body_end(last: SyntaxNode, quotes: int) -> int:
    """Where the text ends. A raw string of nothing but backslashes and what they stand before is part of its `string_end` to the grammar."""
    return last.end_byte if last.type != "string_end" else max(last.end_byte - quotes, last.start_byte)


def _backticks(s: State, start: int, stop: int, span: tuple[int, int]) -> Expr:
    """Python 2's `repr`. The grammar reads what stands in it as text; a plain name in it is known."""
    text = s.text[start:stop].strip()
    return Call(Name("repr", *span), (Arg(Name(text, start, stop)),), *span) if _NAME.fullmatch(text) else Opaque((), *span)


def _field(s: State, node: SyntaxNode, depth: int) -> list[Expr]:
    """`{value!conversion:specification}`: the text before it where it documents itself, the value, the fields of its specification."""
    values = s.all_operands(node, depth)
    start, end = node.start_byte, node.end_byte
    value = values[0] if len(values) == 1 else Opaque(tuple(values), start, end)
    parts: list[Expr] = []
    conversion, documented = "", False
    specification: SyntaxNode | None = None
    for child in node.children:
        if child.type == "=":
            documented = True
            parts.append(Const(s.decoded(start + 1, child.end_byte), start + 1, child.end_byte))
        elif child.type == "type_conversion":
            conversion = s.text[child.start_byte : child.end_byte]
        elif child.type == "format_specifier":
            specification = child
    if conversion in {"!r", "!a"} or (documented and not conversion and specification is None):
        value = _call("ascii" if conversion == "!a" else "repr", value, start, end)
    nested: list[Expr] = []
    if specification is not None:
        for child in specification.children:
            nested.extend(s.all_operands(child, depth))
        numeric = _NUMERIC_SPEC.fullmatch(s.text[specification.start_byte + 1 : specification.end_byte])
        if numeric is not None:
            value = _call("int" if numeric[1] else "float", value, start, end)
    return [*parts, value, *nested]


def _call(function: str, value: Expr, start: int, end: int) -> Expr:
    return Call(Name(function, start, start), (Arg(value),), start, end)


def concatenated(s: State, node: SyntaxNode, depth: int) -> Expr:
    """Literals side by side."""
    if depth > MAX_EXPRESSION_DEPTH:
        return s.cut(node)
    pieces = s.all_operands(node, depth + 1)
    start, end = node.start_byte, node.end_byte
    values = [piece.value for piece in pieces if isinstance(piece, Const)]
    binary = [value for value in values if isinstance(value, bytes)]
    if binary and len(binary) == len(pieces):
        return Const(b"".join(binary), start, end)
    parts: list[Expr] = []
    for piece in pieces:
        parts.extend(piece.parts if isinstance(piece, Format) else (piece,))
    return joined(parts, start, end)


# -- escapes -------------------------------------------------------------------------------------------------------------


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _text(text: str, *, raw: bool) -> str:
    """The value of a literal's text."""
    text = _newlines(text)
    return text if raw or "\\" not in text else _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    newline, letter, octal, byte, short, long, name = match.groups()
    if newline is not None:
        return ""
    if letter is not None:
        return _LETTERS.get(letter, letter)
    if octal is not None:
        return chr(int(octal, 8))
    if name is not None:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            return match[0]  # a name of a later Unicode than ours, or none
    return character(int(byte or short or long, 16), match[0])


def _bytes(data: bytes, *, raw: bool) -> bytes:
    """The value of a bytes literal."""
    text = _newlines(data.decode("latin-1"))
    return (text if raw or "\\" not in text else _BYTES_ESCAPE.sub(_unescaped_byte, text)).encode("latin-1")


def _unescaped_byte(match: re.Match[str]) -> str:
    newline, letter, octal, byte = match.groups()
    if newline is not None:
        return ""
    if letter is not None:
        return _LETTERS.get(letter, letter)
    return chr(int(octal, 8) & 0xFF if octal is not None else int(byte, 16))


# -- numbers and words ---------------------------------------------------------------------------------------------------


def integer(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """An integer, in any base and with Python 2's suffix and octals."""
    start, end = node.start_byte, node.end_byte
    text = s.text[start:end]
    if end - start < SHORT and text.isdecimal() and (text[0] != "0" or end - start == 1):
        return Const(int(text), start, end)
    return _number(text, start, end)


def _number(text: str, start: int, end: int) -> Expr:
    plain = text.replace("_", "").lower().rstrip("l")
    if plain and end - start <= MAX_DIGITS:
        value = finite(plain, octal=plain[0] == "0" and plain.isdecimal())
        if value is not None:
            return Const(value, start, end)
    return Opaque((), start, end)


def floating(s: State, node: SyntaxNode, _depth: int) -> Expr:
    """A float; an imaginary number is nothing."""
    start, end = node.start_byte, node.end_byte
    return _number(s.text[start:end], start, end)


HANDLERS: Mapping[str, ExpressionHandler] = {
    "string": string,
    "concatenated_string": concatenated,
    "integer": integer,
    "float": floating,
    "true": word(True),  # noqa: FBT003 -- the value of the word itself
    "false": word(False),  # noqa: FBT003 -- the value of the word itself
    "none": word(None),
}
