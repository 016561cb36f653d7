"""A report as what a review of a change should say: a note for each finding that the change brings, and one summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import State
from scanner.ports.publisher import Draft, Note
from scanner.reporters.markdown import headline, verdict_lines
from scanner.reporters.markdown_text import clipped, inline, place, table
from scanner.reporters.words import STATES, TRUST, outcome, states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

_STEPS = 12
_ROWS = 30
_PROBLEMS = 10
_REMEDY = 1_500  # characters


def draft_review(report: ScanReport) -> Draft:
    """What to say about a change: `report` is of its head, compared with its base, or else every finding counts as brought."""
    brought = report.brought
    return Draft(
        notes=tuple(Note(finding.fingerprint, finding.place, note(report, finding)) for finding in brought),
        present=frozenset(item.fingerprint for item in (*report.active, *(gone for gone in report.fixed if gone.state is State.UNKNOWN))),
        summary=_summary(report, brought),
        quiet=not brought and report.complete,
        revision=report.provenance.revision if report.provenance else "",
    )


def note(report: ScanReport, finding: Finding) -> str:
    """One finding as a comment at its line: what it is, how the data gets there, what to do, and where more is said."""
    rule = finding.rule
    weaknesses = ", ".join(f"CWE-{number}" for number in rule.cwe)
    facts = [weaknesses, f"confidence {finding.confidence.label}", *([TRUST[finding.trust]] if finding.trust else [])]
    parts = [
        f"**{finding.severity.label.capitalize()}: {inline(rule.title)}** · {' · '.join(facts)}",
        inline(finding.message),
        *_flow(report, finding),
        *(verdict_lines(finding.judgement, report) if finding.judgement and report.triaged else ()),
        f"<details><summary>What to do</summary>\n\n{clipped(rule.remediation, _REMEDY)}\n\n</details>" if rule.remediation else "",
        f"<sub>{place(finding.place, report.provenance)} · rule `{rule.id}` · `casemate suppress {finding.fingerprint[:12]}`</sub>",
    ]
    return "\n\n".join(part for part in parts if part)


def _flow(report: ScanReport, finding: Finding) -> Iterator[str]:
    steps = finding.trace.locations
    if len(steps) == 1:
        return
    lines = [
        f"{number}. {step.role.value} {place(step.span, report.provenance)}{f': {inline(step.note, 200)}' if step.note else ''}"
        for number, step in enumerate(steps, 1)
    ]
    if len(lines) > _STEPS:
        half = _STEPS // 2
        lines = [*lines[:half], f"{half + 1}. {len(lines) - 2 * half} more steps", *lines[-half:]]
    yield "\n".join((f"<details><summary>How the data gets here, {len(steps)} steps</summary>", "", *lines, "", "</details>"))


def _summary(report: ScanReport, brought: tuple[Finding, ...]) -> str:
    parts = [f"### {headline(report)}"]
    if not report.complete:
        gaps = [problem for problem in report.problems if problem.incomplete][:_PROBLEMS]
        parts.append("> Something was not looked at, so finding nothing there means nothing.")
        parts += ["\n".join(f"- {inline(item.subject, 200)}: {inline(item.message, 300)}" for item in gaps)] if gaps else []
    if report.compared:
        counts = states(report)
        named = ", ".join(f"{counts[state]:,} {STATES[state]}" for state in State if counts[state] or state is State.NEW)
        parts.append(f"Compared with {inline(report.compared, 80)}: {named}.")
    if brought:
        heads = ["Severity", "Finding", "Place", *(["Verdict"] if report.triaged else [])]
        rows = [
            (
                item.severity.label,
                inline(item.rule.title),
                place(item.place, report.provenance),
                *([outcome(item.judgement)] if report.triaged else []),
            )
            for item in brought[:_ROWS]
        ]
        parts.append(table(heads, rows))
    if len(brought) > _ROWS:
        parts.append(f"and {len(brought) - _ROWS:,} more, in the run's summary.")
    notices = [problem for problem in report.problems if not problem.incomplete and problem.stage.value == "suppress"][:_PROBLEMS]
    if notices:
        parts.append("\n".join(f"- {inline(item.subject, 200)}: {inline(item.message, 300)}" for item in notices))
    if not report.triaged:
        parts.append("<sub>No model took part: these are the static engines' word.</sub>")
    return "\n\n".join(parts)
