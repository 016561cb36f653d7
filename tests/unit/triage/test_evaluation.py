from __future__ import annotations

import json
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.errors import UsageError
from scanner.core.location import Role
from scanner.core.rule import Severity
from scanner.core.usage import Usage
from scanner.core.verdict import Cause, Confirmed, Judgement, Reason, Refuted, Undecided
from scanner.ports.observer import SilentObserver
from scanner.triage.evaluation.corpus import Label, read_corpus
from scanner.triage.evaluation.metrics import Outcome, Rate, measure
from scanner.triage.evaluation.report import render_json, render_text
from scanner.triage.evaluation.run import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASE = """\
id: {id}
language: python
cwe: 89
title: SQL built from input
severity: high
message: Data from a request reaches an SQL statement.
trust: remote
verdict: {verdict}
{reason}kind: plain
why: because
trace:
  - {{path: app/views.py, line: 10, role: source, text: "request.args", note: "the query parameter sort"}}
  - {{path: app/store.py, line: {sink}, role: sink, text: "connection.execute"}}
evidence:
  - {{path: app/store.py, line: 1, text: "import sqlite3"}}
"""


def corpus(folder: Path, **labs: Any) -> Path:
    for name, (place, verdict, sink) in labs.items():
        case = folder / "cases" / name
        for path, text in place.files.items():
            (case / "repo" / path).parent.mkdir(parents=True, exist_ok=True)
            (case / "repo" / path).write_text(text)
        reason = "reason: constrained\n" if verdict == "safe" else ""
        (case / "case.yaml").write_text(CASE.format(id=name, verdict=verdict, sink=sink, reason=reason))
    return folder


def test_a_corpus_becomes_findings_with_labels(tmp_path: Path, shop: Any) -> None:
    (case,) = read_corpus(corpus(tmp_path / "eval", hole=(shop, "vulnerable", 10)), {})
    assert case.label is Label.VULNERABLE
    assert [location.role for location in case.finding.trace.locations] == [Role.SOURCE, Role.SINK]
    assert case.finding.place.start_column == 12
    assert case.finding.rule.cwe == (89,)
    assert case.finding.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("line: 10, role: source", "line: 11, role: source", "does not hold 'request.args'"),
        ("path: app/views.py", "path: ../views.py", "is no place below repo"),
        ("verdict: vulnerable", "verdict: maybe", "maybe"),
        ("id: hole", "id: other", "whose id is hole"),
        ("title: SQL built from input", "rule: no-such-rule", "no rule is called no-such-rule"),
        ("severity: high\n", "", "severity"),
        ("trace:", "trace: [", "line"),
    ],
)
def test_a_mistake_in_a_case_is_told(tmp_path: Path, shop: Any, old: str, new: str, words: str) -> None:
    folder = corpus(tmp_path / "eval", hole=(shop, "vulnerable", 10))
    file = folder / "cases" / "hole" / "case.yaml"
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises(UsageError, match=words):
        read_corpus(folder, {})


def test_cases_are_judged_and_counted(tmp_path: Path, lab: Any, shop: Any, guarded: Any, say: Any, settings: Any) -> None:
    assert settings
    folder = corpus(tmp_path / "eval", hole=(shop, "vulnerable", 10), shut=(guarded, "safe", 11))
    cases = read_corpus(folder, {})
    desk = lab({})

    @contextmanager
    def source(root: Path) -> Iterator[Any]:
        place = lab({path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.py")}, name=str(root))
        yield place.snapshot()

    from scanner.llm.scripted import ScriptedChat  # noqa: PLC0415 - only here

    triager = desk.triager(ScriptedChat([say.confirmed(), say.refuted(), say.refuted()]))
    outcomes = evaluate(cases, triager, source, SilentObserver())
    assert [(outcome.case.id, outcome.said, outcome.right) for outcome in outcomes] == [("hole", "confirmed", True), ("shut", "refuted", True)]
    text = render_text(outcomes)
    assert "2 cases" in text
    assert "Every case was decided rightly." in text
    value = json.loads(render_json(outcomes))
    assert value["total"]["accuracy"] == {"hits": 2, "total": 2, "value": 1.0, "interval_95": [0.34238, 1.0]}
    assert value["total"]["calls"] == 3


def outcome(label: Label, verdict: Any, cents: int = 0) -> Outcome:
    case: Any = type("Case", (), {"label": label, "id": "x", "kind": "plain", "language": "python"})
    return Outcome(case, Judgement(verdict, usage=Usage(calls=1, input_tokens=cents, cost_usd=Decimal(cents) / 100)))


def test_metrics_say_what_they_say() -> None:
    yes, no, open_ = Confirmed("", (), Severity.HIGH, None), Refuted("", (), Reason.SANITIZED), Undecided(Cause.UNSURE)  # type: ignore[arg-type]
    outcomes = [
        *[outcome(Label.VULNERABLE, yes, 1)] * 6,
        outcome(Label.VULNERABLE, no, 2),
        *[outcome(Label.VULNERABLE, open_, 9)] * 3,
        *[outcome(Label.SAFE, no, 3)] * 8,
        *[outcome(Label.SAFE, yes, 4)] * 2,
    ]
    found = measure(outcomes)
    assert found.precision == Rate(6, 8)
    assert found.recall == Rate(6, 10)
    assert found.unsafe_closures == Rate(1, 10)
    assert found.closed == Rate(8, 10)
    assert found.undecided == Rate(3, 20)
    assert found.accuracy == Rate(14, 20)
    assert found.causes == {"unsure": 3}
    assert found.median_usd == Decimal("0.03")


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 100, 0.0018, 0.0545)],
)
def test_intervals_are_wilsons(hits: int, total: int, low: float, high: float) -> None:
    interval = Rate(hits, total).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_without_cases_there_is_no_rate() -> None:
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None
    assert measure([]).cases == 0
