"""Text that comes from scanned code, made harmless: it cannot move a cursor, change a colour, reorder a line or hide in it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import accumulate

TAB_STOP = 4
MARKS_IN_A_ROW = 4  # more than any script stacks on one letter; without an end, marks fill a line that takes no room

_SPELT_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})
_PLAIN_SPACES = frozenset({" ", "\u3000"})  # the ideographic space is wide enough to be seen, and common where it is used
_MARK_CATEGORIES = frozenset({"Mn", "Me"})
_WIDE = frozenset({"W", "F"})
_ESCAPED_BYTES = range(0xDC80, 0xDD00)  # what `os.fsdecode` makes of bytes that are not UTF-8

# Characters outside the categories above that most fonts draw as nothing: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt),
# the blank Braille pattern and the null note head.
_BLANK_RANGES = (
    range(0x034F, 0x0350),
    range(0x115F, 0x1161),
    range(0x17B4, 0x17B6),
    range(0x180B, 0x1810),
    range(0x2065, 0x2066),
    range(0x2800, 0x2801),
    range(0x3164, 0x3165),
    range(0xFE00, 0xFE10),
    range(0xFFA0, 0xFFA1),
    range(0xFFF0, 0xFFF9),
    range(0x1D159, 0x1D15A),
    range(0xE0000, 0xE1000),
)


def neutral(text: str) -> str:
    r"""One line of foreign text as it may be shown; applying it twice changes nothing.

    Control, format, bidirectional, invisible and private-use characters are spelt out (`<U+202E>`), line ends too (`<U+000A>`): split first what
    may have several lines. Bytes that are not UTF-8 read `\xff`, other lone surrogates `\ud800`. Tabs become spaces up to the next multiple of
    four cells. Letters of every script stay; joiners and variation selectors are spelt out, since terminals disagree on how wide they make a glyph.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(pieces(text))


def neutral_lines(text: str) -> str:
    """Foreign text of several lines: each line neutral, line feeds between them kept."""
    return "\n".join(map(neutral, text.replace("\r\n", "\n").split("\n")))


def pieces(line: str) -> tuple[str, ...]:
    """What `neutral` makes of each character of a line, in order: the ground for carets under columns."""
    if line.isascii() and line.isprintable():
        return tuple(line)
    shown: list[str] = []
    column = marks = 0
    for char in line:
        marks = marks + 1 if cell(char) == 0 else 0
        if char == "\t":
            piece = " " * (TAB_STOP - column % TAB_STOP)
        elif marks > MARKS_IN_A_ROW:
            piece = _spelt(char)
        else:
            piece = _piece(char)
        shown.append(piece)
        column += cells(piece)
    return tuple(shown)


def cells(text: str) -> int:
    """How many terminal cells a neutral text takes: two for wide and full-width characters (emoji among them), none for combining marks.

    Unicode's East_Asian_Width and general categories decide, as in `wcwidth`. Our own few lines, since the tables of `rich.cells` change with its
    version and with an environment variable, and reports are the same bytes everywhere.
    """
    if text.isascii():
        return len(text)
    return sum(map(cell, text))


def cell_edges(shown: tuple[str, ...]) -> tuple[int, ...]:
    """The cell at which each piece starts, and the one at which the last ends: one number more than there are pieces."""
    return tuple(accumulate(map(cells, shown), initial=0))


@lru_cache(maxsize=4096)
def cell(char: str) -> int:
    """How many cells one neutral character takes: 0, 1 or 2."""
    if unicodedata.east_asian_width(char) in _WIDE:
        return 2
    return 0 if unicodedata.category(char) in _MARK_CATEGORIES else 1


@lru_cache(maxsize=4096)
def _piece(char: str) -> str:
    if char in _PLAIN_SPACES:
        return char
    if unicodedata.category(char) in _SPELT_CATEGORIES or any(ord(char) in blanks for blanks in _BLANK_RANGES):
        return _spelt(char)
    return char


def _spelt(char: str) -> str:
    code = ord(char)
    if code in _ESCAPED_BYTES:
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(char) == "Cs":
        return f"\\u{code:04x}"
    return f"<U+{code:04X}>"
