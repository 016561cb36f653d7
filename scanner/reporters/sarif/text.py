"""Foreign text as SARIF may hold it. What `dumps` does for every string is not repeated here."""

from __future__ import annotations

import re

from scanner.reporters.neutral import neutral, neutral_lines

_BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_SENTENCE_END = (".", "!", "?", "…")

MESSAGE_LENGTH = 1_000  # characters; services cut titles far below it, and a reader does not read on
DESCRIPTION_LENGTH = 1_024  # GitHub's limit for a rule's short and full description
HELP_LENGTH = 30_000
NAME_LENGTH = 255  # GitHub's limit for a rule's name; enough for branches and symbols


def code(text: str) -> str:
    """Code to be quoted: what would reorder or break the line on a screen is replaced, one UTF-16 unit for one."""
    return text if text.isascii() else _BIDIRECTIONAL.sub("\ufffd", text)


def prose(text: str, limit: int = MESSAGE_LENGTH) -> str:
    """Text for people, on one line: nothing invisible, no link and no placeholder of SARIF's message syntax."""
    line = " ".join(neutral(" ".join(text.split())).split())
    if "{" in line:
        line = _PLACEHOLDER.sub(r"{ \1 }", line)
    return clipped(line.replace("](", "] ("), limit)


def sentence(text: str, limit: int = MESSAGE_LENGTH) -> str:
    """Prose that ends like a sentence; `limit` counts the full stop."""
    line = prose(text, limit - 1)
    return line if line.endswith(_SENTENCE_END) else f"{line}."


def markdown(text: str, limit: int = HELP_LENGTH) -> str:
    """Markdown of several lines with nothing invisible in it."""
    return clipped(neutral_lines(text).strip(), limit)


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
