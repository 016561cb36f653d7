from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.sarif.profiles import SarifProfile, category
from scanner.reporters.sarif.render import render_sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NASTY = (
    "\x1b[31m",
    "\u202e",
    "\udcff",
    "\ud800",
    "\x00",
    "\r\n",
    "](http://x.example)",
    "{0}",
    "\u2028",
    "😀",
    "\x85",
    "\x7f",
    "\ufeff",
    "%",
    "#?:",
    "'",
    "\\u001b",
)
TEXT = st.lists(st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=8)), max_size=5).map("".join)
PATHS = TEXT.filter(lambda text: bool(text.strip("/.")) and not text.startswith("/") and ".." not in text.split("/"))
URI = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
BIDIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@st.composite
def spans(draw: st.DrawFn) -> Span:
    line, column = draw(st.integers(1, 4)), draw(st.integers(1, 30))
    return Span(draw(PATHS), line, column, line + draw(st.integers(0, 2)), column + draw(st.integers(0, 9)))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    words = [draw(TEXT) for _ in range(9)]
    return Rule(
        id=draw(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)),
        engine=words[0],
        title=words[1],
        cwe=tuple(draw(st.lists(st.integers(1, 2_000), min_size=1, max_size=4))),
        severity=draw(st.sampled_from(Severity)),
        precision=draw(st.sampled_from(Precision)),
        message=words[2],
        help=words[3],
        remediation=words[4],
        digest=words[5],
        languages=(words[6],),
        references=(words[7],),
        tags=(words[8],),
    )


@st.composite
def findings(draw: st.DrawFn, rule: Rule) -> Finding:
    locations = st.builds(Location, spans(), st.sampled_from(Role), TEXT)
    steps = draw(st.lists(locations, min_size=1, max_size=3))
    suppressions = st.builds(Suppression, st.sampled_from(SuppressionKind), TEXT, st.none() | spans())
    return Finding(
        fingerprint=draw(TEXT),
        rule=rule,
        message=draw(TEXT),
        trace=Trace(tuple(steps)),
        engines=(draw(TEXT),),
        confidence=Precision.LOW,
        symbol=draw(TEXT),
        suspicion=draw(TEXT),
        trust=draw(st.none() | st.sampled_from(Trust)),
        related=tuple(draw(st.lists(locations, max_size=2))),
        suppression=draw(st.none() | suppressions),
    )


@st.composite
def reports(draw: st.DrawFn) -> ScanReport:
    rule = draw(rules())
    found = draw(st.lists(findings(rule), max_size=2))
    lines = draw(st.dictionaries(st.integers(1, 6), TEXT, max_size=6))
    excerpts = {location.span.path: Excerpt(lines, {1: draw(TEXT)}) for finding in found for location in finding.trace.locations}
    return ScanReport(
        version=draw(TEXT),
        findings=tuple(found),
        rules=(rule,),
        gate=Gate(None, 0, draw(st.sampled_from(ExitCode))),
        coverage=Coverage(
            languages=((draw(TEXT), 1),),
            skipped=(SkippedPath(draw(PATHS), draw(st.sampled_from(Skip)), draw(TEXT)),),
            partial=(draw(PATHS),),
            engines=(EngineRun(draw(TEXT), draw(TEXT), 1, 1, complete=draw(st.booleans()), note=draw(TEXT)),),
        ),
        problems=(Problem(draw(st.sampled_from(Stage)), draw(TEXT), draw(TEXT)),),
        excerpts=excerpts,
        provenance=Provenance(draw(TEXT | st.just("https://github.com/") | PATHS.map("https://github.com/".__add__)), draw(TEXT), draw(TEXT)),
    )


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield "", name
            yield from texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, str):
        yield key, value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reports(), st.sampled_from(SarifProfile), TEXT)
def test_whatever_the_code_says_the_log_is_valid_and_harmless(
    oasis: Callable[[object], None], report: ScanReport, profile: SarifProfile, name: str
) -> None:
    text = render_sarif(report, profile, category(name))
    log = json.loads(text.encode())
    oasis(log)
    for key, value in texts(log):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", value)
        assert not BIDIRECTIONAL.search(value)
        if key.lower().endswith("uri"):
            assert URI.fullmatch(value)
    for result in log["runs"][0]["results"]:
        assert "\n" not in result["message"]["text"]
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith(("/", "./"))
        assert ":" not in uri
