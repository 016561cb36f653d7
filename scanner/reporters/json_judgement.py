"""Verdicts and costs in our JSON, which version 2 added; `scanner.reporters.json_read` reads them again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.core.usage import COUNTS, Usage
from scanner.core.verdict import (
    CONFIRMED,
    REFUTED,
    UNDECIDED,
    Access,
    Argument,
    Cause,
    Citation,
    Confirmed,
    Judgement,
    Needed,
    Part,
    Preconditions,
    Reason,
    Refuted,
    Undecided,
    side_of,
)
from scanner.reporters.json_place import member, place, span

if TYPE_CHECKING:
    from scanner.core.verdict import Verdict
    from scanner.reporters.json_node import Node
    from scanner.reporters.json_place import Json

_MONEY = re.compile(r"[0-9]{1,20}(\.[0-9]{1,30})?")
_SEVERITIES = {severity.label: severity for severity in Severity}
_VERDICTS = {name: name for name in (CONFIRMED, REFUTED, UNDECIDED)}


def judgement_json(judgement: Judgement | None) -> Json | None:
    """One judgement; every member is there whatever the verdict, null or empty where it does not apply."""
    if judgement is None:
        return None
    verdict = judgement.verdict
    confirmed = verdict if isinstance(verdict, Confirmed) else None
    return {
        "verdict": side_of(verdict),
        "rationale": verdict.rationale,
        "citations": [_citation(item) for item in verdict.citations],
        "severity": confirmed and confirmed.severity.label,
        "preconditions": confirmed and confirmed.preconditions.values,
        "reason": verdict.reason.value if isinstance(verdict, Refuted) else None,
        "cause": verdict.cause.value if isinstance(verdict, Undecided) else None,
        "arguments": [_argument(item) for item in verdict.arguments] if isinstance(verdict, Undecided) else [],
        "models": list(judgement.models),
        "usage": usage_json(judgement.usage),
        "cached": judgement.cached,
    }


def usage_json(usage: Usage) -> Json:
    """Tokens as numbers, money as text: it is exact, and no reader rounds it by mistake."""
    return {**usage.counts, "cost_usd": f"{usage.cost_usd:f}"}


def read_judgement(node: Node) -> Judgement:
    """The judgement that `judgement_json` wrote."""
    return Judgement(_read_verdict(node), node.at("models").texts(), read_usage(node.at("usage")), node.at("cached").flag())


def read_usage(node: Node) -> Usage:
    """The usage that `usage_json` wrote."""
    cost = node.at("cost_usd")
    if not _MONEY.fullmatch(cost.text()):
        cost.fail("expected US dollars as text, such as 0.042")
    return Usage(**{name: _tokens(node, name) for name in COUNTS}, cost_usd=Decimal(cost.text()))


def _tokens(node: Node, name: str) -> int:
    number = node.at(name).number()
    if number < 0:
        node.at(name).fail("expected a number from 0 on")
    return number


def _read_verdict(node: Node) -> Verdict:
    kind = node.at("verdict").choice(_VERDICTS)
    rationale = node.at("rationale").text()
    citations = tuple(_read_citation(item) for item in node.at("citations").items())
    if kind == CONFIRMED:
        return Confirmed(rationale, citations, node.at("severity").choice(_SEVERITIES), _read_preconditions(node.at("preconditions")))
    if kind == REFUTED:
        return Refuted(rationale, citations, member(node.at("reason"), Reason))
    return Undecided(member(node.at("cause"), Cause), rationale, citations, tuple(_read_argument(item) for item in node.at("arguments").items()))


def _citation(citation: Citation) -> Json:
    return {"part": citation.part.value, "note": citation.note, "quote": citation.quote, **place(citation.span)}


def _read_citation(node: Node) -> Citation:
    return Citation(span(node), node.at("quote").text(), member(node.at("part"), Part), node.at("note").text())


def _argument(argument: Argument) -> Json:
    return {"side": argument.side, "rationale": argument.rationale, "citations": [_citation(item) for item in argument.citations]}


def _read_argument(node: Node) -> Argument:
    return Argument(node.at("side").text(), node.at("rationale").text(), tuple(_read_citation(item) for item in node.at("citations").items()))


def _read_preconditions(node: Node) -> Preconditions:
    return Preconditions(
        access=member(node.at("access"), Access),
        authentication=member(node.at("authentication"), Needed),
        interaction=member(node.at("interaction"), Needed),
        configuration=member(node.at("configuration"), Needed),
    )
