"""From byte offsets to lines and UTF-16 columns, and back.

Parsers count bytes and know only LF; reports count UTF-16 units and know LF, CRLF and CR (see `scanner.core.text`). The work for one position is
bounded even in a file that is a single line of many megabytes: such lines get marks every few kilobytes, from which the counting starts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from operator import add

from scanner.core.location import Span
from scanner.core.text import decode, utf16_length

_LINE_END = re.compile(rb"\r\n|\r|\n")
_STRIDE = 2048
_LONGEST_TAIL = 3  # continuation bytes that can follow a first byte in UTF-8
_NARROW_LIMIT = 0xFFFF


class LineIndex:
    """The lines of one file. Lines and columns count from 1, offsets are bytes from 0."""

    __slots__ = ("_ascii", "_data", "_ends", "_marks", "_starts")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._starts, self._ends = _mixed(data) if b"\r" in data else _plain(data)
        self._marks: dict[int, tuple[list[int], list[int]]] = {}

    @property
    def count(self) -> int:
        """How many lines there are; an empty file has one."""
        return len(self._starts)

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset. An offset within a line end has the column just past its line's text."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        offset = min(offset, self._ends[line - 1])
        return line, (offset - start if self._ascii else self._units(line, offset)) + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column; a place behind a line's end becomes that end, a line behind the last one the file's end."""
        if line > self.count:
            return len(self._data)
        start, end = self._starts[line - 1], self._ends[line - 1]
        units = column - 1
        if self._ascii:
            return min(start + units, end)
        offsets, counts = self._marks_of(line)
        index = bisect_right(counts, units) - 1
        upper = offsets[index + 1] if index + 1 < len(offsets) else end
        return offsets[index] + _bytes_of_units(self._data[offsets[index] : upper], units - counts[index])

    def span(self, path: str, start: int, end: int) -> Span:
        """The span of a stretch of bytes."""
        return Span(path, *self.position(start), *self.position(end))

    def _units(self, line: int, offset: int) -> int:
        offsets, counts = self._marks_of(line)
        index = bisect_right(offsets, offset) - 1
        return counts[index] + utf16_length(decode(self._data[offsets[index] : offset]))

    def _marks_of(self, line: int) -> tuple[list[int], list[int]]:
        start, end = self._starts[line - 1], self._ends[line - 1]
        if end - start <= _STRIDE:
            return [start], [0]
        if line not in self._marks:
            offsets = [start, *(_boundary(self._data, at) for at in range(start + _STRIDE, end - _LONGEST_TAIL, _STRIDE))]
            counts = [0]
            for left, right in pairwise(offsets):
                counts.append(counts[-1] + utf16_length(decode(self._data[left:right])))
            self._marks[line] = (offsets, counts)
        return self._marks[line]


def _boundary(data: bytes, offset: int) -> int:
    """The first offset from here on at which cutting the bytes in two does not change how either half is decoded."""
    tail = 0
    while tail < _LONGEST_TAIL and 0x80 <= data[offset + tail] <= 0xBF:  # noqa: PLR2004 - the continuation bytes of UTF-8
        tail += 1
    return offset + tail


def _bytes_of_units(data: bytes, units: int) -> int:
    """How many bytes the first `units` UTF-16 units of a text take; what is not UTF-8 counts as `scanner.core.text.decode` replaces it."""
    position = 0
    while units > 0 and position < len(data):
        try:
            text, broken = data[position:].decode("utf-8"), 0
        except UnicodeDecodeError as error:
            text, broken = data[position : position + error.start].decode("utf-8"), error.end - error.start
        for char in text:
            if units <= 0:
                return position
            units -= 2 if ord(char) > _NARROW_LIMIT else 1
            position += len(char.encode())
        if units > 0 and broken:
            units -= 1
            position += broken
    return position


def _plain(data: bytes) -> tuple[list[int], list[int]]:
    """Where lines begin and end that all end in LF, as nearly all do."""
    sizes = list(map(len, data.split(b"\n")))
    starts = [0, *accumulate(map((1).__add__, sizes[:-1]))]
    return starts, list(map(add, starts, sizes))


def _mixed(data: bytes) -> tuple[list[int], list[int]]:
    """The same for lines that may end in CR or CRLF."""
    ends = [(match.start(), match.end()) for match in _LINE_END.finditer(data)]
    return [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(data)]
