"""Text from scanned code can do nothing to a reader's terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.neutral import MARKS_IN_A_ROW, cell_edges, cells, neutral, neutral_lines, pieces

ANY = st.text(st.characters(codec=None, categories=None))
NASTY = st.text(
    st.sampled_from("\x00\t\n\r\x1b\x7f\x85\x9b\xa0\xad\u0301\u200b\u200d\u202e\u2066\u2028\u3000\u3164\ufeff\ufe0f\ud800\udcff\U000e0041🎉日a <")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("straße, 日本語, 🎉", "straße, 日本語, 🎉"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\nb\r", "a<U+000A>b<U+000D>"),
        ("\x9b2J", "<U+009B>2J"),
        ("\u202eevil", "<U+202E>evil"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("tag\U000e0041", "tag<U+E0041>"),
        ("filler\u3164", "filler<U+3164>"),
        ("no\u00a0break", "no<U+00A0>break"),
        ("full\u3000width", "full\u3000width"),
        ("byte \udcff", "byte \\xff"),
        ("half \ud83d", "half \\ud83d"),
    ],
)
def test_what_would_act_or_hide_is_spelt_out(text: str, shown: str) -> None:
    assert neutral(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("\tx", "    x"), ("ab\tx", "ab  x"), ("abcd\tx", "abcd    x"), ("日\tx", "日  x"), ("e\u0301\tx", "e\u0301   x")]
)
def test_a_tab_leads_to_the_next_fourth_cell(text: str, shown: str) -> None:
    assert neutral(text) == shown


def test_marks_do_not_pile_up() -> None:
    piled = neutral("e" + "\u0301" * 1_000)
    assert piled.startswith("e" + "\u0301" * MARKS_IN_A_ROW + "<U+0301>")
    assert piled.count("\u0301") == MARKS_IN_A_ROW


def test_lines_of_a_text_stay_lines() -> None:
    assert neutral_lines("one\r\ntwo\n\x1bthree\rfour") == "one\ntwo\n<U+001B>three<U+000D>four"


@given(ANY | NASTY)
def test_nothing_is_left_that_acts_or_hides(text: str) -> None:
    left = {unicodedata.category(char) for char in neutral(text)}
    assert left.isdisjoint({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
    neutral(text).encode("utf-8")


@given(ANY | NASTY)
def test_a_neutral_text_stays_as_it_is(text: str) -> None:
    assert neutral(neutral(text)) == neutral(text)


@given(ANY | NASTY)
def test_the_pieces_of_a_line_are_its_neutral_text_one_for_each_character(text: str) -> None:
    shown = pieces(text)
    assert len(shown) == len(text)
    assert "".join(shown) == neutral(text)
    assert cell_edges(shown)[-1] == cells(neutral(text))


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("🎉", 2), ("e\u0301", 1), ("\uff57\uff49\uff44\uff45", 8), ("ça", 2)])
def test_cells_are_what_a_terminal_takes(text: str, width: int) -> None:
    assert cells(text) == width
