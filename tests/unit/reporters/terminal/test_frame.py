"""Code frames: numbers, markers, carets, and lines that are too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.location import Span
from scanner.core.report import Excerpt
from scanner.core.text import utf16_length
from scanner.reporters.neutral import cells
from scanner.reporters.terminal.frame import code_line, cut_line, frame
from scanner.reporters.terminal.ink import Ink, TerminalStyle, Tone

if TYPE_CHECKING:
    from scanner.reporters.terminal.ink import Line

INK = Ink(TerminalStyle(color=False, width=60))
CODE = st.text(st.sampled_from("ab \t日🎉é\u0301\u202e\x1b"), max_size=200)


def rendered(*lines: str, span: Span, ink: Ink = INK) -> list[str]:
    return shown(frame(ink, Excerpt(dict(enumerate(lines, start=1)), {}), span, Tone.HIGH, ""), ink)


def shown(lines: list[Line], ink: Ink = INK) -> list[str]:
    return ink.render(lines).split("\n")[:-1]


def marking(line: str, text: str, number: int = 1) -> Span:
    start = line.index(text)
    return Span("a.py", number, utf16_length(line[:start]) + 1, number, utf16_length(line[: start + len(text)]) + 1)


def test_a_frame_has_numbers_a_marker_and_carets_under_the_span() -> None:
    assert rendered("def f(x):", "    eval(x)", "    return x", span=marking("    eval(x)", "eval(x)", 2)) == [
        "  1 │ def f(x):",
        "> 2 │     eval(x)",
        "    │     ^^^^^^^",
        "  3 │     return x",
    ]


@pytest.mark.parametrize("before", ["", "\t", "\ta\t", "日本", "🎉🎉", "\u202e", "e\u0301", "\x1b[2J", "\udcff", "ç"])
def test_carets_stand_under_the_span_whatever_stands_before_it(before: str) -> None:
    line = f"{before}evil()"
    code, carets = rendered(line, span=marking(line, "evil()"))
    assert cells(code[: code.index("evil()")]) == carets.index("^")
    assert carets.count("^") == len("evil()")


def test_an_empty_span_gets_one_caret() -> None:
    assert rendered("abc", span=Span("a.py", 1, 4, 1, 4))[1] == "    │    ^"


def test_blank_lines_at_the_edges_of_a_frame_are_left_out() -> None:
    assert rendered("", "x = 1", "   ", span=Span("a.py", 2, 1, 2, 2)) == ["> 2 │ x = 1", "    │ ^"]


def test_a_span_of_many_lines_shows_its_first_and_says_where_it_ends() -> None:
    lines = [f"line {number}" for number in range(1, 21)]
    assert rendered(*lines, span=Span("a.py", 2, 1, 12, 3)) == [
        "  1 │ line 1",
        "> 2 │ line 2",
        "    │ ^^^^^^",
        "> 3 │ line 3",
        "> 4 │ line 4",
        "> 5 │ line 5",
        "    │ … to line 12",
    ]


def test_a_span_that_ends_before_the_first_column_of_a_line_does_not_reach_it() -> None:
    assert [line for line in rendered("a", "b", "c", span=Span("a.py", 1, 1, 3, 1)) if line.startswith(">")] == ["> 1 │ a", "> 2 │ b"]


def test_a_long_line_is_cut_around_the_span_and_stands_alone() -> None:
    line = "a" * 300 + "EVIL" + "b" * 300
    code, carets = rendered("before", line, "after", span=marking(line, "EVIL", 2))[0:2]
    assert "…" in code
    assert code.endswith("…")
    assert cells(code) <= 60
    assert code.index("EVIL") == carets.index("^")


def test_a_span_wider_than_the_terminal_is_cut_and_so_are_its_carets() -> None:
    line = "x = '" + "y" * 500 + "'"
    code, carets = rendered(line, span=marking(line, "y" * 500))
    assert cells(code) <= 60
    assert code.endswith("…")
    assert cells(carets) < 60


def test_a_line_that_the_excerpt_cut_before_the_span_says_so() -> None:
    assert rendered("x" * 20, span=Span("a.py", 1, 2_000, 1, 2_004)) == ["> 1 │ xxxxxxxxxxxxxxxxxxxx…", "    │                     ^"]


def test_a_file_without_excerpt_has_no_frame() -> None:
    assert frame(INK, None, Span("a.py", 1, 1, 1, 2), Tone.HIGH, "") == []
    assert frame(INK, Excerpt({5: "x"}, {}), Span("a.py", 1, 1, 1, 2), Tone.HIGH, "") == []


def test_more_context_is_shown_when_everything_is() -> None:
    ink = Ink(TerminalStyle(color=False, width=60, verbosity=1))
    assert len(rendered("1", "2", "3", "4", "5", "6", "7", span=Span("a.py", 4, 1, 4, 2), ink=ink)) == 6


def test_a_line_of_a_flow_loses_its_indentation() -> None:
    line = "\t\treturn f(x)"
    assert shown([code_line(INK, Excerpt({1: line}, {}), marking(line, "f(x)"), 40)]) == ["return f(x)"]


def test_without_unicode_the_carets_stand_under_the_escapes() -> None:
    ink = Ink(TerminalStyle(color=False, width=60, unicode=False))
    line = 'print("日", evil())'
    code, carets = rendered(line, span=marking(line, "evil()"), ink=ink)
    assert code == '> 1 | print("\\u65e5", evil())'
    assert code.index("evil()") == carets.index("^")


@given(CODE, CODE, CODE, st.integers(min_value=20, max_value=80))
def test_a_cut_line_fits_and_holds_the_start_of_the_span(before: str, marked: str, behind: str, width: int) -> None:
    start = utf16_length(before) + 1
    cut = cut_line(INK, before + marked + behind, Span("a.py", 1, start, 1, start + utf16_length(marked)), width)
    assert cells(cut.before + cut.marked + cut.behind) <= width
    first = "".join(INK.pieces(before + marked)[len(before) : len(before) + 1])
    assert cut.marked.startswith(first)
