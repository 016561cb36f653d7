"""Text from a repository made fit to be shown to a model: what cannot be seen becomes visible, and nothing in it can close a block of ours.

Blocks are opened and closed by lines in brackets that no text from a repository can hold (`OPEN`, `CLOSE`): here they are written out by name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

OPEN: Final = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}"
CLOSE: Final = "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"
MAX_LINE: Final = 500  # characters of one line

_PLAIN: Final = re.compile(r"[\t\x20-\x7e]*")
# Variation selectors and tag characters carry hidden text and count as letters or marks; blank letters (Hangul fillers) look like spaces.
_HIDDEN: Final = re.compile("[\ufe00-\ufe0f\U000e0000-\U000e0fff\u115f\u1160\u3164\uffa0\u034f\u2800]")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    """One line with every invisible, bidirectional or control character, and our brackets, as `<U+202E>`. Tabs stay."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(char if _harmless(char) else f"<U+{ord(char):04X}>" for char in text)


def shortened(line: str) -> str:
    """A line cut to what is shown of it."""
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]} <{len(line) - MAX_LINE} more characters>"


def one_line(text: str, most: int = 300) -> str:
    """Words from outside (a message, a note, a name) as one visible line."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= most else f"{line[:most]}..."


def _harmless(char: str) -> bool:
    if char == "\t" or " " <= char <= "~":
        return True
    return char not in {OPEN, CLOSE} and unicodedata.category(char) not in _INVISIBLE and not _HIDDEN.match(char)
