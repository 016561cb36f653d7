"""From an engine's word to ours: candidates, findings and what silenced them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.core.location import Location, Span, Trace
    from scanner.core.rule import Precision, Rule, Severity
    from scanner.core.verdict import Judgement


class Trust(StrEnum):
    """Who controls the data at a flow's source, most dangerous first."""

    REMOTE = "remote"
    AUTHENTICATED = "authenticated"
    CONTENT = "content"
    STORED = "stored"
    LOCAL = "local"
    LIBRARY = "library"

    @property
    def sent(self) -> bool:
        """Whether somebody sends the data to the program, and so decides on each request what is in it."""
        return self in {Trust.REMOTE, Trust.AUTHENTICATED}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An engine's word that a rule matched somewhere. `confidence`, when given, replaces the rule's precision for this match.

    `related` are further places where the same data does the same, which are not worth a finding of their own.
    """

    engine: str
    rule_id: str
    message: str
    trace: Trace
    confidence: Precision | None = None
    trust: Trust | None = None
    related: tuple[Location, ...] = ()


class SuppressionKind(StrEnum):
    """Where a suppression was written; the values are SARIF's."""

    IN_SOURCE = "inSource"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Suppression:
    """A person's decision not to be shown a finding, with the reason they gave and the place they wrote it."""

    kind: SuppressionKind
    justification: str
    place: Span | None = None


class State(StrEnum):
    """A finding compared with an earlier scan."""

    NEW = "new"
    PERSISTING = "persisting"
    MOVED = "moved"
    FIXED = "fixed"
    UNKNOWN = "unknown"  # its file was not looked at in one of the two scans


@dataclass(frozen=True, slots=True)
class Finding:
    """One weakness at one place, whoever found it.

    `fingerprint` holds no line numbers and survives moves and edits elsewhere (see `scanner.pipeline.fingerprint`); `engines` are sorted and agree on
    the weakness; `symbol` is the dotted name around the primary location, empty at the top of a file; `suspicion` says why it is worth a look;
    `kin` are looser identities, strictest first, by which a finding that moved is known again;
    `also` are the rules of engines that said the same, `related` further places that belong to it; `judgement` is there when triage looked at it,
    `state` when the scan was compared with another.
    """

    fingerprint: str
    rule: Rule
    message: str
    trace: Trace
    engines: tuple[str, ...]
    confidence: Precision
    symbol: str = ""
    suspicion: str = ""
    trust: Trust | None = None
    also: tuple[Rule, ...] = ()
    related: tuple[Location, ...] = ()
    suppression: Suppression | None = None
    judgement: Judgement | None = None
    state: State | None = None
    kin: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The rule's severity: a place that deserves another one belongs to another rule."""
        return self.rule.severity

    @property
    def place(self) -> Span:
        """Where the finding is shown."""
        return self.trace.place
