from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.errors import UsageError
from scanner.reporters.json_read import read_report

REMOVED = object()


def changed(text: str, place: str, value: object) -> str:
    """The report with the value at `place` (`findings.0.start.line`) replaced."""
    document = json.loads(text)
    *way, last = [int(part) if part.isdecimal() else part for part in place.split(".")]
    node: Any = document
    for part in way:
        node = node[part]
    if value is REMOVED:
        del node[last]
    else:
        node[last] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[]", "the document: expected an object"),
        ("{}", "schema: it is missing"),
        ('{"schema": "casemate-report/3"}', "schema: this version reads casemate-report/2 and casemate-report/1"),
        ('{"schema": ["casemate-report/1"]}', "schema: this version reads casemate-report/2"),
        ('{"schema": NaN}', "NaN is no JSON value"),
        ('{"schema": 1, "schema": 1}', "an object names a key twice"),
        ("[" * 100_000, "it is nested too deeply"),
        ("1" * 5_000, "it is not JSON"),
        ("\ufeff{}", "it is not JSON"),
    ],
)
def test_what_is_no_report_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=re.escape(complaint)):
        read_report(text)


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        ("complete", REMOVED, "complete: it does not fit"),
        ("complete", True, "complete: it does not fit"),
        ("complete", 0, "complete: it does not fit"),
        ("extra", 1, "extra: it does not fit"),
        ("triaged", "no", "triaged: expected true or false"),
        ("triaged", 0, "triaged: expected true or false"),
        ("tool", [], "tool: expected an object"),
        ("tool.name", "Other", "tool.name: it does not fit"),
        ("findings", {}, "findings: expected a list"),
        ("findings.0.start.line", "6", "findings[0].start.line: it does not fit"),
        ("findings.0.start.line", 7, "findings[0].start.line: it does not fit"),
        ("findings.0.severity", "low", "findings[0].severity: it does not fit"),
        ("findings.0.confidence", "certain", "findings[0].confidence: expected one of low, medium, high, very-high"),
        ("findings.0.rule_id", "no-such-rule", "findings[0].rule_id: expected one of"),
        ("findings.0.trace.steps", [], "findings[0].trace: a trace has at least one location"),
        ("findings.0.trace.primary", 9, "findings[0].trace: primary 9 is outside"),
        ("findings.0.trace.steps.0.start.line", 0, "findings[0].trace.steps[0]: lines and columns count from 1"),
        ("findings.0.trace.steps.0.start.line", 5.0, "findings[0].trace.steps[0].start.line: expected a whole number"),
        ("findings.0.trace.steps.0.start.line", True, "findings[0].trace.steps[0].start.line: expected a whole number"),
        ("findings.0.trace.steps.0.uri", "../etc/passwd", "a span's path is relative"),
        ("findings.0.trace.steps.0.uri", "%2fetc/passwd", "a span's path is relative"),
        ("findings.0.trace.steps.0.uri", "app%2Fviews.py", "findings[0].trace.steps[0].uri: it does not fit"),
        ("findings.0.trace.steps.0.path", "app/other.py", "findings[0].trace.steps[0].path: it does not fit"),
        ("findings.0.trust", "nobody", "findings[0].trust: expected one of remote"),
        ("findings.0.message", "\x1b[31m", "findings[0].message: it does not fit"),
        ("findings.0.message", "\ud800", "findings[0].message: expected a text without lone surrogates"),
        ("findings.0.suppression", REMOVED, "findings[0].suppression: it is missing"),
        ("rules.0.cwe", [], "rules[0]: rule generic-api-key names no CWE"),
        ("rules.0.id", "Not An Id", "rules[0]: a rule id is lower-case words"),
        ("rules.0.help", None, "rules[0].help: expected a text"),
        ("gate.exit_code", 17, "gate.exit_code: expected one of 0, 1, 2, 3, 4, 130"),
        ("gate.exit_code", "4", "gate.exit_code: expected a whole number"),
        ("gate.threshold", "fatal", "gate.threshold: expected one of"),
        ("summary.open", 0, "summary.open: it does not fit"),
        ("summary.verdicts.confirmed", 9, "summary.verdicts.confirmed: it does not fit"),
        ("schema", "casemate-report/1", "it does not fit"),
        ("usage.cost_usd", 0.5, "usage.cost_usd: expected a text"),
        ("usage.cost_usd", "Infinity", "usage.cost_usd: expected US dollars"),
        ("usage.cost_usd", "-1", "usage.cost_usd: expected US dollars"),
        ("usage.calls", -1, "usage.calls: expected a number from 0 on"),
        ("fixed.0.state", "gone", "fixed[0].state: expected one of new"),
        ("findings.0.judgement.verdict", "maybe", "findings[0].judgement.verdict: expected one of confirmed, refuted, undecided"),
        ("findings.0.judgement.verdict", "refuted", "findings[0].judgement.reason: expected a text"),
        ("findings.0.judgement.cause", "budget", "findings[0].judgement.cause: it does not fit"),
        ("findings.0.judgement.citations.0.uri", "../../etc/passwd", "a span's path is relative"),
        ("findings.0.judgement.preconditions.access", "moon", "preconditions.access: expected one of network"),
        ("coverage.skipped.0.reason", "bored", "coverage.skipped[0].reason: expected one of"),
        ("excerpts.0.lines", {"zero": "x"}, "excerpts[0].lines: expected line numbers as keys, not zero"),
        ("excerpts.0.lines", {"0": "x"}, "expected line numbers"),
        ("excerpts.0.lines", {"1" * 5_000: "x"}, "expected line numbers"),
        ("excerpts.0.lines", {"1": 2}, "excerpts[0].lines.1: expected a text"),
    ],
)
def test_what_was_tampered_with_is_refused_with_its_place(place: str, value: object, complaint: str, text: str) -> None:
    with pytest.raises(UsageError, match=re.escape(complaint)) as caught:
        read_report(changed(text, place, value))
    assert caught.value.hint


def test_a_file_that_stands_twice_is_refused(text: str) -> None:
    document = json.loads(text)
    document["excerpts"].append(document["excerpts"][0])
    with pytest.raises(UsageError, match=r"excerpts: it does not fit"):
        read_report(json.dumps(document))


def test_a_hostile_key_neither_floods_nor_colours_the_terminal(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_report(changed(text, "\x1b[31m" + "x" * 100_000, 1))
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_the_order_of_members_and_the_white_space_do_not_matter(text: str) -> None:
    assert read_report(json.dumps(json.loads(text), sort_keys=True, indent=7)) == read_report(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(node: Any, way: str = "") -> list[str]:
    keys = [str(index) for index in range(len(node))] if isinstance(node, list) else list(node) if isinstance(node, dict) else []
    below = [place for key in keys for place in places(node[int(key)] if isinstance(node, list) else node[key], f"{way}{key}.")]
    return [*(f"{way}{key}" for key in keys if "." not in key), *(place for place in below if ".." not in place)]


@settings(deadline=None)
@given(st.data())
def test_any_other_value_anywhere_is_read_or_refused_but_never_crashes(text: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(json.loads(text))))
    other = changed(text, place, data.draw(JSON))
    try:
        report = read_report(other)
    except UsageError:
        return
    assert report.findings
