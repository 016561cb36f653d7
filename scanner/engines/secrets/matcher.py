"""All rules over one text."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.rule import Precision
from scanner.core.text import decode
from scanner.engines.secrets.prefilter import Prefilter
from scanner.engines.secrets.sighting import Opinion, Sighting
from scanner.engines.secrets.surroundings import TEST_STEPS, confidence_at, steps_down
from scanner.engines.secrets.values import entropy

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from scanner.engines.secrets.rule import CompiledSecretRule

_DOUBT_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class SecretMatch:
    """A secret in a text: `text[start:end]`, the rule that found it, and how far to trust it there."""

    start: int
    end: int
    compiled: CompiledSecretRule
    confidence: Precision


class SecretMatcher:
    """Finds secrets in the bytes of one file after the other. It keeps nothing between them."""

    def __init__(self, rules: Sequence[CompiledSecretRule]) -> None:
        """`rules` in the order in which they win over one another, other things being equal."""
        self._rules: Final = tuple(rules)
        keywords = sorted({word for compiled in self._rules for word in compiled.keywords})
        self._prefilter: Final = Prefilter(keywords)
        self._by_keyword: Final = tuple(
            tuple(number for number, compiled in enumerate(self._rules) if word in compiled.keywords) for word in keywords
        )

    def find(self, data: bytes, path: str) -> tuple[str, tuple[SecretMatch, ...]]:
        """The text of the file, and its secrets by place: where several overlap, the most trusted of them. The text is empty when there are none."""
        text, found = self._find(data, path)
        return text, _strongest(found)

    def find_everything(self, data: bytes) -> tuple[SecretMatch, ...]:
        """Every match of every rule in a text whose file is not known, overlapping ones included, by place."""
        _, found = self._find(data, None)
        return tuple(sorted(found, key=lambda match: (match.start, match.end)))

    def _find(self, data: bytes, path: str | None) -> tuple[str, list[SecretMatch]]:
        folded = data.lower()
        hits = self._prefilter.hits(folded)
        first = next(hits, None)
        if first is None:
            return "", []
        text = decode(data)
        to_character = _characters(data, text)
        steps = 0 if path is None else steps_down(path)
        applies: dict[int, bool] = {}
        seen: set[tuple[int, int, int]] = set()
        found: list[SecretMatch] = []
        for offset, keyword in _chain(first, hits):
            position = to_character(offset)
            for number in self._by_keyword[keyword]:
                compiled = self._rules[number]
                if number not in applies:
                    applies[number] = _applies(compiled, folded, path)
                if not applies[number] or (match := _match(compiled, text, position)) is None:
                    continue
                start, end = match.span("secret")
                if (number, start, end) in seen:
                    continue
                seen.add((number, start, end))
                confidence = _confidence(compiled, Sighting(text, match), steps)
                if confidence is not None:
                    found.append(SecretMatch(start, end, compiled, confidence))
        return text, found


def _chain(first: tuple[int, int], rest: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    yield first
    yield from rest


def _characters(data: bytes, text: str) -> Callable[[int], int]:
    """From offsets in the bytes to indices in the text. Keywords are ASCII, so that the bytes before one decode on their own."""
    if len(data) == len(text):  # each character is one byte: anything longer makes the text shorter
        return lambda offset: offset
    known = [0, 0]

    def to_character(offset: int) -> int:
        base, index = known
        # A keyword may start a little before the one seen last, whose rarest character came first.
        index += len(decode(data[base:offset])) if offset >= base else -len(decode(data[offset:base]))
        known[:] = offset, index
        return index

    return to_character


def _applies(compiled: CompiledSecretRule, folded: bytes, path: str | None) -> bool:
    if compiled.files is not None and path is not None and not compiled.files.match(path.rpartition("/")[2]):
        return False
    return not compiled.context or any(word in folded for word in compiled.context)


def _match(compiled: CompiledSecretRule, text: str, position: int) -> re.Match[str] | None:
    for offset in compiled.offsets:
        if position >= offset and (match := compiled.pattern.match(text, position - offset)):
            return match
    return None


def _confidence(compiled: CompiledSecretRule, sighting: Sighting, steps: int) -> Precision | None:
    """How far to trust a match, None when it is none."""
    steps += compiled.made_for_tests and steps >= TEST_STEPS
    if compiled.entropy and entropy(sighting.secret) < compiled.entropy:
        return None
    lowest, highest = Opinion.PROVEN, Opinion.FINE
    for check in compiled.checks:
        opinion = check(sighting)
        if opinion is Opinion.REJECT:
            return None
        lowest, highest = min(lowest, opinion), max(highest, opinion)
    if lowest is Opinion.DOUBT:
        return confidence_at(Precision(max(Precision.LOW, compiled.rule.precision - _DOUBT_STEPS)), steps)
    return compiled.rule.precision if highest is Opinion.PROVEN else confidence_at(compiled.rule.precision, steps)


def _strongest(found: Sequence[SecretMatch]) -> tuple[SecretMatch, ...]:
    """No two that overlap: the higher confidence wins, then the more precise and the more severe rule, then the longer match."""
    ranked = sorted(
        found,
        key=lambda match: (
            -match.confidence,
            -match.compiled.rule.precision,
            -match.compiled.rule.severity,
            match.start - match.end,
            match.start,
            match.compiled.rule.id,
        ),
    )
    taken: list[tuple[int, int]] = []
    kept: list[SecretMatch] = []
    for match in ranked:
        after = bisect.bisect_left(taken, (match.end, 0))
        if after and taken[after - 1][1] > match.start:
            continue
        taken.insert(after, (match.start, match.end))
        kept.append(match)
    return tuple(sorted(kept, key=lambda match: match.start))
