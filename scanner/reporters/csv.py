"""A report as a table for spreadsheets (RFC 4180). A cell that a spreadsheet would run as a formula is preceded by an apostrophe."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from scanner.reporters.neutral import neutral
from scanner.reporters.words import STATES, ground, mended, outcome

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

COLUMNS = (
    "severity",
    "rule",
    "title",
    "path",
    "line",
    "column",
    "symbol",
    "message",
    "weakness",
    "confidence",
    "engines",
    "status",
    "state",
    "verdict",
    "ground",
    "rationale",
    "cost_usd",
    "justification",
    "fingerprint",
)
# What spreadsheets take for the start of a formula, full-width forms included; they skip blanks before it.
_FORMULA = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render_csv(report: ScanReport) -> str:
    """A heading and a row for each finding, the suppressed and the fixed ones included; every line ends in CRLF."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for finding in report.findings:
        writer.writerow(map(safe, _row(finding, "open" if finding.suppression is None else "suppressed")))
    for finding in report.fixed:
        writer.writerow(map(safe, _row(finding, "fixed" if mended(finding) else "not looked at again")))
    return written.getvalue()


def safe(words: str) -> str:
    """Foreign text as a cell: one line, nothing invisible, no formula."""
    line = neutral(" ".join(words.split()))
    return f"'{line}" if line.startswith(_FORMULA) else line


def _row(finding: Finding, status: str) -> tuple[str, ...]:
    span, rule, judgement = finding.place, finding.rule, finding.judgement
    verdict = judgement.verdict if judgement else None
    return (
        finding.severity.label,
        rule.id,
        rule.title,
        span.path,
        str(span.start_line),
        str(span.start_column),
        finding.symbol,
        finding.message,
        rule.weakness,
        finding.confidence.label,
        " ".join(finding.engines),
        status,
        STATES[finding.state] if finding.state else "",
        outcome(judgement) if judgement else "",
        ground(verdict) if verdict else "",
        verdict.rationale if verdict else "",
        f"{judgement.usage.cost_usd:f}" if judgement else "",
        finding.suppression.justification if finding.suppression else "",
        finding.fingerprint,
    )
