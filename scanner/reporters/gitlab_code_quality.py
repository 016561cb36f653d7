"""A report as GitLab's Code Quality artifact (`artifacts:reports:codequality`): what a merge request's widget and diff show, on every tier.

The format is the part of Code Climate's that GitLab reads (docs.gitlab.com/ci/testing/code_quality): a list of issues, each with a description,
a check, a fingerprint, a severity and a place. Two issues with one fingerprint would be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.reporters.jsontext import dumps
from scanner.reporters.markdown_text import clipped
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

_DESCRIPTION = 500
_SEVERITIES = {
    Severity.CRITICAL: "blocker",
    Severity.HIGH: "critical",
    Severity.MEDIUM: "major",
    Severity.LOW: "minor",
    Severity.INFO: "info",
}


def render_gitlab_code_quality(report: ScanReport) -> str:
    """The open findings, ending in a line end; GitLab compares the lists of two branches by itself."""
    return dumps([_issue(finding) for finding in report.active])


def _issue(finding: Finding) -> dict[str, object]:
    span = finding.place
    message = " ".join(finding.message.split()) or finding.rule.title
    return {
        "type": "issue",
        "check_name": finding.rule.id,
        "description": clipped(neutral(f"{message} ({finding.rule.weakness})"), _DESCRIPTION),
        "categories": ["Security"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": span.path, "lines": {"begin": span.start_line, "end": span.end_line}},
    }
