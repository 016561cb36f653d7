"""A report as SonarQube's generic issues (`sonar.externalIssuesReportPaths`), in the format with rules that version 10.3 brought.

An issue whose range is empty or ends behind its line stops the import, so columns are written only where the code is known to have them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.core.text import utf16_length
from scanner.reporters.jsontext import dumps
from scanner.reporters.markdown_text import clipped
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.finding import Finding
    from scanner.core.location import Span
    from scanner.core.report import Excerpt, ScanReport
    from scanner.core.rule import Rule

ENGINE = "casemate"

_MESSAGE = 1_000
_STEPS = 100
# Versions before 10.8 know three impacts only; what tells critical from high is the severity beside the type, which they leave unread.
_IMPACTS = {Severity.CRITICAL: "HIGH", Severity.HIGH: "HIGH", Severity.MEDIUM: "MEDIUM", Severity.LOW: "LOW", Severity.INFO: "LOW"}
_SEVERITIES = {
    Severity.CRITICAL: "BLOCKER",
    Severity.HIGH: "CRITICAL",
    Severity.MEDIUM: "MAJOR",
    Severity.LOW: "MINOR",
    Severity.INFO: "INFO",
}

Json = dict[str, object]


def render_sonar(report: ScanReport) -> str:
    """The open findings and their rules, ending in a line end."""
    rules = {finding.rule.id: finding.rule for finding in report.active}
    return dumps(
        {"rules": [_rule(rules[key]) for key in sorted(rules)], "issues": [_issue(finding, report.excerpts) for finding in report.active]},
    )


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.id,
        "name": clipped(neutral(rule.title) or rule.id, 200),
        "description": neutral(" ".join((rule.message or rule.title or rule.id).split())),
        "engineId": ENGINE,
        "cleanCodeAttribute": "TRUSTWORTHY",
        "type": "VULNERABILITY",
        "severity": _SEVERITIES[rule.severity],
        "impacts": [{"softwareQuality": "SECURITY", "severity": _IMPACTS[rule.severity]}],
    }


def _issue(finding: Finding, excerpts: Mapping[str, Excerpt]) -> Json:
    steps = [step for index, step in enumerate(finding.trace.locations) if index != finding.trace.primary]
    others = [*steps[:_STEPS], *finding.related]
    return {
        "ruleId": finding.rule.id,
        "effortMinutes": 0,
        "primaryLocation": _location(finding.message or finding.rule.title, finding.place, excerpts),
        "secondaryLocations": [_location(step.note or step.role.value, step.span, excerpts) for step in others],
    }


def _location(message: str, span: Span, excerpts: Mapping[str, Excerpt]) -> Json:
    said = clipped(neutral(" ".join(message.split())), _MESSAGE)
    return {"message": said or "see the code", "filePath": span.path, "textRange": _range(span, excerpts.get(span.path))}


def _range(span: Span, excerpt: Excerpt | None) -> Json:
    """Lines count from 1, columns from 0 in UTF-16 units."""
    first = None if excerpt is None else excerpt.lines.get(span.start_line)
    last = None if excerpt is None else excerpt.lines.get(span.end_line)
    start, end = span.start_column - 1, span.end_column - 1
    exact = first is not None and last is not None and start <= utf16_length(first) and end <= utf16_length(last)
    if not exact or (span.start_line, start) == (span.end_line, end):
        return {"startLine": span.start_line}
    return {"startLine": span.start_line, "endLine": span.end_line, "startColumn": start, "endColumn": end}
