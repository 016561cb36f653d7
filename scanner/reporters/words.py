"""What verdicts, causes, states and costs are called: the same words in every report."""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from scanner.core.finding import State, Trust
from scanner.core.verdict import CONFIRMED, REFUTED, UNDECIDED, Access, Cause, Confirmed, Needed, Part, Reason, Refuted, Undecided, side_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.core.finding import Finding
    from scanner.core.location import Span
    from scanner.core.report import ScanReport
    from scanner.core.usage import Usage
    from scanner.core.verdict import Judgement, Preconditions, Verdict

NOT_LOOKED_AT = "not looked at"
VERDICTS = (CONFIRMED, UNDECIDED, REFUTED, NOT_LOOKED_AT)

REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.SANITIZED: "the data is made safe on the way",
        Reason.CONSTRAINED: "the data can only take harmless values",
        Reason.NOT_ATTACKER_CONTROLLED: "no attacker controls the data",
        Reason.SAFE_INTERFACE: "what it reaches does not interpret the data",
        Reason.UNREACHABLE: "the code cannot be reached",
        Reason.NOT_PRODUCTION: "the code does not run in production",
    }
)
CAUSES: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.UNSUPPORTED: "the evidence did not hold",
        Cause.DISAGREEMENT: "two sides came to different answers",
        Cause.UNSURE: "the model could not tell",
        Cause.NO_VERDICT: "the model gave no verdict",
        Cause.LIMIT: "the limit of one case was reached",
        Cause.BUDGET: "the budget was used up",
        Cause.REFUSAL: "the model declined to answer",
        Cause.MALFORMED: "the model's answers did not have the agreed form",
        Cause.CONTEXT: "the case did not fit into the model's window",
        Cause.UNAVAILABLE: "the model could not be reached",
        Cause.SKIPPED: "the policy did not ask for it",
    }
)
STATES: Mapping[State, str] = MappingProxyType(
    {
        State.NEW: "new",
        State.PERSISTING: "persisting",
        State.MOVED: "moved",
        State.FIXED: "fixed",
        State.UNKNOWN: "not comparable",
    }
)
TRUST: Mapping[Trust, str] = MappingProxyType(
    {
        Trust.REMOTE: "data from remote callers",
        Trust.AUTHENTICATED: "data from signed-in users",
        Trust.CONTENT: "data from processed content",
        Trust.STORED: "data from storage",
        Trust.LOCAL: "data from local users",
        Trust.LIBRARY: "data from library callers",
    }
)
PARTS: Mapping[Part, str] = MappingProxyType(
    {
        Part.SOURCE: "where the data comes in",
        Part.HOP: "on the way",
        Part.SINK: "where it does harm",
        Part.MITIGATION: "what is done against it",
        Part.CONTEXT: "context",
    }
)
_ACCESS = {Access.NETWORK: "over the network", Access.ADJACENT: "from a neighbouring network", Access.LOCAL: "on the machine"}
_AUTHENTICATION = {Needed.NONE: "no account", Needed.SOME: "an account", Needed.MUCH: "an administrator's account"}
_INTERACTION = {Needed.NONE: "no help from a user", Needed.SOME: "some help from a user", Needed.MUCH: "much help from a user"}
_CONFIGURATION = {Needed.NONE: "the default settings", Needed.SOME: "a setting other than the default", Needed.MUCH: "unusual settings"}
_NEVER_ASKED = frozenset({Cause.BUDGET, Cause.UNAVAILABLE, Cause.SKIPPED})
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REVISION = 12
_CENT = Decimal("0.01")
_LEAST = Decimal("0.0001")


def outcome(judgement: Judgement | None) -> str:
    """What triage made of a finding, in one word; a case that it never opened counts as not looked at."""
    if judgement is None:
        return NOT_LOOKED_AT
    verdict = judgement.verdict
    if isinstance(verdict, Undecided) and verdict.cause in _NEVER_ASKED:
        return NOT_LOOKED_AT
    return side_of(verdict)


def outcomes(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings were confirmed, refuted, left undecided and not looked at."""
    return Counter(outcome(finding.judgement) for finding in findings)


def ground(verdict: Verdict) -> str:
    """Why a verdict is what it is, as far as a closed list says so; empty for a confirmed one."""
    match verdict:
        case Confirmed():
            return ""
        case Refuted(reason=reason):
            return REASONS[reason]
        case Undecided(cause=cause):
            return CAUSES[cause]


def needs(conditions: Preconditions) -> tuple[tuple[str, str], ...]:
    """What an attack takes, as pairs of a name and a value."""
    return (
        ("reached", _ACCESS[conditions.access]),
        ("needs", _AUTHENTICATION[conditions.authentication]),
        ("takes", _INTERACTION[conditions.interaction]),
        ("with", _CONFIGURATION[conditions.configuration]),
    )


def needs_text(conditions: Preconditions) -> str:
    """What an attack takes, in one line."""
    return ", ".join(value for _, value in needs(conditions))


def finding_word(report: ScanReport) -> str:
    """What those findings are called that come first and can fail a scan: of a comparison they are not all that are open."""
    if not report.compared:
        return "finding"
    return "new finding" if all(item.state is State.NEW for item in report.brought) else "new or incomparable finding"


def by_age(report: ScanReport) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """The open findings of a comparison, by what it says of them: new (named even where there are none), not comparable, from before."""
    kinds: dict[str, list[Finding]] = {"new": [], STATES[State.UNKNOWN]: [], "from before": []}
    names = {State.NEW: "new", State.UNKNOWN: STATES[State.UNKNOWN], None: STATES[State.UNKNOWN]}
    for item in report.active:
        kinds[names.get(item.state, "from before")].append(item)
    return tuple((name, tuple(items)) for name, items in kinds.items() if items or name == "new")


def states(report: ScanReport) -> Counter[State]:
    """How many findings are in which state, those of the earlier scan that are gone included; suppressed ones are not counted."""
    return Counter(finding.state for finding in (*report.active, *report.fixed) if finding.state is not None)


def mended(finding: Finding) -> bool:
    """Whether a finding that is gone is fixed, and not only out of sight: its file may not have been looked at this time."""
    return finding.state is not State.UNKNOWN


def money(cost: Decimal) -> str:
    """US dollars in cents; below one cent four decimals, rounded up, so that no cost reads as nothing."""
    if cost == 0:
        return "$0.00"
    if cost < _CENT:
        return f"${cost.quantize(_LEAST, ROUND_UP)}"
    return f"${cost.quantize(_CENT):,}"


def spent(usage: Usage) -> str:
    """What a model's work took, in one line: money first."""
    if usage.calls == 0:
        return f"{money(usage.cost_usd)}, no calls"
    calls = "1 call" if usage.calls == 1 else f"{usage.calls:,} calls"
    cached = f" ({usage.cache_read_share:.0%} from the cache)" if usage.cache_read_tokens else ""
    return f"{money(usage.cost_usd)}, {calls}, {usage.prompt_tokens:,} tokens in{cached}, {usage.output_tokens:,} out"


def short(revision: str) -> str:
    """A commit's name as people write it; other names as they are."""
    return revision[:_REVISION] if _COMMIT.fullmatch(revision) else revision


def line_of(span: Span) -> str:
    """A place as `path:line`, not yet neutral."""
    return f"{span.path}:{span.start_line}"
