"""What the linker says of a program."""

from __future__ import annotations

from typing import NamedTuple

from scanner.taint.witness import MisuseFact, TaintFact


class Sibling(NamedTuple):
    """A handler that has the check: its file, name and place."""

    path: str
    function: str
    at: int
    end: int


class ComparisonFact(NamedTuple):
    """One handler that lacks a check: the rule, its place, the check that most of its siblings have, and some of them."""

    rule_id: str
    path: str
    function: str
    at: int
    end: int
    check: str
    siblings: tuple[Sibling, ...]
    having: int
    handlers: int


class Statistics(NamedTuple):
    """How large the program was and how much of it was looked at."""

    functions: int
    classes: int
    calls: int
    resolved: int
    nodes: int
    visited: int


class Truncation(NamedTuple):
    """Something that a bound cut off: the file, the function (empty: the whole program), and what."""

    path: str
    function: str
    what: str


class Linked(NamedTuple):
    """What the linker says: flows and misuses sorted by place and rule.

    `has_entry_points`: the program itself says where the world comes in; flows from exported parameters then deserve less confidence.
    """

    facts: tuple[TaintFact, ...]
    misuses: tuple[MisuseFact, ...]
    truncations: tuple[Truncation, ...]
    statistics: Statistics
    has_entry_points: bool
    comparisons: tuple[ComparisonFact, ...] = ()
