"""Lines and columns as SARIF and GitHub count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.text import character_index, split_lines, utf16_column, utf16_length


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a\nb", ["a", "b"]), ("a\r\nb\rc\n", ["a", "b", "c", ""]), ("a\x0cb\u2028c\x85d", ["a\x0cb\u2028c\x85d"]), ("", [""])],
)
def test_only_line_feeds_and_carriage_returns_end_a_line(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


def test_an_emoji_is_two_columns_wide_and_an_umlaut_one() -> None:
    line = "ä😀x".encode()
    assert [utf16_column(line, offset) for offset in (0, 2, 6, 7)] == [1, 2, 4, 5]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])), st.data())
def test_columns_and_indexes_are_inverse(line: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(line)))
    assert character_index(line, utf16_length(line[:index]) + 1) == index


def test_a_column_behind_the_line_is_its_end() -> None:
    assert character_index("ab", 99) == 2
