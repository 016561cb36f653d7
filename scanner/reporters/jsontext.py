"""JSON text that is safe to store, to print and to read: valid UTF-8, deterministic, without control characters."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

INDENTED_UP_TO = 1_000_000  # characters of compact text; what is larger is for machines, and indentation would add a third

_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_QUOTE = json.encoder.encode_basestring
_FIRST_PICTURE = 0x2400  # Unicode's pictures of the control characters stand in their order
_ESCAPE = re.compile(r"\\(?:u00([01][0-9a-f])|([bfr])|.)")
_SHORT_ESCAPES = {"b": 0x08, "f": 0x0C, "r": 0x0D}
_UNSAFE = re.compile("[\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]")


def dumps(document: object, default: Callable[[Any], object] | None = None) -> str:
    r"""A document as JSON text with a line end; indented by two spaces while it is small enough for people, compact beyond.

    `default` turns what JSON has no type for into what it has a type for.

    Whatever the strings held, the text encodes as UTF-8, and parsing it gives no lone surrogates (U+FFFD stands for each) and no control characters
    but line feeds and tabs (their pictures stand for them: U+241B for an escape). What reorders or hides text when printed is escaped as `\u202e`:
    a parser gets it, a reader of the file sees it. Every replacement takes one UTF-16 unit for one, so columns into quoted lines stay true.
    """
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=default)
    if len(compact) > INDENTED_UP_TO:
        return _harmless(compact) + "\n"
    # What `default` made of it is not made once more.
    return _harmless(_indented(json.loads(compact), "\n")) + "\n"


def _indented(value: object, end: str) -> str:
    """What `json.dumps` says with `indent=2`; `end` is the line end with the indentation around the value."""
    if isinstance(value, str):
        return _QUOTE(value)
    inner = end + "  "
    if isinstance(value, dict) and value:
        return "{" + inner + f",{inner}".join([f"{_QUOTE(name)}: {_indented(held, inner)}" for name, held in value.items()]) + end + "}"
    if isinstance(value, list) and value:
        return "[" + inner + f",{inner}".join([_indented(held, inner) for held in value]) + end + "]"
    return _PLAIN(value)


def _harmless(text: str) -> str:
    if "\x7f" in text or not text.isascii():
        text = _INVISIBLE.sub(_escaped, _UNSAFE.sub("\ufffd", text))
    if "\\" in text:
        text = _ESCAPE.sub(_without_control, text)
    return text


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def _without_control(match: re.Match[str]) -> str:
    if match[1]:
        return chr(_FIRST_PICTURE + int(match[1], 16))
    if match[2]:
        return chr(_FIRST_PICTURE + _SHORT_ESCAPES[match[2]])
    return match[0]
