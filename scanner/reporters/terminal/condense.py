"""Which findings are shown in full and which as one line, so that three hundred of them stay readable."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.core.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.core.finding import Finding
    from scanner.core.location import Span

FULL_PER_RULE = 3
FULL_IN_ALL = 20
LISTED_PER_RULE = range(2, 9)
LISTED_IN_ALL = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding shown in full under a number; `explained_at` is the number of its rule's first, whose explanation serves them all."""

    number: int
    finding: Finding
    explained_at: int

    @property
    def explains(self) -> bool:
        """Whether this is its rule's first."""
        return self.number == self.explained_at


@dataclass(frozen=True, slots=True)
class Listing:
    """Findings of one rule that are shown as a line each; `explained_at` is 0 where none of the rule is shown in full."""

    findings: tuple[Finding, ...]
    explained_at: int


@dataclass(frozen=True, slots=True)
class Group:
    """One severity's findings, in the order of the report."""

    severity: Severity
    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...]

    @property
    def size(self) -> int:
        """How many findings the group holds."""
        return len(self.entries) + sum(len(listing.findings) for listing in self.listings)


def arrange(findings: Sequence[Finding], *, everything: bool) -> tuple[Group, ...]:
    """Groups from critical to info, without empty ones.

    Unless everything is wanted, at most 20 findings are shown in full, at most three of one rule: first the first of each rule, in order, so that
    as many rules as possible are explained, then second and third ones, of other sources where there are.
    """
    ordered = sorted(findings, key=lambda finding: -finding.severity)
    full = set(range(len(ordered))) if everything else _chosen(ordered)
    numbers: dict[str, int] = {}
    entries: dict[int, Entry] = {}
    for number, index in enumerate(sorted(full), start=1):
        rule_id = ordered[index].rule.id
        entries[index] = Entry(number, ordered[index], numbers.setdefault(rule_id, number))
    return tuple(
        Group(
            severity,
            tuple(entries[index] for index in within if index in entries),
            _listings((ordered[index] for index in within if index not in entries), numbers),
        )
        for severity in sorted(Severity, reverse=True)
        if (within := [index for index, finding in enumerate(ordered) if finding.severity is severity])
    )


def listed_each(groups: Sequence[Group]) -> int:
    """How many findings of each listing get a line of their own: eight, fewer when there are many listings, and never less than two."""
    listings = sum(len(group.listings) for group in groups)
    return min(max(LISTED_IN_ALL // max(listings, 1), LISTED_PER_RULE[0]), LISTED_PER_RULE[-1])


def _chosen(ordered: Sequence[Finding]) -> set[int]:
    """The indices to show in full: by turn within their rule, then by order, as many as there is room for.

    Within a rule those come first whose data comes from a place that no other before has: one untrusted value may reach twenty sinks.
    """
    turns: dict[str, list[tuple[int, int]]] = {}
    seen: Counter[tuple[str, Span]] = Counter()
    for index, finding in enumerate(ordered):
        source = (finding.rule.id, finding.trace.locations[0].span)
        turns.setdefault(finding.rule.id, []).append((seen[source], index))
        seen[source] += 1
    queue = [(turn, index) for of_rule in turns.values() for turn, (_, index) in enumerate(sorted(of_rule)[:FULL_PER_RULE])]
    return {index for _, index in sorted(queue)[:FULL_IN_ALL]}


def _listings(findings: Iterable[Finding], numbers: dict[str, int]) -> tuple[Listing, ...]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule.id, []).append(finding)
    return tuple(Listing(tuple(listed), numbers.get(rule_id, 0)) for rule_id, listed in by_rule.items())
