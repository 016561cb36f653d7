"""From our JSON back to a report, strictly: what the text says twice must agree, and what the shape does not know is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.json_judgement import read_judgement, read_usage
from scanner.reporters.json_node import difference, parse
from scanner.reporters.json_place import made, member, path_of, span
from scanner.reporters.json_report import SCHEMA, SCHEMA_1, document, document_1
from scanner.reporters.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.reporters.json_node import Node

_LINE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_SEVERITIES = {severity.label: severity for severity in Severity}
_PRECISIONS = {precision.label: precision for precision in Precision}
_EXIT_CODES = {str(int(code)): code for code in ExitCode}


def read_report(text: str) -> ScanReport:
    """The report that `render_json` wrote, in this version or the one before. Raises UsageError, naming the place, for anything else.

    Texts come back as they were, but for control characters and lone surrogates, which were replaced when the report was written; paths come back
    byte for byte.
    """
    root = parse(text)
    version = root.at("schema")
    if version.value == SCHEMA:
        report = _judged(root)
        again = document(report)
    elif version.value == SCHEMA_1:
        report = _report(root)
        again = document_1(report)
    else:
        version.fail(f"this version reads {SCHEMA} and {SCHEMA_1}")
    odd = difference(root.value, json.loads(dumps(again)))
    if odd is not None:
        odd.fail("it does not fit the rest of the report")
    return report


def _judged(root: Node) -> ScanReport:
    """A report with what version 2 added."""
    report, rules = _report(root), _rules(root)
    return replace(
        report,
        findings=tuple(_with_judgement(node, finding) for node, finding in zip(root.at("findings").items(), report.findings, strict=True)),
        usage=read_usage(root.at("usage")),
        compared=root.at("compared").text(),
        fixed=tuple(_with_judgement(node, _finding(node, rules)) for node in root.at("fixed").items()),
    )


def _with_judgement(node: Node, finding: Finding) -> Finding:
    return replace(
        finding,
        judgement=node.at("judgement").optional(read_judgement),
        state=node.at("state").optional(lambda state: member(state, State)),
        kin=node.at("kin").texts(),
    )


def _rules(root: Node) -> dict[str, Rule]:
    return {node.at("id").text(): _rule(node) for node in root.at("rules").items()}


def _report(root: Node) -> ScanReport:
    rules = _rules(root)
    return ScanReport(
        version=root.at("tool").at("version").text(),
        findings=tuple(_finding(node, rules) for node in root.at("findings").items()),
        rules=tuple(rules[node.at("id").text()] for node in root.at("rules").items() if node.at("ran").flag()),
        gate=_gate(root.at("gate")),
        coverage=_coverage(root.at("coverage")),
        problems=tuple(_problem(node) for node in root.at("problems").items()),
        excerpts=dict(_excerpt(node) for node in root.at("excerpts").items()),
        provenance=root.at("provenance").optional(_provenance),
        triaged=root.at("triaged").flag(),
        hidden=root.at("summary").at("hidden").number(),
    )


def _gate(node: Node) -> Gate:
    code = node.at("exit_code")
    known = _EXIT_CODES.get(str(code.number()))
    if known is None:
        code.fail(f"expected one of {', '.join(_EXIT_CODES)}")
    return Gate(node.at("threshold").optional(lambda threshold: threshold.choice(_SEVERITIES)), node.at("failing").number(), known)


def _provenance(node: Node) -> Provenance:
    return Provenance(node.at("repository_uri").text(), node.at("revision").text(), node.at("branch").text())


def _rule(node: Node) -> Rule:
    return made(
        node,
        lambda: Rule(
            id=node.at("id").text(),
            engine=node.at("engine").text(),
            title=node.at("title").text(),
            cwe=tuple(number.number() for number in node.at("cwe").items()),
            severity=node.at("severity").choice(_SEVERITIES),
            precision=node.at("precision").choice(_PRECISIONS),
            message=node.at("message").text(),
            help=node.at("help").text(),
            remediation=node.at("remediation").text(),
            digest=node.at("digest").text(),
            languages=node.at("languages").texts(),
            references=node.at("references").texts(),
            tags=node.at("tags").texts(),
        ),
    )


def _finding(node: Node, rules: Mapping[str, Rule]) -> Finding:
    return Finding(
        fingerprint=node.at("fingerprint").fingerprint(),
        rule=node.at("rule_id").choice(rules),
        message=node.at("message").text(),
        trace=_trace(node.at("trace")),
        engines=node.at("engines").texts(),
        confidence=node.at("confidence").choice(_PRECISIONS),
        symbol=node.at("symbol").text(),
        suspicion=node.at("suspicion").text(),
        trust=node.at("trust").optional(lambda trust: member(trust, Trust)),
        also=tuple(rule.choice(rules) for rule in node.at("also").items()),
        related=tuple(_location(location) for location in node.at("related").items()),
        suppression=node.at("suppression").optional(_suppression),
    )


def _trace(node: Node) -> Trace:
    locations = tuple(_location(step) for step in node.at("steps").items())
    return made(node, lambda: Trace(locations, node.at("primary").number()))


def _location(node: Node) -> Location:
    return Location(span(node), member(node.at("role"), Role), node.at("note").text())


def _suppression(node: Node) -> Suppression:
    return Suppression(member(node.at("kind"), SuppressionKind), node.at("justification").text(), node.at("place").optional(span))


def _coverage(node: Node) -> Coverage:
    return Coverage(
        files=node.at("files").number(),
        lines=node.at("lines").number(),
        languages=tuple((item.at("language").text(), item.at("files").number()) for item in node.at("languages").items()),
        skipped=tuple(SkippedPath(path_of(item), member(item.at("reason"), Skip), item.at("detail").text()) for item in node.at("skipped").items()),
        partial=tuple(path_of(item) for item in node.at("partial").items()),
        engines=tuple(_engine(item) for item in node.at("engines").items()),
    )


def _engine(node: Node) -> EngineRun:
    return EngineRun(
        engine=node.at("engine").text(),
        version=node.at("version").text(),
        files=node.at("files").number(),
        rules=node.at("rules").number(),
        complete=node.at("complete").flag(),
        note=node.at("note").text(),
    )


def _problem(node: Node) -> Problem:
    return Problem(
        stage=member(node.at("stage"), Stage),
        subject=node.at("subject").text(),
        message=node.at("message").text(),
        incomplete=node.at("incomplete").flag(),
    )


def _excerpt(node: Node) -> tuple[str, Excerpt]:
    return path_of(node), Excerpt(lines=_by_line(node.at("lines")), line_hashes=_by_line(node.at("line_hashes")))


def _by_line(node: Node) -> dict[int, str]:
    return {_line_number(node, key): node.at(key).text() for key in node.members()}


def _line_number(node: Node, key: str) -> int:
    if not _LINE_NUMBER.fullmatch(key):
        node.fail(f"expected line numbers as keys, not {key}")
    return int(key)
