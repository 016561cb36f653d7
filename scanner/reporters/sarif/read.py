"""From a SARIF log of ours back to a report, as far as the log tells: what a dashboard stored can be rendered again.

A log holds less than our own JSON: whole lines around its results only, left-out paths only where they are gaps, rules without their digests. Logs
of other tools are refused, since what we show rests on what we write.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.usage import Usage
from scanner.reporters.json_node import Node, parse
from scanner.reporters.json_place import made, member
from scanner.reporters.sarif.build import NAME
from scanner.reporters.sarif.places import LINE_AT_MOST
from scanner.reporters.sarif.read_triage import read_judgement, read_usage
from scanner.reporters.sarif.results import FINGERPRINT, LINE_HASH
from scanner.reporters.uris import uri_to_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SEVERITIES = {severity.label: severity for severity in Severity}
_PRECISIONS = {precision.label: precision for precision in Precision}
_EXIT_CODES = {str(int(code)): code for code in ExitCode}
_SCORES = {"9.5": Severity.CRITICAL, "8.0": Severity.HIGH, "5.5": Severity.MEDIUM, "3.0": Severity.LOW, "0.1": Severity.INFO, "0.0": Severity.INFO}
_REMEDIATION = "\n\n## Remediation\n\n"
_REFERENCES = "\n\n## References\n\n"
_PROBLEM = "-problem"
_NOTHING = Excerpt({}, {})


def read_sarif(text: str) -> ScanReport:
    """The report behind a log that `render_sarif` wrote. Raises UsageError, naming the place, for anything else."""
    runs = parse(text).at("runs")
    run = _first(runs)
    if len(runs.items()) > 1:
        runs.fail("expected one run")
    driver = run.at("tool").at("driver")
    if driver.at("name").value != NAME:
        driver.at("name").fail(f"this is another tool's log; {NAME} reads its own")
    rules = {node.at("id").text(): _rule(node) for node in driver.at("rules").items()}
    results = run.at("results").items()
    here = [node for node in results if not _former(node)]
    gone = [node for node in results if _former(node)]
    properties, invocation = run.at("properties"), _first(run.at("invocations"))
    usage = _opt(properties, "usage")
    return ScanReport(
        version=_text(driver, "version"),
        findings=tuple(_finding(node, rules) for node in here),
        rules=tuple(rules.values()),
        gate=_gate(properties.at("gate"), invocation.at("exitCode")),
        coverage=_coverage(properties.at("coverage"), invocation),
        problems=tuple(_problems(invocation)),
        excerpts=_excerpts(here),
        provenance=_provenance(run),
        triaged=properties.at("triaged").flag(),
        usage=read_usage(usage) if usage else Usage(),
        hidden=properties.at("hidden").number(),
        compared=_text(properties, "compared"),
        fixed=tuple(_finding(node, rules) for node in gone),
    )


def _former(node: Node) -> bool:
    """Whether a result is the earlier scan's only (see `scanner.reporters.sarif.triage.former_state`)."""
    state = _text(node, "baselineState")
    return state == "absent" or (state == "unchanged" and _text(node.at("properties"), "state") == State.UNKNOWN)


def _opt(node: Node, key: str) -> Node | None:
    return node.at(key) if key in node.members() else None


def _text(node: Node, key: str) -> str:
    found = _opt(node, key)
    return found.text() if found else ""


def _items(node: Node, key: str) -> list[Node]:
    found = _opt(node, key)
    return found.items() if found else []


def _first(node: Node) -> Node:
    items = node.items()
    return items[0] if items else node.fail("expected at least one item")


def _rule(node: Node) -> Rule:
    properties = node.at("properties")
    body, _, references = node.at("help").at("markdown").text().partition(_REFERENCES)
    why, _, fix = body.partition(_REMEDIATION)
    targets = [item.at("target").at("id").text() for item in _items(node, "relationships")]
    own = [tag for tag in properties.at("tags").texts() if tag != "security" and not tag.startswith("external/")]
    return made(
        node,
        lambda: Rule(
            id=node.at("id").text(),
            engine=properties.at("engine").text(),
            title=node.at("shortDescription").at("text").text(),
            cwe=tuple(int(target.removeprefix("CWE-")) for target in targets),
            severity=properties.at("security-severity").choice(_SCORES),
            precision=properties.at("precision").choice(_PRECISIONS),
            message=node.at("fullDescription").at("text").text(),
            help=why,
            remediation=fix,
            digest="",
            references=tuple(line.removeprefix("- ") for line in references.splitlines() if line),
            tags=tuple(own),
        ),
    )


def _finding(node: Node, rules: Mapping[str, Rule]) -> Finding:
    properties = node.at("properties")
    trust, state, triage = (_opt(properties, key) for key in ("trust", "state", "triage"))
    suppressions = _items(node, "suppressions")
    return Finding(
        fingerprint=node.at("partialFingerprints").at(FINGERPRINT).fingerprint(),
        rule=node.at("ruleId").choice(rules),
        message=node.at("message").at("text").text(),
        trace=_trace(node),
        engines=properties.at("engines").texts(),
        confidence=properties.at("confidence").choice(_PRECISIONS),
        symbol=_text(properties, "symbol"),
        suspicion=_text(properties, "suspicion"),
        trust=member(trust, Trust) if trust else None,
        also=tuple(rules[item.text()] for item in _items(properties, "alsoRules") if item.text() in rules),
        related=tuple(_location(item, Role.CONTEXT) for item in _items(node, "relatedLocations")),
        suppression=_suppression(suppressions[0]) if suppressions else None,
        judgement=read_judgement(triage) if triage else None,
        state=member(state, State) if state else None,
    )


def _trace(node: Node) -> Trace:
    place = _primary(node)
    steps = [
        _location(item.at("location"), member(item.at("properties").at("role"), Role))
        for flow in _items(node, "codeFlows")[:1]
        for item in _first(flow.at("threadFlows")).at("locations").items()
    ]
    start = (place.path, place.start_line, place.start_column)
    found = [index for index, step in enumerate(steps) if (step.span.path, step.span.start_line, step.span.start_column) == start]
    if not found:
        return Trace.at(place)
    primary = found[-1]
    steps[primary] = Location(place, steps[primary].role, steps[primary].note)
    return Trace(tuple(steps), primary)


def _primary(node: Node) -> Span:
    """Where the result is shown, with the extent that SARIF's one-line region left out."""
    shown = _span(_first(node.at("locations")).at("physicalLocation"))
    extent = _opt(node.at("properties"), "extent")
    if extent is None:
        return shown
    return made(
        extent,
        lambda: Span(
            shown.path,
            extent.at("startLine").number(),
            extent.at("startColumn").number(),
            extent.at("endLine").number(),
            extent.at("endColumn").number(),
        ),
    )


def _location(node: Node, role: Role) -> Location:
    note = node.at("message").at("text").text()
    return Location(_span(node.at("physicalLocation")), role, "" if note == role.value else note)


def _span(node: Node) -> Span:
    region = node.at("region")
    start, column = region.at("startLine").number(), region.at("startColumn").number()
    return made(node, lambda: Span(_path(node), start, column, region.at("endLine").number(), region.at("endColumn").number()))


def _path(node: Node) -> str:
    return uri_to_path(node.at("artifactLocation").at("uri").text())


def _suppression(node: Node) -> Suppression:
    location = _opt(node, "location")
    place = _span(location.at("physicalLocation")) if location else None
    return Suppression(member(node.at("kind"), SuppressionKind), _text(node, "justification"), place)


def _excerpts(results: list[Node]) -> dict[str, Excerpt]:
    """The lines around the results, the marked parts of other lines, and the hashes of the lines at which results stand."""
    found: dict[str, Excerpt] = {}
    for node in results:
        place = _first(node.at("locations")).at("physicalLocation")
        context = _opt(place, "contextRegion")
        if context:
            first = context.at("startLine").number()
            _add(found, _path(place), dict(enumerate(context.at("snippet").at("text").text().split("\n"), first)))
        line_hash = _text(node.at("partialFingerprints"), LINE_HASH)
        if line_hash:
            _add(found, _path(place), hashes={place.at("region").at("startLine").number(): line_hash})
    for node in results:
        for place in _places(node):
            number, line = _marked(place.at("region"))
            if line and number not in found.get(_path(place), _NOTHING).lines:
                _add(found, _path(place), {number: line})
    return found


def _add(
    found: dict[str, Excerpt], path: str, lines: Mapping[int, str] = MappingProxyType({}), hashes: Mapping[int, str] = MappingProxyType({})
) -> None:
    known = found.get(path, _NOTHING)
    found[path] = Excerpt({**known.lines, **lines}, {**known.line_hashes, **hashes})


def _places(node: Node) -> Iterator[Node]:
    """Every physical location of a result: its own, those on its way and those beside it."""
    yield _first(node.at("locations")).at("physicalLocation")
    for flow in _items(node, "codeFlows")[:1]:
        yield from (item.at("location").at("physicalLocation") for item in _first(flow.at("threadFlows")).at("locations").items())
    yield from (item.at("physicalLocation") for item in _items(node, "relatedLocations"))


def _marked(region: Node) -> tuple[int, str]:
    """A line of which the log holds the marked part only: blanks stand for what comes before it, so that columns stay true."""
    column = region.at("startColumn").number()
    snippet = _opt(region, "snippet")
    known = snippet.at("text").text() if snippet else ""
    return region.at("startLine").number(), " " * (column - 1) + known if known and column <= LINE_AT_MOST else ""


def _gate(node: Node, exit_code: Node) -> Gate:
    code = _EXIT_CODES.get(str(exit_code.number()))
    if code is None:
        exit_code.fail(f"expected one of {', '.join(_EXIT_CODES)}")
    return Gate(node.at("threshold").optional(lambda threshold: threshold.choice(_SEVERITIES)), node.at("failing").number(), code)


def _provenance(run: Node) -> Provenance | None:
    found = _items(run, "versionControlProvenance")
    return Provenance(found[0].at("repositoryUri").text(), _text(found[0], "revisionId"), _text(found[0], "branch")) if found else None


def _coverage(node: Node, invocation: Node) -> Coverage:
    languages = node.at("languages")
    return Coverage(
        files=node.at("files").number(),
        lines=node.at("lines").number(),
        languages=tuple((name, languages.at(name).number()) for name in languages.members()),
        skipped=tuple(
            SkippedPath(_notified(item), member(item.at("properties").at("reason"), Skip)) for item in _notices(invocation, "path-not-analysed")
        ),
        partial=tuple(_notified(item) for item in _notices(invocation, "file-analysed-in-part")),
        engines=tuple(
            EngineRun(
                engine=item.at("engine").text(),
                version=item.at("version").text(),
                files=item.at("files").number(),
                rules=item.at("rules").number(),
                complete=item.at("complete").flag(),
                note=_text(item, "note"),
            )
            for item in node.at("engines").items()
        ),
    )


def _notices(invocation: Node, kind: str) -> Iterator[Node]:
    for key in ("toolExecutionNotifications", "toolConfigurationNotifications"):
        yield from (item for item in _items(invocation, key) if item.at("descriptor").at("id").text().endswith(kind))


def _notified(node: Node) -> str:
    """The path that a notification is about."""
    return _path(_first(node.at("locations")).at("physicalLocation"))


def _problems(invocation: Node) -> Iterator[Problem]:
    for item in _notices(invocation, _PROBLEM):
        subject = item.at("properties").at("subject").text()
        message = item.at("message").at("text").text().removeprefix(f"{subject}: ")
        yield Problem(member(item.at("properties").at("stage"), Stage), subject, message, item.at("level").text() == "error")
