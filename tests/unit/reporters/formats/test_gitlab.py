"""GitLab's two artifacts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

from scanner.reporters.gitlab_code_quality import render_gitlab_code_quality
from scanner.reporters.gitlab_sast import render_gitlab_sast

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

SCHEMA = json.loads((Path(__file__).parent / "gitlab-sast-15.schema.json").read_text("utf-8"))
STARTED, ENDED = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC), datetime(2026, 3, 1, 12, 1, 9, tzinfo=UTC)


def sast(report: ScanReport) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_gitlab_sast(report, started=STARTED, ended=ENDED))
    jsonschema.Draft7Validator(SCHEMA).validate(document)
    return document


def test_a_merge_request_shows_each_open_finding_once(judged: ScanReport) -> None:
    issues = json.loads(render_gitlab_code_quality(judged))
    assert issues[0] == {
        "type": "issue",
        "check_name": "python-sql-injection",
        "description": "Data from a request reaches a SQL query as code in `run` (CWE-89)",
        "categories": ["Security"],
        "severity": "blocker",
        "fingerprint": "f1" * 16,
        "location": {"path": "app/db.py", "lines": {"begin": 6, "end": 6}},
    }
    assert [issue["severity"] for issue in issues] == ["blocker", "critical", "critical", "major"]
    assert len({issue["fingerprint"] for issue in issues}) == len(judged.active)


def test_no_findings_are_an_empty_list(judged: ScanReport) -> None:
    assert json.loads(render_gitlab_code_quality(replace(judged, findings=()))) == []


def test_the_sast_report_names_rule_weakness_place_and_flow(judged: ScanReport) -> None:
    document = sast(judged)
    first = document["vulnerabilities"][0]
    assert (first["id"], first["severity"], first["name"]) == ("f1" * 16, "Critical", "SQL query built from user input")
    assert [(item["type"], item["value"]) for item in first["identifiers"]] == [
        ("casemate_rule_id", "python-sql-injection"),
        ("cwe", "89"),
        ("cwe", "943"),
    ]
    assert first["location"] == {"file": "app/db.py", "start_line": 6, "end_line": 6, "method": "run"}
    assert [step["file_name"] for step in first["details"]["flow"]["items"]] == ["app/views.py", "app/views.py", "app/orders.py", "app/db.py"]
    assert (document["scan"]["start_time"], document["scan"]["end_time"]) == ("2026-03-01T12:00:05", "2026-03-01T12:01:09")


def test_a_verdict_is_part_of_the_description(judged: ScanReport) -> None:
    assert "Triage by a model: confirmed. The parameter" in sast(judged)["vulnerabilities"][0]["description"]
    assert "Triage by a model: undecided, two sides came to different answers." in sast(judged)["vulnerabilities"][1]["description"]


def test_gaps_are_messages_and_only_a_scan_that_looked_at_nothing_failed(judged: ScanReport) -> None:
    scan = sast(judged)["scan"]
    assert scan["status"] == "success"
    assert [message["level"] for message in scan["messages"]] == ["warn", "warn", "warn", "info"]
    blind = replace(judged, coverage=replace(judged.coverage, engines=tuple(replace(run, files=0) for run in judged.coverage.engines)))
    assert sast(blind)["scan"]["status"] == "failure"


def test_hostile_text_is_valid_and_no_markup(hostile: ScanReport) -> None:
    document = sast(hostile)
    for item in document["vulnerabilities"]:
        assert not re.search(r"<(?!/?br)|@\w|https?://|!\[|\]\(", re.sub(r"\\[\\`*_{}\[\]()#+\-.!~=^$]", "", item["description"]))
        assert [link["url"] for link in item["links"]] == ["https://example.com/page", 'https://example.com/"onclick="window.casemateCanary=1']
    for text in (json.dumps(document), render_gitlab_code_quality(hostile)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text)
        text.encode()
