"""What a reader sees, byte for byte. `update.py` beside this file writes the texts anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from scanner.reporters.neutral import cells
from scanner.reporters.terminal.render import render_terminal

if TYPE_CHECKING:
    from scanner.core.report import ScanReport
    from scanner.reporters.terminal.ink import TerminalStyle

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


class Case(Protocol):
    """What conftest.py offers under each name."""

    @property
    def report(self) -> ScanReport:
        """What is rendered."""
        ...

    @property
    def style(self) -> TerminalStyle:
        """How it is rendered."""
        ...


@pytest.mark.parametrize("name", NAMES)
def test_the_report_reads_as_it_did(name: str, cases: dict[str, Case]) -> None:
    case = cases[name]
    assert render_terminal(case.report, case.style) == (HERE / f"{name}.txt").read_bytes().decode()


def test_every_case_has_its_text(cases: dict[str, Case]) -> None:
    assert sorted(cases) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_terminal_or_ends_in_a_space(name: str, cases: dict[str, Case]) -> None:
    case = cases[name]
    for line in ESCAPES.sub("", render_terminal(case.report, case.style)).split("\n"):
        assert cells(line) <= case.style.width
        assert line == line.rstrip()


def test_colours_and_links_change_nothing_but_colours_and_links(cases: dict[str, Case]) -> None:
    coloured = cases["mixed-80-color"]
    plain = cases["mixed-80"]
    text = render_terminal(coloured.report, coloured.style)
    assert ESCAPES.search(text)
    assert ESCAPES.sub("", text) == render_terminal(plain.report, plain.style)


def test_a_terminal_without_unicode_gets_ascii(cases: dict[str, Case]) -> None:
    for name in ("mixed-80-ascii", "hostile-ascii"):
        assert render_terminal(cases[name].report, cases[name].style).isascii()


def test_nothing_from_a_hostile_repository_stands_where_our_own_lines_start(cases: dict[str, Case]) -> None:
    case = cases["hostile"]
    ours = ("──", "INFO  A hostile repository")
    starts = [line for line in render_terminal(case.report, case.style).split("\n") if line and not line.startswith("  ")]
    assert starts
    assert all(line.startswith(ours) for line in starts)
