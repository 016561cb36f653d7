"""Merge: two engines on the same weakness and place are one finding that names both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.core.finding import Candidate
    from scanner.core.location import Location, Span
    from scanner.core.rule import Precision, Rule


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate together with the rule it names."""

    candidate: Candidate
    rule: Rule

    @property
    def place(self) -> Span:
        """Where the candidate is shown."""
        return self.candidate.trace.place

    @property
    def confidence(self) -> Precision:
        """How far to trust this match: its own word, else the rule's."""
        return self.rule.precision if self.candidate.confidence is None else self.candidate.confidence

    @property
    def weight(self) -> tuple[int, int, int, str]:
        """Smaller stands for its group: longer paths explain more, then graver rules, then surer ones, then the id for a stable choice."""
        return (-len(self.candidate.trace.locations), -self.rule.severity, -self.confidence, self.rule.id)


@dataclass(frozen=True, slots=True)
class Group:
    """Matches that say the same; `lead` speaks for them."""

    lead: Match
    others: tuple[Match, ...] = ()

    @property
    def engines(self) -> tuple[str, ...]:
        """Every engine that agrees, sorted."""
        return tuple(sorted({match.candidate.engine for match in (self.lead, *self.others)}))

    @property
    def also(self) -> tuple[Rule, ...]:
        """The rules of the others, without the lead's, by id."""
        rules = {match.rule.id: match.rule for match in self.others if match.rule.id != self.lead.rule.id}
        return tuple(rules[name] for name in sorted(rules))

    @property
    def related(self) -> tuple[Location, ...]:
        """The further places that any of them names, each once, in order."""
        places = {place for match in (self.lead, *self.others) for place in match.candidate.related}
        return tuple(sorted(places, key=lambda place: (place.span, place.note)))

    @property
    def confidence(self) -> Precision:
        """The surest word among them: agreement never makes a finding less credible."""
        return max(match.confidence for match in (self.lead, *self.others))


def merge(candidates: Iterable[Candidate], rules: Mapping[str, Rule]) -> tuple[Group, ...]:
    """Groups in the order of their places. Every candidate's rule is in `rules`; anything else is a bug of its engine (KeyError)."""
    matches = sorted((Match(candidate, rules[candidate.rule_id]) for candidate in candidates), key=lambda match: (match.place, match.weight))
    buckets: dict[tuple[str, str], list[list[Match]]] = {}
    for match in matches:
        groups = buckets.setdefault((match.place.path, match.rule.weakness), [])
        # A group that ended before this match starts cannot take it; matches come sorted, so looking back from the newest is enough.
        home = next((group for group in reversed(groups) if _same(group, match)), None)
        if home is None:
            groups.append([match])
        else:
            home.append(match)
    found = [_group(members) for groups in buckets.values() for members in groups]
    return tuple(sorted(found, key=lambda group: (group.lead.place, group.lead.rule.id)))


def _same(group: list[Match], match: Match) -> bool:
    """Whether a match says what a group says already.

    Engines differ in how much code they underline, so any overlap counts between engines; one engine's own matches are the same only where they start
    on the same line, since a wide match may hold several true ones.
    """
    own = [member for member in group if member.candidate.engine == match.candidate.engine]
    if own:
        return any(member.place.overlaps(match.place) and member.place.start_line == match.place.start_line for member in own)
    return any(member.place.overlaps(match.place) for member in group)


def _group(members: list[Match]) -> Group:
    lead, *others = sorted(members, key=lambda match: match.weight)
    return Group(lead, tuple(others))
