"""Sets of rules."""

from __future__ import annotations

import pytest

from scanner.core.errors import RuleError
from scanner.core.rule import Precision, Rule, Severity
from scanner.rulepack.kinds import RuleKind
from scanner.rulepack.ruleset import LoadedDocument, LoadedRule, Origin, RuleSet, merge


def rule(rule_id: str, engine: str = "e") -> Rule:
    return Rule(rule_id, engine, "T", (1,), Severity.HIGH, Precision.LOW, "M", "H", "R", "d")


def entry(rule_id: str, engine: str = "e", file: str = "f.yaml", line: int = 2) -> LoadedRule[object]:
    return LoadedRule(rule(rule_id, engine), f"payload of {rule_id}", Origin(file, line))


def test_the_rules_of_a_kind_come_with_its_payloads() -> None:
    kind: RuleKind[str] = RuleKind("one", "one", "s.json", lambda _rule, _part: "")
    assert [item.payload for item in RuleSet((entry("a", "one"), entry("b", "two"))).of(kind)] == ["payload of a"]


def test_rules_can_be_left_out() -> None:
    rules = RuleSet((entry("a"), entry("b")), (LoadedDocument("models", 1, "m.yaml"),))
    kept = rules.where(lambda item: item.id != "a")
    assert [item.id for item in kept.rules] == ["b"]
    assert kept.documents == rules.documents


def test_merged_sets_stay_sorted() -> None:
    merged = merge([RuleSet((entry("b"), entry("d"))), RuleSet((entry("a"), entry("c")), (LoadedDocument("models", 1, "m.yaml"),))])
    assert [item.id for item in merged.rules] == ["a", "b", "c", "d"]
    assert len(merged.documents) == 1


def test_an_id_in_two_sets_is_refused_with_both_places() -> None:
    with pytest.raises(RuleError, match=r"^mine\.yaml:7: the id a is already taken by f\.yaml:2$"):
        merge([RuleSet((entry("a"),)), RuleSet((entry("a", file="mine.yaml", line=7),))])
