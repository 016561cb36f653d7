"""A report as GitLab's SAST artifact (`artifacts:reports:sast`), for its vulnerability report and merge requests.

The format is version 15 of GitLab's security report schemas (gitlab.com/gitlab-org/security-products/security-report-schemas). Descriptions are
rendered as Markdown there, so foreign text is escaped; names are shown as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.core.verdict import Confirmed, side_of
from scanner.reporters.jsontext import dumps
from scanner.reporters.markdown_text import clipped, inline
from scanner.reporters.neutral import neutral
from scanner.reporters.words import NOT_LOOKED_AT, ground, needs_text, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scanner.core.finding import Finding
    from scanner.core.location import Span
    from scanner.core.report import ScanReport

SCHEMA_VERSION = "15.0.7"
SCHEMA = f"https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v{SCHEMA_VERSION}/dist/sast-report-format.json"
RULE_PAGES = "https://github.com/casemate/casemate/blob/main/docs/rules/{id}.md"
WEAKNESS_PAGES = "https://cwe.mitre.org/data/definitions/{number}.html"
HOME = "https://github.com/casemate/casemate"
NAME_AT_MOST = 255
SOLUTION_AT_MOST = 7_000
MESSAGES_AT_MOST = 100

_SEVERITIES = {
    Severity.CRITICAL: "Critical",
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
    Severity.INFO: "Info",
}

Json = dict[str, object]


def render_gitlab_sast(report: ScanReport, *, started: datetime, ended: datetime) -> str:
    """The open findings, ending in a line end. GitLab wants to know when the scan ran (UTC), which no report of ours holds by itself."""
    tool = {"id": "casemate", "name": "Casemate", "url": HOME, "vendor": {"name": "Casemate"}, "version": neutral(report.version) or "unknown"}
    return dumps(
        {
            "version": SCHEMA_VERSION,
            "schema": SCHEMA,
            "scan": {
                "analyzer": tool,
                "scanner": tool,
                "type": "sast",
                "start_time": _moment(started),
                "end_time": _moment(ended),
                "status": "success" if _looked(report) else "failure",
                "messages": list(_messages(report)),
            },
            "vulnerabilities": [_vulnerability(finding) for finding in report.active],
        }
    )


def _looked(report: ScanReport) -> bool:
    """Whether every engine looked at something: a scan that failed is not compared, and one gap would hide all that was found."""
    engines = report.coverage.engines
    return report.complete or (bool(engines) and all(run.complete or run.files > 0 for run in engines))


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _messages(report: ScanReport) -> Iterator[Json]:
    said = [("warn", f"{item.path} was not analysed: {item.reason.value}") for item in report.coverage.skipped if not item.reason.expected]
    said += [("warn", f"The engine {run.engine} did not get to its end. {run.note}") for run in report.coverage.engines if not run.complete]
    said += [("warn" if item.incomplete else "info", f"{item.stage.value}: {item.subject}: {item.message}") for item in report.problems]
    for level, words in said[:MESSAGES_AT_MOST]:
        yield {"level": level, "value": clipped(neutral(" ".join(words.split())), 1_000)}
    if len(said) > MESSAGES_AT_MOST:
        yield {"level": "warn", "value": f"{len(said) - MESSAGES_AT_MOST:,} more messages are left out"}


def _vulnerability(finding: Finding) -> Json:
    span = finding.place
    rule = finding.rule
    return {
        "id": finding.fingerprint,
        "name": clipped(neutral(rule.title) or rule.id, NAME_AT_MOST),
        "description": _description(finding),
        "severity": _SEVERITIES[finding.severity],
        **({"solution": clipped(rule.remediation.strip(), SOLUTION_AT_MOST)} if rule.remediation.strip() else {}),
        "identifiers": [
            {"type": "casemate_rule_id", "name": rule.id, "value": rule.id, "url": RULE_PAGES.format(id=rule.id)},
            *(
                {"type": "cwe", "name": f"CWE-{number}", "value": str(number), "url": WEAKNESS_PAGES.format(number=number)}
                for number in dict.fromkeys(rule.cwe)
            ),
        ],
        "links": [{"url": link} for link in rule.references if link.startswith("https://")],
        "location": {"file": span.path, "start_line": span.start_line, "end_line": span.end_line, **_method(finding)},
        **_flow(finding),
    }


def _method(finding: Finding) -> Json:
    symbol = clipped(neutral(finding.symbol), NAME_AT_MOST)
    return {"method": symbol} if symbol else {}


def _description(finding: Finding) -> str:
    parts = [inline(finding.message) or inline(finding.rule.title), inline(finding.suspicion)]
    if finding.judgement and outcome(finding.judgement) != NOT_LOOKED_AT:
        verdict = finding.judgement.verdict
        why = ground(verdict)
        parts.append(f"Triage by a model: {side_of(verdict)}{f', {why}' if why else ''}. {inline(verdict.rationale)}")
        if isinstance(verdict, Confirmed):
            parts.append(f"An attack takes: {needs_text(verdict.preconditions)}.")
    return "\n\n".join(part for part in parts if part)


def _flow(finding: Finding) -> Json:
    """The steps as a list of places, which GitLab shows below the description."""
    steps = finding.trace.locations
    if len(steps) == 1:
        return {}
    return {"details": {"flow": {"type": "list", "name": "Flow", "items": [_file_location(step.span) for step in steps]}}}


def _file_location(span: Span) -> Json:
    return {"type": "file-location", "file_name": span.path, "line_start": span.start_line, "line_end": span.end_line}
