"""The report as Markdown."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from scanner.core.errors import ExitCode
from scanner.core.finding import State
from scanner.core.report import Gate
from scanner.core.rule import Severity
from scanner.reporters.markdown import COMMENT_LIMIT, SUMMARY_LIMIT, headline, render_markdown

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = Path(__file__).parents[3] / "golden" / "reporters" / "hostile.py"
OURS = re.compile(r"<details><summary>Flow, [0-9,]+ steps?</summary>|</details>")


def test_the_first_line_says_what_must_be_known(uncompared: ScanReport) -> None:
    assert headline(uncompared) == "Casemate: incomplete scan, 4 open findings"
    complete = replace(uncompared, coverage=replace(uncompared.coverage, skipped=(), engines=()), problems=())
    assert headline(complete) == "Casemate: 3 findings at or over high"
    assert headline(replace(complete, gate=Gate(Severity.HIGH, 0, ExitCode.CLEAN))) == "Casemate: 4 open findings, none that fails the scan"
    assert headline(replace(complete, findings=())) == "Casemate: 3 findings at or over high"
    assert headline(replace(complete, findings=(), gate=Gate(None, 0, ExitCode.CLEAN))) == "Casemate: no findings"


def test_the_first_line_about_a_change_speaks_of_what_it_brings(judged: ScanReport) -> None:
    assert headline(judged) == "Casemate: incomplete scan, 2 new or incomparable findings"
    complete = replace(judged, coverage=replace(judged.coverage, skipped=(), engines=()), problems=())
    known = tuple(item for item in complete.findings if item.state is not State.UNKNOWN)
    assert headline(replace(complete, findings=known, gate=Gate(Severity.HIGH, 1, ExitCode.FINDINGS))) == "Casemate: 1 new finding at or over high"
    passed = replace(complete, gate=Gate(Severity.HIGH, 0, ExitCode.CLEAN))
    assert headline(replace(passed, findings=known)) == "Casemate: 1 new finding, none that fails the scan"
    old = tuple(item for item in known if item.state is not State.NEW)
    assert headline(replace(passed, findings=old)) == "Casemate: nothing new, 2 findings from before"


def test_a_reader_finds_counts_verdicts_states_and_cost_in_the_first_table(judged: ScanReport, uncompared: ScanReport) -> None:
    text = render_markdown(judged)
    assert "| new | 1 critical |\n| not comparable | 1 medium |\n| from before | 2 high |\n| suppressed | 1 |\n" in text
    assert "| open | 1 critical, 2 high, 1 medium |\n" in render_markdown(uncompared)
    assert "| compared | 1 new, 1 persisting, 1 moved, 1 fixed, 2 not comparable, with 0fedcba98765 |" in text
    assert "| verdicts | 1 confirmed, 1 undecided, 1 refuted, 2 not looked at |" in text
    assert "| model | $0.21, 18 calls," in text


def test_a_verdict_brings_its_evidence(uncompared: ScanReport) -> None:
    text = render_markdown(uncompared)
    assert "**Confirmed**. The parameter" in text
    assert "An attack takes: over the network, no account, no help from a user, the default settings. Severity critical." in text
    assert "/app/db.py#L6>) where it does harm: the whole text is parsed as SQL" in text
    assert "One side says **refuted**: The only value is a constant\\." in text


def test_without_triage_and_comparison_their_columns_are_not_there(untriaged: ScanReport) -> None:
    text = render_markdown(untriaged)
    assert "| # | Severity | Finding | Place |\n" in text
    assert "none took part" in text


def html_of(text: str) -> list[str]:
    return [
        token.content.strip()
        for block in PARSER.parse(text)
        for token in (block, *(block.children or []))
        if token.type in {"html_block", "html_inline", "image"}
    ]


def test_nothing_hostile_becomes_markup(hostile: ScanReport) -> None:
    text = render_markdown(hostile)
    assert all(OURS.fullmatch(piece) for piece in html_of(text))
    blocks = PARSER.parse(text)
    links = [token.attrs["href"] for block in blocks for token in block.children or [] if token.type == "link_open"]
    assert links == []
    assert sum(block.type == "heading_open" for block in blocks) == 1 + len(hostile.active) + 1
    outside_code = re.sub(r"(`+)[^`].*?\1", "", text, flags=re.DOTALL)
    assert not re.search(r"@\w|https?://|www\\?\.e|<!--", outside_code)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text)
    text.encode()


@pytest.mark.parametrize("limit", [4_000, COMMENT_LIMIT, SUMMARY_LIMIT])
def test_a_limit_is_kept_and_what_is_missing_is_counted(uncompared: ScanReport, limit: int) -> None:
    crowd = runpy.run_path(str(HOSTILE))["many_findings"](uncompared, 5_000)
    text = render_markdown(crowd, limit)
    assert len(text.encode()) <= limit
    assert re.search(r"The table shows the [0-9,]+ most pressing of 4,000 findings\.", text)
    shown = len(re.findall(r"^### [0-9,]+\. ", text, flags=re.MULTILINE))
    assert f"and {4_000 - shown:,} more, which the whole report shows." in text


def test_a_limit_is_kept_whatever_the_report_quotes(hostile: ScanReport) -> None:
    many = replace(hostile, problems=hostile.problems * 40, coverage=replace(hostile.coverage, skipped=hostile.coverage.skipped * 40))
    assert len(render_markdown(many, COMMENT_LIMIT).encode()) <= COMMENT_LIMIT
