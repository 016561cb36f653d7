"""What a model said of a finding and what it cost, as SARIF's property bags hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import State
from scanner.core.verdict import Confirmed, Refuted, Undecided, side_of
from scanner.reporters.sarif.places import LINE_AT_MOST, Detail
from scanner.reporters.sarif.text import NAME_LENGTH, clipped, code, prose
from scanner.reporters.uris import path_to_uri
from scanner.reporters.words import NOT_LOOKED_AT, mended, outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.finding import Finding
    from scanner.core.usage import Usage
    from scanner.core.verdict import Citation, Judgement, Verdict

ORIGIN = "ai/origin"
ANNOTATED = "annotated"  # the finding is an engine's, what is said of it a model's

_RATIONALE = 2_000
_SHARE_DIGITS = 4
# A result that could not be compared is announced as new: whoever looks at new results only must not miss it. `state` says what it is.
_BASELINE = {
    State.NEW: "new",
    State.PERSISTING: "unchanged",
    State.MOVED: "updated",
    State.FIXED: "absent",  # among the findings of a scan there is none
    State.UNKNOWN: "new",
}

Json = dict[str, object]


def baseline_state(finding: Finding) -> str:
    """SARIF's word for a finding's state in a log that compares: there every result has one (3.27.24)."""
    return _BASELINE[finding.state or State.UNKNOWN]


def former_state(finding: Finding) -> str:
    """The same for a finding of the earlier scan that this one does not have: without a look at its file nobody may close it."""
    return "absent" if mended(finding) else "unchanged"


def triage_properties(judgement: Judgement | None, detail: Detail) -> Json:
    """The members that a judgement adds to a result; none where no model looked at the finding."""
    if judgement is None or outcome(judgement) == NOT_LOOKED_AT:
        return {}
    verdict = judgement.verdict
    members: Json = {
        "verdict": side_of(verdict),
        "rationale": clipped(prose(verdict.rationale, _RATIONALE), _RATIONALE),
        "citations": _citations(verdict.citations, detail),
        **_kind(verdict, detail),
        "models": [prose(model, NAME_LENGTH) for model in judgement.models],
        "cached": judgement.cached,
        "usage": usage_properties(judgement.usage),
    }
    return {ORIGIN: ANNOTATED, "triage": members}


def usage_properties(usage: Usage) -> Json:
    """Tokens, money in US dollars, and which part of the prompts came from the cache, from 0 to 1."""
    return {
        "costUsd": float(usage.cost_usd),
        "calls": usage.calls,
        "inputTokens": usage.input_tokens,
        "outputTokens": usage.output_tokens,
        "cacheWriteTokens": usage.cache_write_tokens + usage.cache_write_1h_tokens,
        "cacheReadTokens": usage.cache_read_tokens,
        "cacheReadShare": round(usage.cache_read_share, _SHARE_DIGITS),
    }


def _kind(verdict: Verdict, detail: Detail) -> Json:
    match verdict:
        case Confirmed(severity=severity, preconditions=conditions):
            return {"severity": severity.label, "preconditions": conditions.values}
        case Refuted(reason=reason):
            return {"reason": reason.value}
        case Undecided(cause=cause, arguments=arguments):
            sides = [
                {
                    "side": prose(item.side, NAME_LENGTH),
                    "rationale": prose(item.rationale, _RATIONALE),
                    "citations": _citations(item.citations, detail),
                }
                for item in arguments
            ]
            return {"cause": cause.value, **({"arguments": sides} if sides else {})}


def _citations(citations: Iterable[Citation], detail: Detail) -> list[Json]:
    return [
        {
            "part": item.part.value,
            "uri": path_to_uri(item.span.path),
            "startLine": item.span.start_line,
            "endLine": item.span.end_line,
            **({"note": prose(item.note)} if item.note else {}),
            **({"quote": clipped(code(item.quote), LINE_AT_MOST)} if detail > Detail.LOCATIONS else {}),
        }
        for item in citations
    ]
