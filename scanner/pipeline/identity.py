"""Identity: from groups of candidates to findings with names that outlast edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import Finding
from scanner.pipeline.fingerprint import CREDENTIALS, digest, fingerprints, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.core.location import Span
    from scanner.core.rule import Rule
    from scanner.pipeline.merge import Group
    from scanner.ports.code_index import CodeIndex


def identify(groups: Sequence[Group], index: CodeIndex, *, kin: bool = False) -> tuple[Finding, ...]:
    """Findings with their names, in the order of the groups. `kin` adds the looser identities, for comparisons: they take their time."""
    hidden = credentials([(group.lead.rule, group.lead.place) for group in groups], index)
    # One place after the other, and all that is asked about it at once: the index keeps the trees of the last files only.
    identities = [
        (
            group.lead.rule.weakness,
            group.lead.place.path,
            index.enclosing_symbol(group.lead.place),
            without(index.statement_tokens(group.lead.place), hidden.get(group.lead.place.path, frozenset())),
        )
        for group in groups
    ]
    return tuple(
        Finding(
            fingerprint=mark,
            rule=group.lead.rule,
            message=group.lead.candidate.message,
            trace=group.lead.candidate.trace,
            engines=group.engines,
            confidence=group.confidence,
            symbol=identity[2],
            trust=group.lead.candidate.trust,
            also=group.also,
            related=group.related,
            kin=_kin(identity, index.definition_tokens(group.lead.place), hidden) if kin else (),
        )
        for group, identity, mark in zip(groups, identities, fingerprints(identities), strict=True)
    )


def _kin(identity: tuple[str, str, str, tuple[str, ...]], definition: tuple[str, ...], hidden: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The same statement of the same file under another symbol, and the same definition in another file."""
    weakness, path, symbol, tokens = identity
    name = symbol.rpartition(".")[2]
    body = without(definition, hidden.get(path, frozenset()))
    unnamed = ["" if token == name else token for token in body]
    return (
        digest("casemateRenamed/v1", weakness, path, *tokens, *unnamed),
        digest("casemateMoved/v1", weakness, name, *tokens, *body),
    )


def credentials(places: Iterable[tuple[Rule, Span]], index: CodeIndex) -> dict[str, frozenset[str]]:
    """By path, the tokens that are credentials themselves: no published hash may be made of them."""
    found: dict[str, frozenset[str]] = {}
    for rule, place in places:
        if not CREDENTIALS.isdisjoint(rule.cwe):
            found[place.path] = found.get(place.path, frozenset()).union(index.code_tokens(place))
    return found
