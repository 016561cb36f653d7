"""A report as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.reporters.terminal.condense import arrange, listed_each
from scanner.reporters.terminal.findings import group_lines
from scanner.reporters.terminal.ink import Ink, Segment, Tone, count
from scanner.reporters.terminal.problems import fixed_lines, problem_lines, suppressed_lines
from scanner.reporters.terminal.summary import looked_at_nothing, summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.report import ScanReport
    from scanner.reporters.terminal.ink import Line, TerminalStyle


def render_terminal(report: ScanReport, style: TerminalStyle) -> str:
    """The whole report: findings by severity, problems, summary; the end is what a reader sees first, so it holds the verdict.

    The same report and style give the same text. It holds no control characters but line feeds, and escape sequences only where the style asks for
    them; no trailing spaces; a line feed at the end. Lines fit `style.width` cells, save those with a place, a link or example code on them, which
    are kept whole so that they can be clicked and copied.
    """
    ink = Ink(style)
    return ink.render(_lines(ink, report))


def _lines(ink: Ink, report: ScanReport) -> Iterator[Line]:
    groups = arrange(report.active if ink.everything else report.brought, everything=ink.everything)
    by_name = listed_each(groups)
    for group in groups:
        yield from group_lines(ink, group, report.excerpts, by_name)
    if not groups:
        yield from _nothing_found(ink, report)
    if ink.everything:
        yield from suppressed_lines(ink, [finding for finding in report.findings if finding.suppression is not None])
        yield from fixed_lines(ink, report.fixed, report.compared)
    yield from problem_lines(ink, report.problems)
    yield from summary_lines(ink, report, condensed=any(group.listings for group in groups))


def _nothing_found(ink: Ink, report: ScanReport) -> Iterator[Line]:
    """One calm line that claims no more than was looked at."""
    coverage = report.coverage
    if looked_at_nothing(coverage):
        if not coverage.engines:
            why = "no engine ran."
        elif coverage.files == 0:
            why = "no file was left to look at."
        else:
            why = f"no engine had rules for {'the file' if coverage.files == 1 else f'any of the {coverage.files:,} files'}."
        yield from ink.hang((Segment("Nothing was looked at", Tone.CRITICAL), Segment(": ")), why)
        return
    rules = sum(run.rules for run in coverage.engines)
    what = f"{count(coverage.files, 'file')} ({count(coverage.lines, 'line')}), {count(rules, 'rule')} of {count(len(coverage.engines), 'engine')}"
    rest = "" if report.complete else " The scan is incomplete, see below."
    nothing = "Nothing new" if report.compared and report.active else "No findings"
    yield from ink.hang((Segment(nothing, Tone.GOOD if report.complete else Tone.STRONG), Segment(" in ")), f"{what}.{rest}")
