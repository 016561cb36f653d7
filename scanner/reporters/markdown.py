"""A report as Markdown, for the summary of a pipeline's step or one long comment."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.finding import State
from scanner.core.rule import Severity
from scanner.core.verdict import Confirmed, Undecided, side_of
from scanner.reporters.markdown_text import fenced, inline, place, table, within
from scanner.reporters.words import (
    NOT_LOOKED_AT,
    PARTS,
    STATES,
    TRUST,
    VERDICTS,
    by_age,
    finding_word,
    ground,
    needs_text,
    outcome,
    outcomes,
    short,
    spent,
    states,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scanner.core.finding import Finding
    from scanner.core.location import Span
    from scanner.core.report import ScanReport
    from scanner.core.verdict import Citation, Judgement

SUMMARY_LIMIT = 1_048_576  # bytes of a step's summary: GitHub drops all of a longer one
COMMENT_LIMIT = 65_536  # characters of a comment; bytes are never fewer
_ROWS = 100
_TABLE_SHARE = 0.4  # of the limit, so that the first findings have room behind the table
_SIDE_SHARE = 0.4
_INCOMPLETE = "> Something was not looked at, so finding nothing there means nothing."
_NAMED = 20
_TITLE = 160
_ROW_MARKS = 24  # bytes around the cells of a row
_STEPS = 20
_LINES_AROUND = 2
_MORE = "and {} more, which the whole report shows."


def render_markdown(report: ScanReport, limit: int = SUMMARY_LIMIT) -> str:
    """The report in at most `limit` bytes, ending in a line end: counts and a table first, then the findings, most pressing first, as they fit."""
    active = report.brought
    title, counts, facts = f"## {headline(report)}", _counts(report), _facts(report)
    notices, problems = list(_notices(report)), list(_problems(report))
    if len("".join((*notices, *problems)).encode()) > limit * _SIDE_SHARE:
        notices, problems = [_INCOMPLETE] * (not report.complete), [f"{_count(len(report.problems), 'problem')}: the whole report says which."]
    entries = [_entry(report, finding, number) for number, finding in enumerate(active, 1)]
    return within([title, *notices, counts, *_table(report, int(limit * _TABLE_SHARE))], entries, [*problems, facts], limit, _MORE)


def headline(report: ScanReport) -> str:
    """What a reader must know, in one line without foreign text."""
    failing, threshold, word = report.gate.failing, report.gate.threshold, finding_word(report)
    told = _count(len(report.brought), word if report.compared else "open finding")
    if not report.complete:
        return f"Casemate: incomplete scan, {told}"
    if threshold is not None and failing:
        return f"Casemate: {_count(failing, word)} at or over {threshold.label}"
    if report.brought:
        return f"Casemate: {told}, none that fails the scan"
    return f"Casemate: nothing new, {_count(len(report.active), 'finding')} from before" if report.active else "Casemate: no findings"


def verdict_lines(judgement: Judgement, report: ScanReport) -> Iterator[str]:
    """A verdict as blocks of Markdown: what, why, on what evidence, and both sides where they differ."""
    verdict = judgement.verdict
    why = ground(verdict)
    yield f"**{side_of(verdict).capitalize()}**{f': {why}' if why else ''}. {inline(verdict.rationale)}".rstrip()
    if isinstance(verdict, Confirmed):
        yield f"An attack takes: {needs_text(verdict.preconditions)}. Severity {verdict.severity.label}."
    if verdict.citations:
        yield _citations(verdict.citations, report)
    if isinstance(verdict, Undecided):
        for argument in verdict.arguments:
            yield f"One side says **{inline(argument.side, 40)}**: {inline(argument.rationale)}"
            if argument.citations:
                yield _citations(argument.citations, report)


def _citations(citations: tuple[Citation, ...], report: ScanReport) -> str:
    lines = (f"- {place(item.span, report.provenance)} {PARTS[item.part]}{f': {inline(item.note)}' if item.note else ''}" for item in citations)
    return "\n".join(lines)


def _notices(report: ScanReport) -> Iterator[str]:
    if not report.complete:
        yield _INCOMPLETE
        lost = [item for item in report.coverage.skipped if not item.reason.expected]
        engines = [run for run in report.coverage.engines if not run.complete]
        lines = [f"- `{item.reason.value}`: {inline(item.path)}" for item in lost[:_NAMED]]
        lines += [f"- and {len(lost) - _NAMED:,} more paths"] if len(lost) > _NAMED else []
        lines += [f"- engine {inline(run.engine)} did not finish{f': {inline(run.note)}' if run.note else ''}" for run in engines]
        if lines:
            yield "\n".join(lines)


def _counts(report: ScanReport) -> str:
    kinds = by_age(report) if report.compared else (("open", report.active),)
    rows = [(name, _severities(findings)) for name, findings in kinds]
    kept = len(report.findings) - len(report.active)
    if kept:
        rows.append(("suppressed", f"{kept:,}"))
    if report.hidden:
        rows.append(("below the settings", f"{report.hidden:,}"))
    if report.compared:
        counts = states(report)
        named = ", ".join(f"{counts[state]:,} {STATES[state]}" for state in State if counts[state] or state is State.NEW)
        rows.append(("compared", f"{named}, with {inline(short(report.compared), 80)}"))
    if report.triaged:
        counted = outcomes(report.findings)
        rows.append(("verdicts", ", ".join(f"{counted[name]:,} {name}" for name in VERDICTS if counted[name]) or "none"))
        rows.append(("model", spent(report.usage)))
    else:
        rows.append(("model", "none took part; the findings are the static engines' word"))
    rows.append(("looked at", f"{_count(report.coverage.files, 'file')}, {_count(report.coverage.lines, 'line')}"))
    return table(("", ""), rows)


def _severities(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[item]:,} {item.label}" for item in sorted(counts, reverse=True)) or "none"


def _table(report: ScanReport, room: int) -> Iterator[str]:
    """The most pressing findings, a row each, in about `room` bytes."""
    heads = ["#", "Severity", "Finding", "Place"]
    heads += ["Verdict"] if report.triaged else []
    heads += ["State"] if report.compared else []
    rows: list[list[str]] = []
    for number, finding in enumerate(report.brought[:_ROWS], 1):
        row = [f"{number:,}", finding.severity.label, inline(finding.rule.title, _TITLE), place(finding.place, report.provenance)]
        row += [outcome(finding.judgement)] if report.triaged else []
        row += [STATES[finding.state] if finding.state else ""] if report.compared else []
        room -= len("".join(row).encode()) + _ROW_MARKS
        if room < 0:
            break
        rows.append(row)
    if rows:
        yield table(heads, rows)
    if len(rows) < len(report.brought):
        yield f"The table shows the {len(rows):,} most pressing of {len(report.brought):,} findings."


def _entry(report: ScanReport, finding: Finding, number: int) -> str:
    """One finding in full."""
    rule = finding.rule
    facts = [rule.id, ", ".join(f"CWE-{item}" for item in rule.cwe), f"confidence {finding.confidence.label}"]
    facts += [TRUST[finding.trust]] if finding.trust else []
    facts += [STATES[finding.state]] if finding.state else []
    parts = [
        f"### {number:,}. {finding.severity.label.capitalize()}: {inline(rule.title, _TITLE)}",
        f"{place(finding.place, report.provenance)}{f' in {inline(finding.symbol, 200)}' if finding.symbol else ''}",
        ", ".join(facts),
        inline(finding.message),
        *_code(report, finding.place),
    ]
    if finding.judgement and outcome(finding.judgement) != NOT_LOOKED_AT:
        parts.extend(verdict_lines(finding.judgement, report))
    parts.extend(_flow(report, finding))
    return "\n\n".join(part for part in parts if part)


def _code(report: ScanReport, span: Span) -> Iterator[str]:
    excerpt = report.excerpts.get(span.path)
    if excerpt is None:
        return
    last = min(span.end_line, span.start_line + 2 * _LINES_AROUND)
    numbers = [number for number in range(span.start_line - _LINES_AROUND, last + _LINES_AROUND + 1) if number in excerpt.lines]
    if numbers:
        width = len(str(numbers[-1]))
        yield fenced([f"{'>' if span.start_line <= number <= last else ' '} {number:>{width}}  {excerpt.lines[number]}" for number in numbers])


def _flow(report: ScanReport, finding: Finding) -> Iterator[str]:
    steps = finding.trace.locations
    if len(steps) == 1:
        return
    half = _STEPS // 2
    shown = list(enumerate(steps, 1))
    lines = [
        f"{index}. {step.role.value} {place(step.span, report.provenance)}{f': {inline(step.note, 300)}' if step.note else ''}"
        for index, step in shown
    ]
    if len(lines) > _STEPS:
        between = len(lines) - 2 * half
        lines = [*lines[:half], f"{half + 1}. {between:,} more steps", *lines[-half:]]
    yield "\n".join(("<details><summary>Flow, " + _count(len(steps), "step") + "</summary>", "", *lines, "", "</details>"))


def _problems(report: ScanReport) -> Iterator[str]:
    if not report.problems:
        return
    ordered = sorted(report.problems, key=lambda problem: not problem.incomplete)
    rows = [
        (problem.stage.value, inline(problem.subject, 200), inline(problem.message, 400), "yes" if problem.incomplete else "no")
        for problem in ordered
    ]
    yield f"### Problems, {len(rows):,}"
    yield table(("Stage", "About", "What happened", "Left something out"), rows[:_NAMED])
    if len(rows) > _NAMED:
        yield f"and {len(rows) - _NAMED:,} more."


def _facts(report: ScanReport) -> str:
    gate = report.gate
    over = "no threshold" if gate.threshold is None else f"{_count(gate.failing, finding_word(report))} at or over {gate.threshold.label}"
    if gate.threshold is Severity.CRITICAL:
        over = over.replace("at or over critical", "at critical")
    return f"Casemate {inline(report.version, 40)}; {over}; exit {int(gate.exit_code)}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
