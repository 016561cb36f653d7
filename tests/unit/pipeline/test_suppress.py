"""Suppressing a finding from a comment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scanner.core.location import Span
from scanner.pipeline.suppress import apply, read_directives
from scanner.ports.code_index import Comment

if TYPE_CHECKING:
    from .conftest import MakeFinding, MakeRule


def _comment(text: str, line: int = 1, *, trailing: bool = True, end_line: int = 0) -> Comment:
    return Comment(Span("a.py", line, 1, end_line or line, 80), text, trailing)


def test_a_comment_on_the_line_silences_the_rule_it_names_and_keeps_the_reason(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    directives, problems = read_directives([_comment("# casemate: ignore[some-rule] reviewed by the team", 4)], {"some-rule"}, foreign=False)
    (judged,), unused = apply([make_finding(make_rule(), 4)], directives)
    assert judged.suppression is not None
    assert judged.suppression.justification == "reviewed by the team"
    assert not problems
    assert not unused


def test_a_comment_alone_on_a_line_speaks_for_the_next_line_of_code(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    comments = [_comment("# casemate: ignore[some-rule] constant", 3, trailing=False), _comment("# and more words", 4, trailing=False)]
    directives, _ = read_directives(comments, {"some-rule"}, foreign=False)
    judged, _ = apply([make_finding(make_rule(), 5), make_finding(make_rule(), 6)], directives)
    assert [finding.suppression is not None for finding in judged] == [True, False]


def test_a_comment_at_the_end_of_a_statement_over_several_lines_counts(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    directives, _ = read_directives([_comment("# casemate: ignore[some-rule] why", 7)], {"some-rule"}, foreign=False)
    (judged,), _ = apply([make_finding(make_rule(), 5, end_line=7)], directives)
    assert judged.suppression is not None


@pytest.mark.parametrize(
    "text",
    [
        "// casemate: ignore[some-rule] why",
        "/* casemate: ignore[some-rule] why */",
        "<!-- casemate: ignore[some-rule] why -->",
        "{# casemate: ignore[some-rule] why #}",
        "-- CASEMATE: ignore[some-rule] why",
        "# casemate:ignore[ some-rule , other ] - why",
    ],
)
def test_every_comment_syntax_carries_the_same_words(text: str) -> None:
    directives, problems = read_directives([_comment(text)], {"some-rule", "other"}, foreign=False)
    assert not problems
    assert [directive.reason for directive in directives] == ["why"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# casemate: ignore[some-rule]", "needs a reason"),
        ("# casemate: ignore because I say so", "names the rules"),
        ("# casemate: ignore[] no rule", "names the rules"),
        ("# casemate: ignore[some-rul] typo", "did you mean some-rule?"),
        ("/* casemate: ignore[some-rule] */", "needs a reason"),
    ],
)
def test_a_suppression_that_is_not_whole_silences_nothing_and_says_so(text: str, words: str) -> None:
    directives, problems = read_directives([_comment(text)], {"some-rule"}, foreign=False)
    assert not directives
    assert len(problems) == 1
    assert words in problems[0].message
    assert not problems[0].incomplete


def test_another_rule_on_the_line_is_still_shown_and_the_suppression_is_called_unused(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    directives, _ = read_directives([_comment("# casemate: ignore[some-rule] why", 4)], {"some-rule"}, foreign=False)
    (judged,), unused = apply([make_finding(make_rule("another"), 4)], directives)
    assert judged.suppression is None
    assert len(unused) == 1
    assert unused[0].subject == "a.py:4"


@pytest.mark.parametrize(("path", "engine", "told"), [("tests/a.py", "semgrep", 0), ("tests/a.py", "secrets", 1), ("a.py", "semgrep", 1)])
def test_a_suppression_where_nobody_looked_is_not_called_unused(make_rule: MakeRule, path: str, engine: str, told: int) -> None:
    comment = _comment("# casemate: ignore[some-rule] why", 4)
    directives, _ = read_directives([replace(comment, span=replace(comment.span, path=path))], {"some-rule"}, foreign=False)
    assert len(apply([], directives, {"some-rule": make_rule(engine=engine)})[1]) == told


def test_a_comment_in_another_file_silences_nothing(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    directives, _ = read_directives([_comment("# casemate: ignore[some-rule] why", 4)], {"some-rule"}, foreign=False)
    (judged,), _ = apply([make_finding(make_rule(), 4, path="b.py")], directives)
    assert judged.suppression is None


def test_a_comment_deep_inside_a_wide_match_does_not_silence_the_whole(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    directives, _ = read_directives([_comment("# casemate: ignore[some-rule] why", 60)], {"some-rule"}, foreign=False)
    (judged,), _ = apply([make_finding(make_rule(), 5, end_line=200)], directives)
    assert judged.suppression is None


@pytest.mark.parametrize("text", ["# nosec", "# nosec B602", "// nosemgrep: some.rule", "# noqa  # nosec"])
def test_other_tools_marks_count_only_when_asked_for(text: str, make_rule: MakeRule, make_finding: MakeFinding) -> None:
    ignored, _ = read_directives([_comment(text, 2)], set(), foreign=False)
    assert not ignored
    honoured, _ = read_directives([_comment(text, 2)], set(), foreign=True)
    (judged,), unused = apply([make_finding(make_rule(), 2)], honoured)
    assert judged.suppression is not None
    assert not unused
