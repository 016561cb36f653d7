"""Hashes of the code that a person's decision about a finding rests on: when it changes, the finding is open again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from scanner.core.decision import Grounds
from scanner.pipeline.fingerprint import digest, without
from scanner.pipeline.identity import credentials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.core.finding import Finding
    from scanner.ports.code_index import CodeIndex

_UNIT: Final = "\x1f"


def grounds(finding: Finding, index: CodeIndex) -> Grounds:
    """What a decision about a finding rests on: for each step of its path the code that decides about it (see `CodeIndex.reliance`).

    Formatting, comments and the order of definitions do not count. Credentials are left out, as they are out of fingerprints.
    """
    hidden = credentials([(finding.rule, finding.place)], index)
    found = [index.reliance(location.span) for location in finding.trace.locations]
    own = _hashed((piece for one in found for piece in one.own), hidden)
    if not all(one.whole for one in found):
        return Grounds(digest("casemateCode/v2", *own))
    called = _hashed((piece for one in found for piece in one.called), hidden)
    return Grounds(digest("casemateCode/v2", *own), digest("casemateHelpers/v1", *called))


def _hashed(pieces: Iterable[tuple[str, tuple[str, ...]]], hidden: Mapping[str, frozenset[str]]) -> list[str]:
    texts = {_UNIT.join((path, *without(tokens, hidden.get(path, frozenset())))) for path, tokens in pieces}
    return sorted(hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest() for text in texts)
