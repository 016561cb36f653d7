"""What counts as one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scanner.core.finding import Candidate
from scanner.core.location import Span, Trace
from scanner.core.rule import Precision, Rule, Severity
from scanner.pipeline.merge import merge

if TYPE_CHECKING:
    from .conftest import MakeCandidate, MakeRule


def test_two_engines_on_the_same_weakness_and_place_are_one_finding_naming_both(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    pattern, flow = make_rule("pattern", engine="semgrep"), make_rule("flow", engine="taint")
    groups = merge([make_candidate(pattern, 5, (1, 30)), make_candidate(flow, 5, (9, 14), steps=3)], {"pattern": pattern, "flow": flow})
    assert len(groups) == 1
    assert groups[0].engines == ("semgrep", "taint")
    assert groups[0].lead.rule is flow, "the longer path explains more"
    assert groups[0].also == (pattern,)


def test_different_weaknesses_at_one_place_stay_two(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    sql, command = make_rule("sql", 89), make_rule("command", 78, engine="taint")
    assert len(merge([make_candidate(sql), make_candidate(command)], {"sql": sql, "command": command})) == 2


def test_the_same_weakness_in_two_files_stays_two(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    rule = make_rule()
    assert len(merge([make_candidate(rule), make_candidate(rule, path="b.py")], {rule.id: rule})) == 2


def test_neighbours_that_do_not_overlap_stay_two(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    one, other = make_rule("one"), make_rule("other", engine="taint")
    assert len(merge([make_candidate(one, 1, (1, 5)), make_candidate(other, 1, (5, 9))], {"one": one, "other": other})) == 2


def test_two_secrets_inside_one_wide_match_of_another_engine_are_not_swallowed(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    block, secret = make_rule("block", 798), make_rule("secret", 798, engine="secrets")
    rules = {"block": block, "secret": secret}
    groups = merge([make_candidate(block, 1, end_line=20), make_candidate(secret, 4), make_candidate(secret, 9)], rules)
    assert [group.lead.place.start_line for group in groups if "secrets" in group.engines] != []
    assert sum(1 for group in groups for match in (group.lead, *group.others) if match.rule is secret) == 2
    assert len(groups) == 2


def test_two_rules_of_one_engine_on_one_expression_are_one_finding(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    one, other = make_rule("general"), make_rule("special", precision=Precision.VERY_HIGH)
    groups = merge([make_candidate(one, 3, (1, 20)), make_candidate(other, 3, (5, 20))], {"general": one, "special": other})
    assert [group.lead.rule.id for group in groups] == ["special"]


def test_agreement_takes_the_surest_word(make_rule: MakeRule, make_candidate: MakeCandidate) -> None:
    one, other = make_rule("one", precision=Precision.LOW), make_rule("other", precision=Precision.MEDIUM, engine="taint")
    (group,) = merge([make_candidate(one), make_candidate(other)], {"one": one, "other": other})
    assert group.confidence is Precision.MEDIUM


_RULES = {
    f"{engine}-{cwe}": Rule(f"{engine}-{cwe}", engine, "T", (cwe,), Severity.HIGH, Precision.HIGH, "m", "h", "r", "d")
    for engine in ("semgrep", "taint", "secrets")
    for cwe in (78, 89)
}
_CANDIDATES = st.lists(
    st.builds(
        lambda name, line, column, length: Candidate(_RULES[name].engine, name, "m", Trace.at(Span("a.py", line, column, line, column + length))),
        st.sampled_from(sorted(_RULES)),
        st.integers(1, 4),
        st.integers(1, 12),
        st.integers(1, 12),
    ),
    max_size=12,
)


@given(_CANDIDATES, st.randoms(use_true_random=False))
def test_no_candidate_is_lost_and_their_order_does_not_matter(candidates: list[Candidate], random: object) -> None:
    groups = merge(candidates, _RULES)
    assert sorted(map(repr, candidates)) == sorted(repr(match.candidate) for group in groups for match in (group.lead, *group.others))
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands a random.Random
    assert merge(shuffled, _RULES) == groups
