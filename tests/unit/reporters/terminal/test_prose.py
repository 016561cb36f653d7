"""Rules' Markdown as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.neutral import cells
from scanner.reporters.terminal.ink import Ink, Segment, TerminalStyle
from scanner.reporters.terminal.prose import Code, Paragraph, gist, lay, parse, up_to_code

INK = Ink(TerminalStyle(color=False, width=40))


def laid(markdown: str) -> str:
    return INK.render(lay(INK, (Segment("Why "),), parse(markdown)))


def test_paragraphs_are_joined_wrapped_and_stand_apart() -> None:
    assert laid("One line\nand the next one, which is longer.\n\nTwo.") == ("Why One line and the next one, which is\n    longer.\n\n    Two.\n")


def test_code_keeps_its_lines_and_its_indentation() -> None:
    assert laid("Do:\n\n```python\n  if x:\n      y()\n```\nDone.") == "Why Do:\n\n      if x:\n          y()\n\n    Done.\n"


def test_code_without_an_end_goes_on_to_the_end() -> None:
    assert parse("~~~\na\n```\nb") == (Code(("a", "```", "b")),)


def test_items_hang_behind_their_marks() -> None:
    assert laid("Either\n- one that is long enough to be wrapped\n- or\n  two\n1. three") == (
        "Why Either\n    - one that is long enough to be\n      wrapped\n    - or two\n    1. three\n"
    )


def test_headings_emphasis_and_links_become_words() -> None:
    markdown = "## A **strong** head\nSee [the guide](https://example.org/a) or [](https://example.org/b)."
    assert parse(markdown) == (Paragraph("A strong head"), Paragraph("See the guide (https://example.org/a) or https://example.org/b."))


def test_names_with_stars_and_underscores_stay_names() -> None:
    assert parse("`**kwargs` and __init__ and a * b") == (Paragraph("`**kwargs` and __init__ and a * b"),)


def test_the_gist_is_the_first_sentences_of_the_first_paragraph() -> None:
    blocks = parse("One, e.g. this. Two! Three? Four.\n\nMore.")
    assert gist(blocks, 2, 500) == "One, e.g. this. Two!"
    assert gist(blocks, 3, 25) == "One, e.g. this. Two!"
    assert gist(blocks, 3, 1) == "One, e.g. this."
    assert gist((), 3, 100) == ""


def test_a_remedy_is_shown_up_to_its_first_code() -> None:
    one, two, code = Paragraph("one"), Paragraph("two"), Code(("x",))
    assert up_to_code((one, code, two), 2) == (one, code)
    assert up_to_code((one, two, one, code), 2) == (one, two, code)
    assert up_to_code((one, two, one), 2) == (one, two)
    assert up_to_code((), 2) == ()


@given(st.text(st.sampled_from("ab *#-`~[]()\n1.\x1b日")))
def test_any_markdown_is_laid_without_control_characters(markdown: str) -> None:
    text = laid(markdown)
    assert all(char.isprintable() for char in text.replace("\n", ""))


@given(st.text(st.sampled_from("ab 日🎉\u202e\t"), max_size=300), st.integers(min_value=12, max_value=60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = INK.wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == INK.show(text).replace(" ", "")
