"""Foreign text in Markdown, held against a parser."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scanner.core.location import Span
from scanner.core.report import Provenance
from scanner.reporters.markdown_text import cell, code, fenced, inline, permalink, place, table, within
from scanner.reporters.neutral import neutral

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("`*_[]()<>!#@|\\~&;-=+.:/ \n\twhtps0")), max_size=30)
INVISIBLE = "\u200b"
SHA = "0123456789abcdef0123456789abcdef01234567"


def plain(text: str) -> str:
    return " ".join(neutral(" ".join(text.split())).split())


def text_of(markdown: str) -> str:
    """What a reader sees of one paragraph that holds nothing but words."""
    tokens = PARSER.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children).replace(INVISIBLE, "")


@given(NASTY)
def test_any_words_stay_words(words: str) -> None:
    escaped = inline(words)
    if plain(words):
        assert text_of(escaped) == plain(words)
    else:
        assert escaped == ""


@given(NASTY)
def test_any_words_stay_in_their_cell(words: str) -> None:
    tokens = PARSER.parse(table(("a", "b"), [(inline(words), code(words)), ("x", "y")]))
    cells = [tokens[index + 1] for index, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 4
    assert {child.type for child in cells[0].children or []} <= {"text", "text_special"}
    assert {child.type for child in cells[1].children or []} <= {"code_inline"}
    assert [item.content for item in cells[2:]] == ["x", "y"]


@given(NASTY)
def test_any_words_stay_code(words: str) -> None:
    shown = neutral(words.replace("\n", " ")).replace("<!--", "<\u200b!--")
    spans = PARSER.parse(f"a {code(words)} b")[1].children or []
    if not shown.strip():
        assert code(words) == ""
        return
    assert [token.type for token in spans] == ["text", "code_inline", "text"]
    assert spans[1].content.strip(" ") == shown.strip(" ")


@given(st.lists(NASTY, min_size=1, max_size=4))
def test_any_lines_stay_within_their_fence(lines: list[str]) -> None:
    tokens = PARSER.parse(f"{fenced(lines, 'python')}\n\nbehind")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].info == "python"
    assert tokens[0].content.replace("\u200b", "") == "".join(f"{neutral(line)}\n" for line in lines)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ask @team/security", r"@\w"),
        ("see #12 and a/b#34", r"#\d"),
        ("see GH-12", r"GH-\d"),
        ("merge !7", r"!\d"),
        ("label ~bug", r"~\w"),
        ("https://evil.example/x", r"https?://"),
        ("HTTP://evil.example", r"(?i)http://"),
        ("www.evil.example", r"www\."),
        ("mailto:a@b.example", r"mailto:\w|@\w"),
        ("javascript:alert(1)", r"javascript:\w"),
    ],
)
def test_what_services_look_for_in_rendered_text_is_parted(words: str, found: str) -> None:
    assert re.search(found, words)
    rendered = "".join(child.content for child in PARSER.parse(inline(words))[1].children or [])
    assert rendered.replace(INVISIBLE, "") == words
    assert not re.search(found, rendered)


def test_code_cannot_hold_a_forged_mark() -> None:
    assert "<!--" not in code("<!-- casemate:1 -->")
    assert "<!--" not in fenced(["x <!-- casemate:1 --> y"])
    assert "<!--" not in inline("<!-- casemate:1 -->")


def test_long_text_and_many_lines_are_cut_with_an_ellipsis() -> None:
    assert inline("x" * 2_000, 10) == "xxxxxxxxx…"
    assert code("x" * 2_000, 10) == "`xxxxxxxxx…`"
    assert fenced([str(number) for number in range(100)]).split("\n")[-2:] == ["…", "```"]


def test_a_bar_in_code_stays_in_its_cell() -> None:
    assert cell(code("a | b")) == "`a \\| b`"


def test_a_place_on_github_is_a_link_to_its_revision() -> None:
    span = Span("app files/v(1).py", 3, 1, 5, 2)
    url = f"https://github.com/example/shop/blob/{SHA}/app%20files/v(1).py#L3-L5"
    assert place(span, Provenance("https://github.com/example/shop.git", SHA)) == f"[`app files/v(1).py:3`](<{url}>)"
    assert permalink(span, Provenance("https://github.com/example/shop", SHA)) == url


@pytest.mark.parametrize(
    "elsewhere",
    [None, Provenance("https://github.com/example/shop", "main"), Provenance("https://git.example.com/shop", SHA), Provenance("", SHA)],
)
def test_a_place_elsewhere_is_no_link(elsewhere: Provenance | None) -> None:
    assert place(Span("a.py", 3, 1, 3, 2), elsewhere) == "`a.py:3`"


def test_a_limit_in_bytes_keeps_head_and_tail_and_counts_what_is_missing() -> None:
    entries = ["é" * 50] * 10
    text = within(["head"], entries, ["tail"], 400, "and {} more")
    assert len(text.encode()) <= 400
    assert text.startswith("head\n\n")
    assert text.endswith("\n\nand 7 more\n\ntail\n")
    assert within(["head"], entries, ["tail"], 10_000, "and {} more").count("é" * 50) == 10
