from __future__ import annotations

import json
from dataclasses import replace

from scanner.core.location import Span, Trace
from scanner.core.report import Excerpt
from scanner.core.rule import Severity
from scanner.reporters.json_read import read_report
from scanner.reporters.json_report import render_json


def test_a_script_finds_the_counts_without_counting(text: str) -> None:
    document = json.loads(text)
    assert document["summary"] == {
        "findings": 5,
        "open": 4,
        "suppressed": 1,
        "hidden": 2,
        "severities": {"critical": 1, "high": 2, "medium": 1, "low": 0, "info": 0},
        "verdicts": {"confirmed": 1, "undecided": 1, "refuted": 1, "not_looked_at": 2},
        "states": {"new": 1, "persisting": 1, "moved": 1, "fixed": 1, "unknown": 2},
    }
    assert document["gate"] == {"threshold": "high", "failing": 3, "exit_code": 4}
    assert document["complete"] is False


def test_a_finding_stands_on_its_own(text: str) -> None:
    finding = json.loads(text)["findings"][0]
    assert finding["rule_id"] == "python-sql-injection"
    assert (finding["status"], finding["state"]) == ("open", "new")
    assert (finding["path"], finding["start"], finding["end"]) == ("app/db.py", {"line": 6, "column": 16}, {"line": 6, "column": 41})
    assert finding["code"] == {"start_line": 6, "lines": ["        return connection.execute(query).fetchall()"]}
    assert [step["role"] for step in finding["trace"]["steps"]] == ["source", "step", "step", "sink"]
    assert finding["remediation"].startswith("Pass values as parameters")


def test_a_suppressed_finding_says_so_and_why(text: str) -> None:
    finding = json.loads(text)["findings"][-1]
    assert finding["status"] == "suppressed"
    assert finding["suppression"]["justification"] == "The digest is a cache key and protects nothing."


def test_a_verdict_brings_its_evidence_and_its_cost(text: str) -> None:
    judgement = json.loads(text)["findings"][0]["judgement"]
    assert (judgement["verdict"], judgement["severity"], judgement["reason"], judgement["cause"]) == ("confirmed", "critical", None, None)
    assert judgement["preconditions"] == {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}
    assert [(item["part"], item["path"], item["start"]["line"]) for item in judgement["citations"]] == [
        ("source", "app/views.py", 5),
        ("hop", "app/orders.py", 5),
        ("sink", "app/db.py", 6),
    ]
    assert judgement["usage"]["cost_usd"] == "0.1834"


def test_a_disputed_case_brings_both_sides(text: str) -> None:
    judgement = json.loads(text)["findings"][1]["judgement"]
    assert (judgement["verdict"], judgement["cause"]) == ("undecided", "disagreement")
    assert [item["side"] for item in judgement["arguments"]] == ["confirmed", "refuted"]


def test_what_is_gone_stands_apart_without_the_code_of_another_state(text: str) -> None:
    document = json.loads(text)
    assert [(item["state"], item["path"], item["code"]) for item in document["fixed"]] == [
        ("fixed", "app/old.py", None),
        ("unknown", "app/large.py", None),
    ]
    assert "app/old.py" not in {item["path"] for item in document["findings"]}


def test_a_rule_that_did_not_run_is_marked(text: str) -> None:
    report = read_report(text)
    fewer = replace(report, rules=tuple(rule for rule in report.rules if rule.severity is not Severity.CRITICAL))
    rules = json.loads(render_json(fewer))["rules"]
    assert [(rule["id"], rule["ran"]) for rule in rules][-1] == ("python-sql-injection", False)
    assert sum(rule["ran"] for rule in rules) == len(fewer.rules)


def test_code_that_runs_on_is_cut_and_code_that_is_unknown_is_null(text: str) -> None:
    report = read_report(text)
    lines = {number: f"line {number}" for number in range(1, 31)}
    wide = replace(report.findings[0], trace=Trace.at(Span("app/db.py", 2, 1, 30, 1)))
    lost = replace(report.findings[0], trace=Trace.at(Span("elsewhere.py", 2, 1, 30, 1)))
    changed = replace(report, findings=(wide, lost), excerpts={"app/db.py": Excerpt(lines, {})})
    first, second = json.loads(render_json(changed))["findings"]
    assert first["code"] == {"start_line": 2, "lines": [f"line {number}" for number in range(2, 14)]}
    assert first["line_hash"] is None
    assert second["code"] is None


def test_files_come_sorted_whatever_their_order_was(text: str) -> None:
    report = read_report(text)
    turned = replace(report, excerpts=dict(reversed(list(report.excerpts.items()))))
    assert render_json(turned) == text
