"""A report as JUnit XML, which every build server shows: an open finding is a failed test, a suppressed one is skipped, a gap is an error.

Of a comparison, what was there before is skipped too: a build server would fail a change for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scanner.core.finding import State
from scanner.core.verdict import side_of
from scanner.reporters.neutral import neutral
from scanner.reporters.words import NOT_LOOKED_AT, ground, line_of, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

_NO_XML = re.compile("[\ufffe\uffff]")  # XML 1.0 has no way to write them; `neutral` spells out the others
_STEPS = 40
_BEFORE = (State.PERSISTING, State.MOVED)


def render_junit(report: ScanReport) -> str:
    """One suite, ending in a line end; a scan that found nothing is one test that passed."""
    cases = [*(_finding(finding) for finding in report.findings), *_gaps(report)]
    failures = len(report.brought)
    errors = sum(1 for case in cases if case.find("error") is not None)
    if not cases:
        cases = [ET.Element("testcase", {"classname": "casemate", "name": "no findings"})]
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors)}
    suites = ET.Element("testsuites", {"name": "Casemate", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": "Casemate", **counts, "skipped": str(len(report.findings) - failures)})
    suite.extend(cases)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _finding(finding: Finding) -> ET.Element:
    span = finding.place
    name = f"{finding.rule.id} at {line_of(span)}:{span.start_column}"
    case = ET.Element("testcase", {"classname": _xml(span.path), "name": _xml(name), "file": _xml(span.path), "line": str(span.start_line)})
    if finding.suppression is not None:
        ET.SubElement(case, "skipped", {"message": _xml(finding.suppression.justification or "suppressed")})
        return case
    if finding.state in _BEFORE:
        ET.SubElement(case, "skipped", {"message": f"was there before ({finding.state.value})"})
        return case
    message = f"{finding.severity.label}: {finding.rule.title}"
    failure = ET.SubElement(case, "failure", {"type": finding.severity.label, "message": _xml(message)})
    failure.text = "\n".join(map(_xml, _lines(finding)))
    return case


def _lines(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield f"{finding.rule.id}, {', '.join(f'CWE-{number}' for number in finding.rule.cwe)}, confidence {finding.confidence.label}"
    if finding.state is not None:
        yield f"compared: {finding.state.value}"
    if finding.judgement is not None and outcome(finding.judgement) != NOT_LOOKED_AT:
        verdict = finding.judgement.verdict
        yield f"{side_of(verdict)}{f' ({ground(verdict)})' if ground(verdict) else ''}: {verdict.rationale}"
    steps = finding.trace.locations
    if len(steps) > 1:
        for number, step in enumerate(steps[:_STEPS], 1):
            yield f"{number} {step.role.value} {line_of(step.span)} {step.note}".rstrip()
        if len(steps) > _STEPS:
            yield f"and {len(steps) - _STEPS:,} more steps"


def _gaps(report: ScanReport) -> Iterator[ET.Element]:
    said = [(item.path, item.reason.value) for item in report.coverage.skipped if not item.reason.expected]
    said += [(f"engine {run.engine}", run.note or "did not get to its end") for run in report.coverage.engines if not run.complete]
    said += [(f"{item.stage.value}: {item.subject}", item.message) for item in report.problems if item.incomplete]
    for name, message in said:
        case = ET.Element("testcase", {"classname": "casemate", "name": _xml(name)})
        ET.SubElement(case, "error", {"type": "incomplete", "message": _xml(message)})
        yield case


def _xml(words: str) -> str:
    return _NO_XML.sub("\ufffd", neutral(" ".join(words.split())))
