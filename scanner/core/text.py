"""Lines and columns of source text, counted the way SARIF and GitHub count them."""

from __future__ import annotations

import re

_LINE_END = re.compile(r"\r\n|\r|\n")
_NARROW_LIMIT = 0xFFFF


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, with what is not UTF-8 replaced, so that every file has a text."""
    return data.decode("utf-8", "replace")


def split_lines(text: str) -> list[str]:
    r"""The lines of a text without their ends; LF, CRLF and CR end a line, form feeds and Unicode separators do not."""
    return _LINE_END.split(text)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for char in text if ord(char) > _NARROW_LIMIT)


def utf16_column(line: bytes, byte_offset: int) -> int:
    """The 1-based UTF-16 column of a byte offset within one line of a file."""
    return utf16_length(line[:byte_offset].decode("utf-8", "replace")) + 1


def character_index(line: str, column: int) -> int:
    """The index in `line` of a 1-based UTF-16 column; the line's length when the column lies behind its end."""
    if line.isascii():
        return min(column - 1, len(line))
    units = 0
    for index, char in enumerate(line):
        if units >= column - 1:
            return index
        units += 2 if ord(char) > _NARROW_LIMIT else 1
    return len(line)
