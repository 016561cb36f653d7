"""Annotations of a GitHub run."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.reporters.github_commands import render_github_commands, stopped

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

HOSTILE = Path(__file__).parents[3] / "golden" / "reporters" / "hostile.py"
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)")


def whole(report: ScanReport) -> ScanReport:
    return replace(report, problems=(), coverage=replace(report.coverage, skipped=(), engines=()))


def test_an_annotation_points_at_its_lines(uncompared: ScanReport) -> None:
    lines = render_github_commands(whole(uncompared)).splitlines()
    assert lines[0] == (
        "::error file=app/db.py,line=6,endLine=6,col=16,endColumn=40,title=critical%3A SQL query built from user input"
        "::confirmed by triage: Data from a request reaches a SQL query as code in `run` (python-sql-injection, CWE-89)"
    )
    assert "col=" not in lines[2]
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::error", "::warning"]


def test_in_a_comparison_only_what_is_new_is_annotated(judged: ScanReport) -> None:
    shown = render_github_commands(whole(judged)).splitlines()
    assert len(shown) == len(judged.brought) < len(judged.active)


def test_an_incomplete_scan_says_so_first(judged: ScanReport) -> None:
    first = render_github_commands(judged).splitlines()[0]
    assert first == "::error title=Casemate::The scan is incomplete: something was not looked at. The summary says what."


def test_nothing_to_say_is_nothing(judged: ScanReport) -> None:
    assert render_github_commands(replace(whole(judged), findings=())) == ""


@pytest.mark.parametrize("complete", [True, False])
def test_each_level_has_ten_annotations_the_last_of_which_counts_the_others(uncompared: ScanReport, complete: bool) -> None:
    crowd = runpy.run_path(str(HOSTILE))["many_findings"](whole(uncompared) if complete else uncompared, 500)
    lines = render_github_commands(crowd).splitlines()
    assert Counter(line.split(" ")[0] for line in lines) == {"::error": 10, "::warning": 10}
    assert lines[9].endswith(f"::{300 - 9 + (not complete)} more at this level are in the summary.")
    assert lines[19].endswith("::91 more at this level are in the summary.")


def test_hostile_text_starts_no_command_of_its_own(hostile: ScanReport) -> None:
    lines = render_github_commands(hostile).split("\n")
    assert lines.pop() == ""
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert not any(re.search("[\r\x1b\u202e\ud800-\udfff]", line) for line in lines)


def test_other_text_is_quoted_where_no_command_is_obeyed() -> None:
    assert stopped("##[error]no\n::error::no\n", "4f3a9c") == "::stop-commands::4f3a9c\n##[error]no\n::error::no\n::4f3a9c::\n"


@pytest.mark.parametrize("token", ["", "a b", "a:b", "no"])
def test_a_token_that_the_text_could_end_the_quotation_with_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        stopped("::no::", token)
