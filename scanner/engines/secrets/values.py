"""What a value looks like: placeholder, words, or chance."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final

# Four letters and more, so that a random token of 40 characters holds one of them by chance about once in 10,000.
_MARKERS: Final = tuple(
    spelling
    for word in (
        *("example", "sample", "placeholder", "change", "replace", "insert", "your", "dummy", "fake", "mock", "redact", "mask", "hidden"),
        *("todo", "fixme", "foobar", "lorem", "undefined", "invalid", "test", "notreal", "not-a-", "not_a_", "asdf", "qwerty"),
    )
    for spelling in (word, word.upper(), word.title())
)
_MARKER: Final = re.compile("|".join(map(re.escape, _MARKERS)))
_WHOLE: Final = re.compile(r"(?i)(?:none|null|nil|true|false|default|secret|password|token|key|n/a|string|value|empty|unset|env|vault)\Z")
# Templates, format strings, environment look-ups, cut-off and masked values.
_TEMPLATE: Final = re.compile(
    r"\A\$[A-Za-z_]|\A%[A-Za-z_]+%\Z|\A@@?[A-Za-z_]|\$\{|\$\(|\{\{|\{[A-Za-z_0-9.]*\}|<%|<[A-Za-z][^<>]*>|%\(|%[sd](?![A-Za-z0-9])|#\{"
    r"|\.\.\.|…|\*\*\*|process\.env|os\.environ|getenv|ENV\["
)
_RUN: Final = re.compile(r"(.)\1{4}")
_LONGEST_SEQUENCE: Final = 6
_FEW_DISTINCT: Final = 4
_LONG: Final = 16

_CHUNK: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CONSONANTS: Final = re.compile(r"(?i)[bcdfghjklmnpqrstvwxz]{5}|\A[bcdfghjklmnpqrstvwxz]+\Z|[aeiou]{4}")
_WORD: Final = 3


def entropy(text: str) -> float:
    """Shannon's entropy of the text's characters, in bits a character."""
    length = len(text)
    return -sum(count / length * math.log2(count / length) for count in Counter(text).values())


def is_placeholder(text: str) -> bool:
    """Whether somebody wrote this to stand for a secret: documented examples, masks, templates, sequences, one character over and over."""
    return bool(
        _MARKER.search(text)
        or _WHOLE.match(text)
        or _TEMPLATE.search(text)
        or _RUN.search(text)
        or (len(text) >= _LONG and len(set(text)) <= _FEW_DISTINCT)
        or _has_sequence(text)
    )


def is_template(text: str) -> bool:
    """Whether another value will take this one's place: a variable, a format, a mask, a word for nothing."""
    return bool(_TEMPLATE.search(text) or _WHOLE.match(text))


def wordiness(text: str) -> float:
    """The share of the text's characters that stand in stretches of letters somebody could pronounce."""
    words = (chunk for chunk in _CHUNK.findall(text) if len(chunk) >= _WORD and not _CONSONANTS.search(chunk))
    return sum(map(len, words)) / len(text)


def classes(text: str) -> int:
    """How many of lower case, upper case, digits and other characters the text has."""
    return (
        any(char.islower() for char in text)
        + any(char.isupper() for char in text)
        + any(char.isdigit() for char in text)
        + any(not char.isalnum() for char in text)
    )


def _has_sequence(text: str) -> bool:
    """Whether six characters or more follow one another up or down (`123456`, `fedcba`), digits going on from 9 to 0."""
    length, step, previous = 1, 0, -2
    for code in map(ord, text.lower()):
        change = 1 if (previous, code) == (ord("9"), ord("0")) else code - previous
        length = (length + 1 if change == step else 2) if change in (1, -1) else 1
        step, previous = change, code
        if length >= _LONGEST_SEQUENCE:
            return True
    return False
