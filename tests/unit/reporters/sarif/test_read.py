"""Logs of ours, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.errors import UsageError
from scanner.core.finding import SuppressionKind
from scanner.reporters.html.render import render_html
from scanner.reporters.json_read import read_report
from scanner.reporters.sarif.profiles import SarifProfile
from scanner.reporters.sarif.read import read_sarif
from scanner.reporters.sarif.render import render_sarif

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

GOLDEN = Path(__file__).parents[3] / "golden" / "reporters"


@pytest.fixture(scope="module")
def judged() -> ScanReport:
    return read_report((GOLDEN / "json" / "report.json").read_bytes().decode())


@pytest.fixture(scope="module")
def stored(judged: ScanReport) -> str:
    return render_sarif(judged, SarifProfile.FULL)


def test_findings_come_back_with_their_flows_verdicts_states_and_decisions(judged: ScanReport, stored: str) -> None:
    again = read_sarif(stored)
    for found, meant in zip((*again.findings, *again.fixed), (*judged.findings, *judged.fixed), strict=True):
        assert (found.fingerprint, found.rule.id, found.severity, found.place) == (meant.fingerprint, meant.rule.id, meant.severity, meant.place)
        assert found.trace == meant.trace
        assert (found.engines, found.confidence, found.symbol, found.trust) == (meant.engines, meant.confidence, meant.symbol, meant.trust)
        assert (found.state, found.related) == (meant.state, meant.related)
        assert (found.suppression is None) == (meant.suppression is None)
    assert [finding.judgement and finding.judgement.verdict for finding in again.findings[:2]] == [
        finding.judgement and finding.judgement.verdict for finding in judged.findings[:2]
    ]
    assert again.findings[-1].suppression == judged.findings[-1].suppression


def test_the_decision_the_coverage_and_the_cost_come_back(judged: ScanReport, stored: str) -> None:
    again = read_sarif(stored)
    assert (again.gate, again.hidden, again.triaged, again.compared) == (judged.gate, judged.hidden, judged.triaged, judged.compared)
    assert (again.usage, again.provenance) == (judged.usage, judged.provenance)
    assert (again.coverage.files, again.coverage.lines, again.coverage.engines) == (6, 34, judged.coverage.engines)
    assert [item.path for item in again.coverage.skipped] == [item.path for item in judged.coverage.skipped if not item.reason.expected]
    assert again.coverage.partial == judged.coverage.partial
    assert not again.complete
    assert [(item.stage, item.message, item.incomplete) for item in again.problems] == [
        (item.stage, f"{item.message}.", item.incomplete) for item in judged.problems
    ]


def test_what_is_read_and_written_again_says_the_same(stored: str) -> None:
    again = json.loads(render_sarif(read_sarif(stored), SarifProfile.FULL))
    first = json.loads(stored)
    assert again["runs"][0]["results"] == first["runs"][0]["results"]
    assert again["runs"][0]["tool"] == first["runs"][0]["tool"]


def test_a_stored_log_becomes_a_page_with_its_code(stored: str) -> None:
    page = render_html(read_sarif(stored))
    assert 'request.GET[\\"customer\\"]' in page
    assert "return connection.execute(query).fetchall()" in page


@pytest.mark.parametrize("profile", [SarifProfile.GITHUB, SarifProfile.ADO])
def test_every_profile_reads(judged: ScanReport, profile: SarifProfile) -> None:
    assert [finding.fingerprint for finding in read_sarif(render_sarif(judged, profile)).findings] == [
        finding.fingerprint for finding in judged.active
    ]


def test_a_log_without_triage_reads() -> None:
    untriaged = read_report((GOLDEN / "json" / "untriaged.json").read_bytes().decode())
    again = read_sarif(render_sarif(untriaged, SarifProfile.FULL))
    assert [finding.judgement for finding in again.findings] == [None] * 5
    accepted = again.findings[-1].suppression
    assert accepted is not None
    assert (accepted.kind, accepted.justification) == (SuppressionKind.IN_SOURCE, "a cache key, not a <U+202E>signature")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{}", "runs: it is missing"),
        ('{"runs": []}', "runs: expected at least one item"),
        ('{"runs": [{"tool": {"driver": {"name": "Other"}}}]}', "this is another tool's log"),
        ("nothing", "it is not JSON"),
    ],
)
def test_what_is_no_log_of_ours_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        read_sarif(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@settings(deadline=None)
@given(st.data())
def test_any_other_value_anywhere_is_read_or_refused_but_never_crashes(stored: str, data: st.DataObject) -> None:
    document = json.loads(stored)
    node: Any = document
    while True:
        keys = list(range(len(node))) if isinstance(node, list) else list(node)
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], (list, dict)) or not node[key] or data.draw(st.integers(0, 5)) == 0:
            break
        node = node[key]
    node[key] = data.draw(JSON)
    try:
        report = read_sarif(json.dumps(document, allow_nan=True).replace("Infinity", "1e999"))
    except UsageError:
        return
    assert report.version is not None
