"""Our own JSON: everything a script wants to know about a scan, in a shape of its own with a version of its own.

The shape is published as `docs/schema/casemate-report-2.schema.json`. Any change to it, an addition too, is a new version: what reads one version may
rely on knowing all of it. Version 2 added verdicts, costs and comparisons (and `kin`, by which they know a
finding that moved); what version 1 called a finding's `state` is its `status`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.finding import State
from scanner.core.report import SCHEMAS
from scanner.core.rule import Severity
from scanner.reporters.json_judgement import judgement_json, usage_json
from scanner.reporters.json_place import path_members, place
from scanner.reporters.jsontext import dumps
from scanner.reporters.words import VERDICTS, outcomes, states

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.coverage import Coverage
    from scanner.core.finding import Finding, Suppression
    from scanner.core.location import Location, Span
    from scanner.core.report import Excerpt, Provenance, ScanReport
    from scanner.core.rule import Rule
    from scanner.reporters.json_place import Json

SCHEMA, SCHEMA_1 = SCHEMAS
TOOL = "Casemate"
LINES_SHOWN = 12  # of a finding that spans more; `excerpts` has them all


def render_json(report: ScanReport) -> str:
    """The report as JSON text, ending in a line end. `scanner.reporters.json_read.read_report` makes the report of it again."""
    return dumps(document(report))


def document(report: ScanReport) -> Json:
    """The report in JSON's types. A path stands twice: as text for people (`path`), and exactly, percent-encoded (`uri`)."""
    threshold = report.gate.threshold
    return {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": report.version},
        "complete": report.complete,
        "triaged": report.triaged,
        "usage": usage_json(report.usage),
        "compared": report.compared,
        "gate": {
            "threshold": None if threshold is None else threshold.label,
            "failing": report.gate.failing,
            "exit_code": int(report.gate.exit_code),
        },
        "summary": _summary(report),
        "provenance": _provenance(report.provenance),
        "findings": [_finding(finding, report.excerpts) for finding in report.findings],
        "fixed": [_finding(finding, {}) for finding in report.fixed],  # the excerpts are of another state of the code
        "rules": _rules(report),
        "coverage": _coverage(report.coverage),
        "problems": [
            {"stage": item.stage.value, "subject": item.subject, "message": item.message, "incomplete": item.incomplete} for item in report.problems
        ],
        "excerpts": [_excerpt(path, report.excerpts[path]) for path in sorted(report.excerpts)],
    }


def document_1(report: ScanReport) -> Json:
    """The report as version 1 had it: what the reader of a version 1 text holds it against."""
    whole = document(report)
    summary = _summary(report)
    return {
        **{key: value for key, value in whole.items() if key not in {"usage", "compared", "fixed"}},
        "schema": SCHEMA_1,
        "summary": {key: value for key, value in summary.items() if key not in {"verdicts", "states"}},
        "findings": [_finding_1(finding, report.excerpts) for finding in report.findings],
    }


def _finding_1(finding: Finding, excerpts: Mapping[str, Excerpt]) -> Json:
    members = _finding(finding, excerpts)
    members["state"] = members.pop("status")
    del members["judgement"], members["kin"]
    return members


def _summary(report: ScanReport) -> Json:
    active = report.active
    severities = Counter(finding.severity for finding in active)
    verdicts = outcomes(report.findings)
    compared = states(report)
    return {
        "findings": len(report.findings),
        "open": len(active),
        "suppressed": len(report.findings) - len(active),
        "hidden": report.hidden,
        "severities": {severity.label: severities[severity] for severity in sorted(Severity, reverse=True)},
        "verdicts": {name.replace(" ", "_"): verdicts[name] for name in VERDICTS},
        "states": {state.value: compared[state] for state in State},
    }


def _provenance(provenance: Provenance | None) -> Json | None:
    if provenance is None:
        return None
    return {"repository_uri": provenance.repository_uri, "revision": provenance.revision, "branch": provenance.branch}


def _finding(finding: Finding, excerpts: Mapping[str, Excerpt]) -> Json:
    excerpt = excerpts.get(finding.place.path)
    return {
        "fingerprint": finding.fingerprint,
        "kin": list(finding.kin),
        "status": "open" if finding.suppression is None else "suppressed",
        "state": None if finding.state is None else finding.state.value,
        "rule_id": finding.rule.id,
        "title": finding.rule.title,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "cwe": list(finding.rule.cwe),
        "message": finding.message,
        "suspicion": finding.suspicion,
        **place(finding.place),
        "symbol": finding.symbol,
        "engines": list(finding.engines),
        "trust": None if finding.trust is None else finding.trust.value,
        "also": [rule.id for rule in finding.also],
        "line_hash": None if excerpt is None else excerpt.line_hashes.get(finding.place.start_line),
        "code": None if excerpt is None else _code(finding.place, excerpt),
        "trace": {"primary": finding.trace.primary, "steps": [_step(step) for step in finding.trace.locations]},
        "related": [_step(location) for location in finding.related],
        "suppression": _suppression(finding.suppression),
        "judgement": judgement_json(finding.judgement),
        "remediation": finding.rule.remediation,
    }


def _code(span: Span, excerpt: Excerpt) -> Json | None:
    lines: list[str] = []
    for number in range(span.start_line, min(span.end_line, span.start_line + LINES_SHOWN - 1) + 1):
        line = excerpt.lines.get(number)
        if line is None:
            break
        lines.append(line)
    return {"start_line": span.start_line, "lines": lines} if lines else None


def _step(location: Location) -> Json:
    return {"role": location.role.value, "note": location.note, **place(location.span)}


def _suppression(suppression: Suppression | None) -> Json | None:
    if suppression is None:
        return None
    return {
        "kind": suppression.kind.value,
        "justification": suppression.justification,
        "place": None if suppression.place is None else place(suppression.place),
    }


def _rules(report: ScanReport) -> list[Json]:
    """The rules that ran, in their order, then those that findings name and that did not run, by id."""
    ran = {rule.id for rule in report.rules}
    named = {rule.id: rule for finding in (*report.findings, *report.fixed) for rule in (finding.rule, *finding.also) if rule.id not in ran}
    return [*(_rule(rule, ran=True) for rule in report.rules), *(_rule(named[key], ran=False) for key in sorted(named))]


def _rule(rule: Rule, *, ran: bool) -> Json:
    return {
        "id": rule.id,
        "ran": ran,
        "engine": rule.engine,
        "title": rule.title,
        "cwe": list(rule.cwe),
        "severity": rule.severity.label,
        "precision": rule.precision.label,
        "message": rule.message,
        "help": rule.help,
        "remediation": rule.remediation,
        "digest": rule.digest,
        "languages": list(rule.languages),
        "references": list(rule.references),
        "tags": list(rule.tags),
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "complete": coverage.complete,
        "files": coverage.files,
        "lines": coverage.lines,
        "languages": [{"language": language, "files": files} for language, files in coverage.languages],
        "skipped": [
            {**path_members(item.path), "reason": item.reason.value, "expected": item.reason.expected, "detail": item.detail}
            for item in coverage.skipped
        ],
        "partial": [path_members(path) for path in coverage.partial],
        "engines": [
            {
                "engine": run.engine,
                "version": run.version,
                "files": run.files,
                "rules": run.rules,
                "complete": run.complete,
                "note": run.note,
            }
            for run in coverage.engines
        ],
    }


def _excerpt(path: str, excerpt: Excerpt) -> Json:
    return {
        **path_members(path),
        "lines": {str(number): excerpt.lines[number] for number in sorted(excerpt.lines)},
        "line_hashes": {str(number): excerpt.line_hashes[number] for number in sorted(excerpt.line_hashes)},
    }
