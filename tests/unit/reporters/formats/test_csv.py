"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.csv import COLUMNS, render_csv, safe

if TYPE_CHECKING:
    from scanner.core.report import ScanReport


def rows_of(report: ScanReport) -> list[dict[str, str]]:
    text = render_csv(report)
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_finding_has_a_row_with_its_verdict_and_state(judged: ScanReport) -> None:
    rows = rows_of(judged)
    assert tuple(rows[0]) == COLUMNS
    assert [(row["status"], row["state"], row["verdict"]) for row in rows] == [
        ("open", "new", "confirmed"),
        ("open", "persisting", "undecided"),
        ("open", "moved", "not looked at"),
        ("open", "not comparable", ""),
        ("suppressed", "persisting", "refuted"),
        ("fixed", "fixed", ""),
        ("not looked at again", "not comparable", ""),
    ]
    assert (rows[0]["path"], rows[0]["line"], rows[0]["cost_usd"]) == ("app/db.py", "6", "0.1834")
    assert rows[4]["ground"] == "what it reaches does not interpret the data"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\n=1", "\uff1d1", "|calc", "%0A"])
def test_what_a_spreadsheet_would_run_is_preceded_by_an_apostrophe(words: str) -> None:
    assert safe(words).startswith("'")


@given(st.text())
def test_no_cell_starts_a_formula_or_a_line(words: str) -> None:
    cell = safe(words)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", " "))
    assert "\n" not in cell
    cell.encode()


def test_hostile_text_stays_in_its_cell(hostile: ScanReport) -> None:
    rows = rows_of(hostile)
    assert len(rows) == len(hostile.findings) + len(hostile.fixed)
    assert all(None not in row and None not in row.values() for row in rows)
    assert rows[0]["message"] == "'=cmd|' /C calc'!A0"
