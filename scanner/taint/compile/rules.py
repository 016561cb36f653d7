"""Flow, misuse and comparison rules of one file: what every report shows of them, and what the analysis needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.core.finding import Trust
from scanner.core.rule import Rule
from scanner.rulepack.common import PRECISIONS, make_rule
from scanner.rulepack.schema import suggest
from scanner.taint.compile.cases import TaintCase, read_cases
from scanner.taint.compile.conditions import conditions
from scanner.taint.compile.fields import Reader, Where
from scanner.taint.knowledge import ComparisonRule, FlowRule, MisuseRule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.rulepack.kinds import Part

    Row = dict[str, object]

ENGINE: Final = "taint"

_KINDS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "flow": (("sinks", "trust"), ("confidence", "sources", "beside", "doubted")),
    "misuse": ((), ("calls", "when", "hints", "requires-import", "inside", "any")),
    "comparison": (("checks", "public"), ("minimum", "share")),
}
"""Each kind of rule: the keys it needs, and those it may have."""

_OWN: Final = frozenset(key for needed, allowed in _KINDS.values() for key in (*needed, *allowed))
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_PLACEHOLDERS: Final = ("source", "sink")


@dataclass(frozen=True, slots=True)
class TaintRule:
    """The engine's part of a rule: one flow, one misuse written as its alternatives, or one comparison."""

    language: str
    flow: FlowRule | None = None
    misuses: tuple[MisuseRule, ...] = ()
    comparison: ComparisonRule | None = None


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as its file has it: the common part, the engine's part, its cases and where they stand, its own place in the document."""

    rule: Rule
    payload: TaintRule
    cases: tuple[tuple[TaintCase, Where], ...]
    where: Where


def read_rules(part: Part) -> tuple[WrittenRule, ...]:
    """The rules of a document whose shape the schema has accepted."""
    rules = part.values.get("rules")
    return tuple(
        _read_rule(Reader(part, str(own["language"])), own, ("rules", index))
        for index, own in enumerate(rules if isinstance(rules, list) else ())
        if isinstance(own, dict)
    )


def _read_rule(reader: Reader, own: Row, where: Where) -> WrittenRule:
    reader.check_language(*where, "language")
    rule = make_rule(ENGINE, {**own, "languages": [reader.language]}, own)
    kind = str(own["kind"])
    needed, allowed = _KINDS[kind]
    for key in needed:
        if key not in own:
            reader.wrong(f"{key} is missing: a {kind} rule needs it", *where)
    for key in own:
        if key in _OWN and key not in needed and key not in allowed:
            reader.wrong(f"{key} has no place in a {kind} rule", *where, key)
    payload = _PAYLOADS[kind](reader, rule, own, where)
    return WrittenRule(rule, payload, read_cases(reader, own.get("cases"), (*where, "cases")), where)


def _flow(reader: Reader, rule: Rule, own: Row, where: Where) -> TaintRule:
    for word in _PLACEHOLDER.findall(rule.message):
        if word not in _PLACEHOLDERS:
            reader.wrong(f"{{{word}}} stands for nothing{suggest(word, _PLACEHOLDERS)}; known are {{source}} and {{sink}}", *where, "message")
    trusts = own.get("trust")
    accepted = tuple(Trust(str(trust)) for trust in (trusts if isinstance(trusts, list) else ()))
    if len(set(accepted)) < len(accepted):
        reader.wrong("a trust stands twice", *where, "trust")
    confidence = own.get("confidence")
    words = confidence.items() if isinstance(confidence, dict) else ()
    for trust, _ in words:
        if trust not in accepted:
            reader.wrong(f"trust: does not accept {trust}, so that a confidence for it says nothing", *where, "confidence", trust)
    sources = reader.names(own.get("sources"), (*where, "sources"), called=True)
    by_trust = tuple(sorted((Trust(str(trust)), PRECISIONS[str(precision)]) for trust, precision in words))
    kinds = reader.sink_kinds(own.get("sinks"), (*where, "sinks"))
    doubted = reader.keyed_names(own.get("doubted"), (*where, "doubted"))
    beside = reader.pattern(own.get("beside"), (*where, "beside"))
    return TaintRule(reader.language, FlowRule(rule.id, kinds, accepted, by_trust, sources, beside, doubted))


def _misuse(reader: Reader, rule: Rule, own: Row, where: Where) -> TaintRule:
    choices = own.get("any")
    alternatives = [(item, (*where, "any", index)) for index, item in enumerate(choices if isinstance(choices, list) else ())]
    if "calls" in own:
        alternatives.insert(0, (own, where))
    elif not alternatives:
        reader.wrong("calls is missing: a misuse rule needs it, or alternatives below any", *where)
    else:
        for key in ("when", "hints", "inside"):
            if key in own:
                reader.wrong(f"{key} belongs to the alternatives below any", *where, key)
    requires = reader.name(own["requires-import"], (*where, "requires-import")) if "requires-import" in own else ""
    return TaintRule(reader.language, misuses=tuple(_alternative(reader, rule.id, item, requires, place) for item, place in alternatives))


def _alternative(reader: Reader, rule_id: str, item: Row, requires: str, where: Where) -> MisuseRule:
    return MisuseRule(
        rule_id=rule_id,
        names=reader.names(item["calls"], (*where, "calls")),
        when=conditions(reader, item.get("when"), (*where, "when")),
        hints=reader.hints(item.get("hints"), (*where, "hints")),
        requires=requires,
        inside=reader.pattern(item.get("inside"), (*where, "inside")),
        unsure=item.get("unsure") is True,
    )


def _comparison(reader: Reader, rule: Rule, own: Row, where: Where) -> TaintRule:
    minimum, share = own.get("minimum", 3), own.get("share", 0.75)
    return TaintRule(
        reader.language,
        comparison=ComparisonRule(
            rule_id=rule.id,
            checks=reader.pattern(own.get("checks"), (*where, "checks")),
            public=reader.pattern(own.get("public"), (*where, "public")),
            minimum=minimum if isinstance(minimum, int) else 3,
            share=float(share) if isinstance(share, int | float) else 0.75,
        ),
    )


_PAYLOADS: Final[Mapping[str, Callable[[Reader, Rule, Row, Where], TaintRule]]] = {"flow": _flow, "misuse": _misuse, "comparison": _comparison}
