from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.core.coverage import Coverage, EngineRun, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding, State, Suppression, SuppressionKind, Trust
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt, Gate, Provenance, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.core.usage import Usage
from scanner.core.verdict import (
    Access,
    Argument,
    Cause,
    Citation,
    Confirmed,
    Judgement,
    Needed,
    Part,
    Preconditions,
    Reason,
    Refuted,
    Undecided,
)
from scanner.reporters.json_read import read_report
from scanner.reporters.json_report import render_json

SCHEMA = json.loads((Path(__file__).parents[4] / "docs" / "schema" / "casemate-report-2.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

CLEAN = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=8)
WILD = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x1b\u202e\udcff\ud800\r\\")), max_size=8)
COUNTS = st.integers(0, 10_000)
LINES = st.integers(1, 999_999_999)
SEGMENTS = (
    st.binary(min_size=1, max_size=6)
    .map(lambda name: name.replace(b"/", b"_").decode("utf-8", "surrogateescape"))
    .filter(lambda name: name not in {".", ".."})
)
PATHS = st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join)
RULE_IDS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    line, column = draw(LINES), draw(st.integers(1, 500))
    return Span(draw(PATHS), line, column, line + draw(st.integers(0, 3)), column + draw(st.integers(0, 9)))


def locations(words: st.SearchStrategy[str]) -> st.SearchStrategy[Location]:
    return st.builds(Location, spans(), st.sampled_from(Role), words)


def rules(words: st.SearchStrategy[str]) -> st.SearchStrategy[Rule]:
    several = st.lists(words, max_size=2).map(tuple)
    return st.builds(
        Rule,
        id=RULE_IDS,
        engine=words,
        title=words,
        cwe=st.lists(st.integers(1, 2_000), min_size=1, max_size=3).map(tuple),
        severity=st.sampled_from(Severity),
        precision=st.sampled_from(Precision),
        message=words,
        help=words,
        remediation=words,
        digest=words,
        languages=several,
        references=several,
        tags=several,
    )


@st.composite
def traces(draw: st.DrawFn, words: st.SearchStrategy[str]) -> Trace:
    steps = draw(st.lists(locations(words), min_size=1, max_size=4))
    return Trace(tuple(steps), draw(st.integers(-len(steps), len(steps) - 1)))


USAGES = st.builds(
    Usage, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, st.decimals(0, 10**12, places=6) | st.just(Decimal("1E+3")) | st.just(Decimal("1E-9"))
)
CONDITIONS = st.builds(Preconditions, st.sampled_from(Access), st.sampled_from(Needed), st.sampled_from(Needed), st.sampled_from(Needed))


def judgements(words: st.SearchStrategy[str]) -> st.SearchStrategy[Judgement]:
    citations = st.lists(st.builds(Citation, spans(), words, st.sampled_from(Part), words), max_size=2).map(tuple)
    arguments = st.lists(st.builds(Argument, words, words, citations), max_size=2).map(tuple)
    verdicts = st.one_of(
        st.builds(Confirmed, words, citations, st.sampled_from(Severity), CONDITIONS),
        st.builds(Refuted, words, citations, st.sampled_from(Reason)),
        st.builds(Undecided, st.sampled_from(Cause), words, citations, arguments),
    )
    return st.builds(Judgement, verdicts, st.lists(words, max_size=2).map(tuple), USAGES, st.booleans())


def findings(words: st.SearchStrategy[str], known: list[Rule]) -> st.SearchStrategy[Finding]:
    suppressions = st.builds(Suppression, st.sampled_from(SuppressionKind), words, st.none() | spans())
    return st.builds(
        Finding,
        fingerprint=st.text("0123456789abcdef", min_size=32, max_size=32),
        rule=st.sampled_from(known),
        message=words,
        trace=traces(words),
        engines=st.lists(words, max_size=2).map(tuple),
        confidence=st.sampled_from(Precision),
        symbol=words,
        suspicion=words,
        trust=st.none() | st.sampled_from(Trust),
        also=st.lists(st.sampled_from(known), max_size=2).map(tuple),
        related=st.lists(locations(words), max_size=2).map(tuple),
        suppression=st.none() | suppressions,
        judgement=st.none() | judgements(words),
        state=st.none() | st.sampled_from(State),
        kin=st.lists(words, max_size=2).map(tuple),
    )


def coverages(words: st.SearchStrategy[str]) -> st.SearchStrategy[Coverage]:
    return st.builds(
        Coverage,
        files=COUNTS,
        lines=COUNTS,
        languages=st.lists(st.tuples(words, COUNTS), max_size=2).map(tuple),
        skipped=st.lists(st.builds(SkippedPath, PATHS, st.sampled_from(Skip), words), max_size=3).map(tuple),
        partial=st.lists(PATHS, max_size=2).map(tuple),
        engines=st.lists(st.builds(EngineRun, words, words, COUNTS, COUNTS, st.booleans(), words), max_size=2).map(tuple),
    )


@st.composite
def reports(draw: st.DrawFn, words: st.SearchStrategy[str]) -> ScanReport:
    known = draw(st.lists(rules(words), min_size=1, max_size=4, unique_by=lambda rule: rule.id))
    found = tuple(draw(st.lists(findings(words, known), max_size=2)))
    excerpts = st.builds(Excerpt, st.dictionaries(LINES, words, max_size=3), st.dictionaries(LINES, words, max_size=2))
    files = st.dictionaries(PATHS | st.sampled_from([finding.place.path for finding in found] or ["a"]), excerpts, max_size=2)
    return ScanReport(
        version=draw(words),
        findings=found,
        rules=tuple(draw(st.lists(st.sampled_from(known), unique_by=lambda rule: rule.id))),
        gate=Gate(draw(st.none() | st.sampled_from(Severity)), draw(COUNTS), draw(st.sampled_from(ExitCode))),
        coverage=draw(coverages(words)),
        problems=tuple(draw(st.lists(st.builds(Problem, st.sampled_from(Stage), words, words, st.booleans()), max_size=2))),
        excerpts=draw(files),
        provenance=draw(st.none() | st.builds(Provenance, words, words, words)),
        triaged=draw(st.booleans()),
        hidden=draw(COUNTS),
        usage=draw(USAGES),
        compared=draw(words),
        fixed=tuple(draw(st.lists(findings(words, known), max_size=1))),
    )


def slowly(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@slowly(25)
@given(reports(CLEAN))
def test_a_report_comes_back_as_it_was(report: ScanReport) -> None:
    text = render_json(report)
    VALIDATOR.validate(json.loads(text))
    assert read_report(text) == report


@slowly(25)
@given(reports(WILD))
def test_whatever_it_says_a_report_is_valid_and_reading_it_loses_nothing_more(report: ScanReport) -> None:
    text = render_json(report)
    text.encode()
    VALIDATOR.validate(json.loads(text))
    assert render_json(read_report(text)) == text
