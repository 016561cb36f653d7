"""From our JSON back to a report, strictly: what the text says twice must agree, and what the shape does not know is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeVar

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.json_node import difference, parse
from scanner.reporters.json_report import SCHEMA, render_json
from scanner.reporters.uris import uri_to_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from scanner.reporters.json_node import Node

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")

_LINE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_SEVERITIES = {severity.label: severity for severity in Severity}
_PRECISIONS = {precision.label: precision for precision in Precision}
_EXIT_CODES = {str(int(code)): code for code in ExitCode}


def read_report(text: str) -> ScanReport:
    """The report that `render_json` wrote. Raises UsageError, naming the place, for anything else.

    Texts come back as they were, but for control characters and lone surrogates, which were replaced when the report was written; paths come back
    byte for byte.
    """
    root = parse(text)
    if root.at("schema").value != SCHEMA:
        root.at("schema").fail(f"this version reads {SCHEMA}")
    report = _report(root)
    odd = difference(root.value, json.loads(render_json(report)))
    if odd is not None:
        odd.fail("it does not fit the rest of the report")
    return report


def _report(root: Node) -> ScanReport:
    rules = {node.at("id").text(): _rule(node) for node in root.at("rules").items()}
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
    return _made(
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
        fingerprint=node.at("fingerprint").text(),
        rule=node.at("rule_id").choice(rules),
        message=node.at("message").text(),
        trace=_trace(node.at("trace")),
        engines=node.at("engines").texts(),
        confidence=node.at("confidence").choice(_PRECISIONS),
        symbol=node.at("symbol").text(),
        suspicion=node.at("suspicion").text(),
        trust=node.at("trust").optional(lambda trust: _member(trust, Trust)),
        also=tuple(rule.choice(rules) for rule in node.at("also").items()),
        related=tuple(_location(location) for location in node.at("related").items()),
        suppression=node.at("suppression").optional(_suppression),
    )


def _trace(node: Node) -> Trace:
    locations = tuple(_location(step) for step in node.at("steps").items())
    return _made(node, lambda: Trace(locations, node.at("primary").number()))


def _location(node: Node) -> Location:
    return Location(_span(node), _member(node.at("role"), Role), node.at("note").text())


def _span(node: Node) -> Span:
    start, end = node.at("start"), node.at("end")
    return _made(
        node,
        lambda: Span(_path(node), start.at("line").number(), start.at("column").number(), end.at("line").number(), end.at("column").number()),
    )


def _path(node: Node) -> str:
    return uri_to_path(node.at("uri").text())


def _suppression(node: Node) -> Suppression:
    return Suppression(_member(node.at("kind"), SuppressionKind), node.at("justification").text(), node.at("place").optional(_span))


def _coverage(node: Node) -> Coverage:
    return Coverage(
        files=node.at("files").number(),
        lines=node.at("lines").number(),
        languages=tuple((item.at("language").text(), item.at("files").number()) for item in node.at("languages").items()),
        skipped=tuple(SkippedPath(_path(item), _member(item.at("reason"), Skip), item.at("detail").text()) for item in node.at("skipped").items()),
        partial=tuple(_path(item) for item in node.at("partial").items()),
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
        stage=_member(node.at("stage"), Stage),
        subject=node.at("subject").text(),
        message=node.at("message").text(),
        incomplete=node.at("incomplete").flag(),
    )


def _excerpt(node: Node) -> tuple[str, Excerpt]:
    return _path(node), Excerpt(lines=_by_line(node.at("lines")), line_hashes=_by_line(node.at("line_hashes")))


def _by_line(node: Node) -> dict[int, str]:
    return {_line_number(node, key): node.at(key).text() for key in node.members()}


def _line_number(node: Node, key: str) -> int:
    if not _LINE_NUMBER.fullmatch(key):
        node.fail(f"expected line numbers as keys, not {key}")
    return int(key)


def _member(node: Node, kind: type[E]) -> E:
    return node.choice({member.value: member for member in kind})


def _made(node: Node, make: Callable[[], T]) -> T:
    """What `make` gives; the constructors of the core refuse values that must not exist, and here that is the text's mistake."""
    try:
        return make()
    except ValueError as error:
        node.fail(str(error), error)
