"""What triage says of a finding, and on what evidence: a closed union, matched exhaustively."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from scanner.core.usage import Usage

if TYPE_CHECKING:
    from scanner.core.location import Span
    from scanner.core.rule import Severity


class Part(StrEnum):
    """What a citation proves."""

    SOURCE = "source"
    HOP = "hop"
    SINK = "sink"
    MITIGATION = "mitigation"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Citation:
    """Whole lines of the scanned tree that code has found to read as quoted; secrets in `quote` are masked."""

    span: Span
    quote: str
    part: Part
    note: str = ""


class Reason(StrEnum):
    """Why a finding can be false. The list is closed: what fits none of them is not refuted."""

    SANITIZED = "sanitized"
    CONSTRAINED = "constrained"
    NOT_ATTACKER_CONTROLLED = "not-attacker-controlled"
    SAFE_INTERFACE = "safe-interface"
    UNREACHABLE = "unreachable"
    NOT_PRODUCTION = "not-production"


class Cause(StrEnum):
    """Why a case has no answer. None of them closes a finding."""

    UNSUPPORTED = "unsupported"  # the evidence did not hold
    DISAGREEMENT = "disagreement"  # the challenger came to the other answer
    UNSURE = "unsure"  # the model itself could not tell
    NO_VERDICT = "no-verdict"  # it ended its turn without one
    LIMIT = "limit"  # turns, tokens or seconds of the case ran out
    BUDGET = "budget"
    REFUSAL = "refusal"
    MALFORMED = "malformed"  # its answers did not fit the schema, though it was told
    CONTEXT = "context"  # the case does not fit the model's window, even shortened
    UNAVAILABLE = "unavailable"
    SKIPPED = "skipped"  # the policy did not ask: --max-cases, or not suspicious enough


class Access(StrEnum):
    """Who can reach the weakness."""

    NETWORK = "network"
    ADJACENT = "adjacent"
    LOCAL = "local"


class Needed(StrEnum):
    """What an attacker needs first."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What must hold for an attack: counted, not felt.

    `authentication` MUCH is an administrator's; `configuration` SOME is a setting other than the default.
    """

    access: Access
    authentication: Needed
    interaction: Needed
    configuration: Needed

    @property
    def values(self) -> dict[str, str]:
        """Each of the four by name, as every file of ours writes them."""
        return {item.name: getattr(self, item.name).value for item in fields(self)}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The weakness is real. `severity` follows from the preconditions and is never above the rule's."""

    rationale: str
    citations: tuple[Citation, ...]
    severity: Severity
    preconditions: Preconditions


@dataclass(frozen=True, slots=True)
class Refuted:
    """The finding is false, for a reason whose evidence code has checked."""

    rationale: str
    citations: tuple[Citation, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Undecided:
    """A person must look. `rationale` says what is known; where two sides disagree, `arguments` holds both of them."""

    cause: Cause
    rationale: str = ""
    citations: tuple[Citation, ...] = ()
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One side's own words on a disputed case: what it concluded ("confirmed", "refuted"), why, and what it cited."""

    side: str
    rationale: str
    citations: tuple[Citation, ...] = ()


Verdict = Confirmed | Refuted | Undecided
CONFIRMED, REFUTED, UNDECIDED = "confirmed", "refuted", "undecided"


def side_of(verdict: Verdict) -> str:
    """The class of a verdict as the word that people and files know it by."""
    match verdict:
        case Confirmed():
            return CONFIRMED
        case Refuted():
            return REFUTED
        case Undecided():
            return UNDECIDED


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one finding, the models that took part in order, and what it cost; `cached`: known from an earlier run, for nothing."""

    verdict: Verdict
    models: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    cached: bool = False
