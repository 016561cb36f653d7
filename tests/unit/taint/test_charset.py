"""What a text can hold once a constant regular expression has matched it, or has found nothing in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scanner.taint.charset import admitted, refused


@pytest.mark.parametrize(
    ("pattern", "kind", "safe"),
    [
        (r"[a-z0-9_]+", "sql", True),
        (r"[a-z0-9_]+", "command", True),
        (r"\w+", "sql", True),
        (r"\d{1,5}", "url", True),
        (r"[a-z ]+", "sql", False),
        (r".+", "sql", False),
        (r"[^']+", "sql", False),
        (r"(asc|desc)", "sql", True),
        (r"[a-z]+\.[a-z]+", "path", True),
        (r"([a-z]*\.)*", "path", False),
        (r"[a-z.]+", "path", False),
        (r"[a-z/]+", "path", False),
        (r"[\w-]+", "argument", False),
        (r"[a-z]+", "deserialize", False),
    ],
)
def test_a_full_match_is_as_safe_as_the_characters_it_admits(pattern: str, kind: str, safe: bool) -> None:
    letters = admitted(pattern, full=True)
    assert letters is not None
    assert letters.harmless_for(kind) is safe


@pytest.mark.parametrize("pattern", [r"[a-z]+", r"^[a-z]+", r"[a-z]+$|x", r"(?m)[a-z]+$"])
def test_a_match_that_does_not_close_itself_proves_nothing(pattern: str) -> None:
    assert admitted(pattern, full=False) is None


def test_a_dollar_admits_a_final_line_end_which_only_line_formats_mind() -> None:
    letters = admitted(r"[a-z]+$", full=False)
    assert letters is not None
    assert letters.harmless_for("sql")
    assert not letters.harmless_for("header")
    closed = admitted(r"[a-z]+\Z", full=False)
    assert closed is not None
    assert closed.harmless_for("header")


def test_a_broken_pattern_proves_nothing() -> None:
    assert admitted("[a-", full=True) is None
    assert refused("(") is None


@pytest.mark.parametrize(("pattern", "safe"), [(r"[^a-z_]", True), (r"\W", True), (r"[^a-z_]+", True), (r"['\";]", False), (r"[^a-z]x", None)])
def test_a_search_that_finds_no_foreign_character_is_a_guard(pattern: str, safe: bool | None) -> None:
    letters = refused(pattern)
    assert (None if letters is None else letters.harmless_for("sql")) is safe


_PATTERNS = st.sampled_from(
    [
        r"[a-z]+",
        r"[^a-z]*",
        r"\w+",
        r"\W?",
        r"a.b",
        r"(x|[0-9])+",
        r"\s*",
        r"[A-Z]{2,3}",
        r"(?i)abc",
        r"a+?b*",
        r"[^\d]",
        r"\S+",
        r"(?:ab)?c",
        r"[\w.-]+",
    ]
)


@given(_PATTERNS, st.data())
def test_nothing_outside_the_admitted_characters_ever_matches(pattern: str, data: st.DataObject) -> None:
    letters = admitted(pattern, full=True)
    assert letters is not None
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assume(text)
    assert {min(ord(char), 128) for char in text} <= letters.admitted


@given(st.sampled_from([r"[^a-z_]", r"\W", r"[^0-9]", r"\s", r"['\"]"]), st.text(max_size=12))
def test_what_a_search_leaves_is_within_what_it_refuses_to_find(pattern: str, text: str) -> None:
    assume(re.search(pattern, text) is None)
    letters = refused(pattern)
    assert letters is not None
    assert {min(ord(char), 128) for char in text} <= letters.admitted
