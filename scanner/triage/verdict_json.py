"""Verdicts as JSON, for audits and for what is remembered between runs. Reports have their own shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scanner.core.location import Span
from scanner.core.rule import Severity
from scanner.core.verdict import (
    Access,
    Argument,
    Cause,
    Citation,
    Confirmed,
    Needed,
    Part,
    Preconditions,
    Reason,
    Refuted,
    Undecided,
)

if TYPE_CHECKING:
    from scanner.core.verdict import Verdict
    from scanner.ports.chat import Json


def verdict_json(verdict: Verdict) -> dict[str, Json]:
    """A verdict as plain values; `type` says which."""
    common: dict[str, Json] = {"rationale": verdict.rationale, "citations": [_citation(item) for item in verdict.citations]}
    match verdict:
        case Confirmed():
            needs: dict[str, Json] = {**verdict.preconditions.values}
            return {"type": "confirmed", **common, "severity": verdict.severity.label, "preconditions": needs}
        case Refuted():
            return {"type": "refuted", **common, "reason": verdict.reason.value}
        case Undecided():
            arguments: list[Json] = [
                {"side": item.side, "rationale": item.rationale, "citations": [_citation(one) for one in item.citations]}
                for item in verdict.arguments
            ]
            return {"type": "undecided", **common, "cause": verdict.cause.value, "arguments": arguments}


def verdict_from(value: Any) -> Verdict:
    """What `verdict_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    rationale = str(value["rationale"])
    citations = tuple(_citation_from(item) for item in value["citations"])
    match value["type"]:
        case "confirmed":
            said = value["preconditions"]
            needs = Preconditions(Access(said["access"]), Needed(said["authentication"]), Needed(said["interaction"]), Needed(said["configuration"]))
            return Confirmed(rationale, citations, Severity[str(value["severity"]).upper()], needs)
        case "refuted":
            return Refuted(rationale, citations, Reason(value["reason"]))
        case "undecided":
            arguments = tuple(
                Argument(str(item["side"]), str(item["rationale"]), tuple(_citation_from(one) for one in item["citations"]))
                for item in value["arguments"]
            )
            return Undecided(Cause(value["cause"]), rationale, citations, arguments)
        case other:
            msg = f"there is no verdict of type {other!r}"
            raise ValueError(msg)


def _citation(item: Citation) -> dict[str, Json]:
    span = item.span
    return {
        "path": span.path,
        "span": [span.start_line, span.start_column, span.end_line, span.end_column],
        "quote": item.quote,
        "part": item.part.value,
        "note": item.note,
    }


def _citation_from(value: Any) -> Citation:
    start_line, start_column, end_line, end_column = map(int, value["span"])
    span = Span(str(value["path"]), start_line, start_column, end_line, end_column)
    return Citation(span, str(value["quote"]), Part(value["part"]), str(value["note"]))
