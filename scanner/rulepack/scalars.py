"""What a YAML scalar means: the core schema of YAML 1.2.2 (chapter 10.3), without what JSON has no word for."""

from __future__ import annotations

import math
import re
from typing import Final

MAX_DIGITS: Final = 300

_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER_START: Final = frozenset("-+.0123456789")

Scalar = str | int | float | bool | None


def resolve(text: str, tag: str) -> Scalar:
    """The value of a scalar. `tag` is the short name of an explicit tag, empty for a plain scalar. Raises ValueError with one line."""
    if tag in {"str", "!"}:
        return text
    value = _plain(text)
    if not tag or tag == _name(value) or (tag == "float" and isinstance(value, int) and not isinstance(value, bool)):
        return value
    if tag in {"int", "float", "bool", "null"}:
        msg = f"{text!r} is no {tag}"
        raise ValueError(msg)
    msg = f"the tag {tag!r} is not allowed"
    raise ValueError(msg)


def _plain(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _NO_NUMBER.fullmatch(text):
        msg = f"{text!r} is not a number that JSON has"
        raise ValueError(msg)
    whole = _INT.fullmatch(text)
    if not whole and not _FLOAT.fullmatch(text):
        return text
    if len(text) > MAX_DIGITS:
        msg = f"the number has more than {MAX_DIGITS} digits"
        raise ValueError(msg)
    if whole:
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    number = float(text)
    if not math.isfinite(number):
        msg = f"{text!r} is too large a number"
        raise ValueError(msg)
    return number


def _name(value: Scalar) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "bool"
        case int():
            return "int"
        case float():
            return "float"
        case str():
            return "str"
