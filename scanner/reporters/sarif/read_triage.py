"""Verdicts and costs out of SARIF's property bags, as `scanner.reporters.sarif.triage` wrote them."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING

from scanner.core.location import Span
from scanner.core.rule import Severity
from scanner.core.text import utf16_length
from scanner.core.usage import Usage
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
)
from scanner.reporters.json_place import made, member
from scanner.reporters.uris import uri_to_path

if TYPE_CHECKING:
    from scanner.core.verdict import Verdict
    from scanner.reporters.json_node import Node

_SEVERITIES = {severity.label: severity for severity in Severity}
_VERDICTS = {name: name for name in (CONFIRMED, REFUTED, UNDECIDED)}


def read_judgement(node: Node) -> Judgement:
    """The judgement of one result."""
    return Judgement(_verdict(node), node.at("models").texts(), read_usage(node.at("usage")), node.at("cached").flag())


def read_usage(node: Node) -> Usage:
    """What was used; the two kinds of writing to the cache come back as one."""
    cost = node.at("costUsd")
    if type(cost.value) not in {int, float} or not isfinite(cost.value):
        cost.fail("expected a number")
    return made(
        node,
        lambda: Usage(
            calls=node.at("calls").number(),
            input_tokens=node.at("inputTokens").number(),
            output_tokens=node.at("outputTokens").number(),
            cache_write_tokens=node.at("cacheWriteTokens").number(),
            cache_read_tokens=node.at("cacheReadTokens").number(),
            cost_usd=Decimal(str(cost.value)),
        ),
    )


def _verdict(node: Node) -> Verdict:
    kind = node.at("verdict").choice(_VERDICTS)
    rationale = node.at("rationale").text()
    citations = _citations(node)
    if kind == CONFIRMED:
        return Confirmed(rationale, citations, node.at("severity").choice(_SEVERITIES), _preconditions(node.at("preconditions")))
    if kind == REFUTED:
        return Refuted(rationale, citations, member(node.at("reason"), Reason))
    sides = node.at("arguments").items() if "arguments" in node.members() else []
    arguments = tuple(Argument(item.at("side").text(), item.at("rationale").text(), _citations(item)) for item in sides)
    return Undecided(member(node.at("cause"), Cause), rationale, citations, arguments)


def _citations(node: Node) -> tuple[Citation, ...]:
    return tuple(_citation(item) for item in node.at("citations").items())


def _citation(node: Node) -> Citation:
    quote = node.at("quote").text() if "quote" in node.members() else ""
    note = node.at("note").text() if "note" in node.members() else ""
    path, first, last = uri_to_path(node.at("uri").text()), node.at("startLine").number(), node.at("endLine").number()
    span = made(node, lambda: Span(path, first, 1, last, utf16_length(quote.rpartition("\n")[2]) + 1))
    return Citation(span, quote, member(node.at("part"), Part), note)


def _preconditions(node: Node) -> Preconditions:
    return Preconditions(
        access=member(node.at("access"), Access),
        authentication=member(node.at("authentication"), Needed),
        interaction=member(node.at("interaction"), Needed),
        configuration=member(node.at("configuration"), Needed),
    )
