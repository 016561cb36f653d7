"""Fingerprints: who a finding is, whatever line it stands on.

Version 1 is SHA-256 over the weakness, the path, the enclosing symbol, the tokens of the statement at the primary location, and an ordinal among
findings that are equal in all of these, in the order they stand. Edits elsewhere in the file, moves of the whole definition within it and
re-indentation change none of them. Which engine or rule spoke is no part of it: a second engine that finds the same is the same finding.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CREDENTIALS = frozenset({259, 321, 522, 798})
"""The weaknesses (CWE) whose place is a credential."""

_SHORTEST = 6  # characters: shorter pieces are syntax
_LENGTH = 32  # hexadecimal digits: 128 bits, no collision to be feared in any inventory
_UNIT = "\x1f"


def fingerprints(identities: Iterable[tuple[str, str, str, tuple[str, ...]]]) -> tuple[str, ...]:
    """One fingerprint for each (weakness, path, symbol, statement tokens), given in the order the findings stand in their files."""
    seen: Counter[tuple[str, str, str, tuple[str, ...]]] = Counter()
    marks = []
    for identity in identities:
        ordinal = seen[identity]
        seen[identity] += 1
        weakness, path, symbol, tokens = identity
        marks.append(digest("casemateFinding/v1", weakness, path, symbol, " ".join(tokens), str(ordinal)))
    return tuple(marks)


def digest(*parts: str) -> str:
    """A name made of its parts, the first of which says what it names and in which version."""
    return hashlib.sha256(_UNIT.join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:_LENGTH]


def without(tokens: tuple[str, ...], credentials: frozenset[str]) -> tuple[str, ...]:
    """The tokens with those left blank that hold a credential: a fingerprint is published, and a weak password could be guessed from it."""
    pieces = [piece for piece in credentials if len(piece) >= _SHORTEST]
    return tuple("*" if any(piece in token for piece in pieces) else token for token in tokens) if pieces else tokens
