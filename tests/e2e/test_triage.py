"""Triage as a user meets it: the real command, the real SDK, and a server on loopback that speaks the Messages API."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.decision import Decision
from scanner.stores.decisions import write_decisions
from tests.support.messages_server import Answer, Fail, MessagesServer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from .conftest import Casemate

TOKEN = "ghp_" + "wQ8mKz3VtY6RbN1cXe5LpD9sHa2JfU7gTi0o"
VIEW = f"""\
import os

from flask import Flask, request

app = Flask(__name__)
GITHUB_TOKEN = "{TOKEN}"


@app.route("/ping")
def ping():
    host = request.args["host"]
    os.system("ping -c 1 " + host)
    return "done"
"""
SOURCE = {"path": "app.py", "start_line": 11, "end_line": 11, "quote": '    host = request.args["host"]', "part": "source"}
SINK = {"path": "app.py", "start_line": 12, "end_line": 12, "quote": '    os.system("ping -c 1 " + host)', "part": "sink"}
NEEDS = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}


def verdict(kind: str, *citations: Mapping[str, object], reason: str = "none") -> Answer:
    given = {"verdict": kind, "reason": reason, "rationale": "The host reaches a shell.", "citations": list(citations), "preconditions": NEEDS}
    return Answer.tool("submit_verdict", given, usage={"input_tokens": 2_000, "output_tokens": 200})


def model(step: Callable[[str], Answer]) -> Callable[[dict[str, Any]], Answer]:
    """A model that answers a greeting, and a case by what its brief says."""

    def answer(body: dict[str, Any]) -> Answer:
        said = json.dumps(body["messages"])
        return Answer.text("OK") if "Are you there?" in said else step(said)

    return answer


def confirms(brief: str) -> Answer:
    if "python-command-injection" in brief or "shell-command" in brief:
        return verdict("confirmed", SOURCE, SINK)
    return verdict("undecided")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "app.py").write_text(VIEW, encoding="utf-8")
    return root


@pytest.fixture
def ask(casemate: Casemate, shop: Path, tmp_path: Path) -> Callable[..., Any]:
    def run(server: MessagesServer, *arguments: str | Path, key: str = "sk-test") -> Any:
        surroundings = {"ANTHROPIC_API_KEY": key, "ANTHROPIC_BASE_URL": server.url, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return casemate(*arguments, cwd=shop, env=surroundings)

    return run


def scanned(done: Any) -> dict[str, Any]:
    assert done.stdout, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


SCAN = ("scan", "--engines", "taint", "-f", "json")


def test_a_confirmed_finding_carries_its_verdict_its_evidence_and_its_cost(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(confirms)) as server:
        done = ask(server, *SCAN)
        assert server.refused == []
    report = scanned(done)
    judgement = report["findings"][0]["judgement"]
    assert (done.returncode, judgement["verdict"], report["triaged"]) == (1, "confirmed", True)
    assert [(item["part"], item["start"]["line"]) for item in judgement["citations"]] == [("source", 11), ("sink", 12)]
    assert float(report["usage"]["cost_usd"]) > 0
    assert "triage asks a model, for $5 at most" in done.stderr


def test_no_request_holds_a_secret_of_the_code_or_a_path_of_the_machine(ask: Callable[..., Any], shop: Path) -> None:
    looked = iter(
        [
            ("read_code", {"path": "app.py", "start_line": 1, "end_line": 14}),
            ("read_code", {"path": "../../etc/passwd", "start_line": 1, "end_line": 9}),
        ]
    )

    def step(brief: str) -> Answer:
        found = next(looked, None)
        return confirms(brief) if found is None else Answer.tool(*found)

    with MessagesServer(model(step)) as server:
        ask(server, *SCAN)
        sent = json.dumps(server.bodies)
    assert "GITHUB_TOKEN" in sent
    assert TOKEN not in sent
    assert TOKEN[4:20] not in sent
    assert str(shop) not in sent
    assert "root:" not in sent


def test_a_refutation_without_evidence_closes_nothing(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(lambda _: verdict("refuted", SINK, reason="sanitized"))) as server:
        done = ask(server, *SCAN)
    finding = scanned(done)["findings"][0]
    assert (done.returncode, finding["status"], finding["judgement"]["verdict"]) == (1, "open", "undecided")


def test_the_second_scan_of_the_same_code_asks_nothing(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(confirms)) as server:
        first = scanned(ask(server, *SCAN))
        asked = len(server.requests)
        second = scanned(ask(server, *SCAN))
        assert len(server.requests) == asked
    assert second["findings"][0]["judgement"]["cached"] is True
    assert second["findings"][0]["judgement"]["citations"] == first["findings"][0]["judgement"]["citations"]
    assert second["usage"]["cost_usd"] in {"0", "0.00", 0}


def test_a_recorded_run_is_rebuilt_offline_byte_for_byte(ask: Callable[..., Any], casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    audit = tmp_path / "audit"
    with MessagesServer(model(confirms)) as server:
        live = ask(server, *SCAN, "--audit", audit)
    again = casemate("replay", audit, "--engines", "taint", "-f", "json", cwd=shop)
    assert again.stdout == live.stdout, again.stderr
    kept = "".join(path.read_text("utf-8") for path in audit.rglob("*") if path.is_file())
    assert "sk-test" not in kept
    assert TOKEN not in kept


def test_code_that_has_changed_is_no_replay(ask: Callable[..., Any], casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    with MessagesServer(model(confirms)) as server:
        ask(server, *SCAN, "--audit", tmp_path / "audit")
    (shop / "app.py").write_text(VIEW.replace("ping -c 1", "ping -c 2"), encoding="utf-8")
    again = casemate("replay", tmp_path / "audit", "--engines", "taint", "-f", "json", cwd=shop)
    assert again.returncode == 2
    assert "holds no answer to request" in again.stderr


@pytest.mark.parametrize(("status", "said"), [(401, "refuses the key"), (404, "does not know the model")])
def test_a_refused_key_and_a_retired_model_are_one_clear_error(ask: Callable[..., Any], status: int, said: str) -> None:
    with MessagesServer(lambda _: Fail(status)) as server:
        done = ask(server, *SCAN)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in next(line for line in done.stderr.splitlines() if line.startswith("casemate: error: "))
    assert "sk-test" not in done.stderr


def test_when_the_money_ends_the_report_is_whole_and_the_scan_incomplete(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(confirms)) as server:
        done = ask(server, *SCAN, "--max-cost-usd", "0")
        assert server.requests == []
    report = scanned(done)
    assert (done.returncode, report["complete"]) == (4, False)
    assert report["findings"][0]["judgement"]["cause"] == "budget"


def test_an_endpoint_that_is_down_costs_the_verdicts_and_not_the_findings(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(lambda _: Fail(529))) as server:  # type: ignore[arg-type, return-value]
        done = ask(server, *SCAN)
    report = scanned(done)
    assert (done.returncode, report["findings"][0]["judgement"]["cause"]) == (4, "unavailable")


def test_a_forecast_asks_nothing_and_needs_no_key(casemate: Casemate, shop: Path) -> None:
    done = casemate("scan", "--engines", "taint", "--plan", "-q", cwd=shop)
    assert "triage would open 1 case;" in done.stderr
    assert re.search(r"expected: \$0\.00\d\d", done.stderr)


def test_triage_that_was_asked_for_needs_a_key(casemate: Casemate, shop: Path) -> None:
    done = casemate("scan", "--triage", "all", cwd=shop)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ANTHROPIC_API_KEY is not set" in done.stderr


def test_off_means_off(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(confirms)) as server:
        report = scanned(ask(server, *SCAN, "--triage", "off"))
        assert server.requests == []
    assert report["triaged"] is False


def test_settings_of_the_scanned_code_cannot_steer_triage(ask: Callable[..., Any], shop: Path) -> None:
    (shop / "casemate.toml").write_text('max-cost-usd = "1000"\n', encoding="utf-8")
    with MessagesServer(model(confirms)) as server:
        done = ask(server, *SCAN)
        assert server.requests == []
    assert done.returncode == 2
    assert "there is no such setting" in done.stderr


def test_another_tools_results_are_judged(ask: Callable[..., Any], shop: Path) -> None:
    region = {"startLine": 12, "startColumn": 5, "endColumn": 35}
    result = {
        "ruleId": "B605",
        "message": {"text": "Starting a process with a shell."},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "app.py"}, "region": region}}],
    }
    driver = {"name": "Bandit", "version": "1.8", "rules": [{"id": "B605", "properties": {"tags": ["external/cwe/cwe-78"]}}]}
    sarif = {"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": [result]}]}
    (shop / "bandit.sarif").write_text(json.dumps(sarif), encoding="utf-8")
    with MessagesServer(model(lambda _: verdict("confirmed", SINK))) as server:
        done = ask(server, "triage", "bandit.sarif", "--repo", ".", "--triage", "all", "-f", "json")
    finding = scanned(done)["findings"][0]
    assert (finding["path"], finding["start"]["line"], finding["judgement"]["verdict"]) == ("app.py", 12, "confirmed")


def test_a_change_gives_no_examples_of_its_own(ask: Callable[..., Any], shop: Path) -> None:
    def decide(*reasons: str) -> None:
        made = [
            Decision(f"{number:032x}", "python-command-injection", "old.py", "f", reason, "ops", date(2026, 3, 1), "1" * 32)
            for number, reason in enumerate(reasons)
        ]
        (shop / ".casemate").mkdir(exist_ok=True)
        (shop / ".casemate/triage.yaml").write_text(write_decisions(made), encoding="utf-8")

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", *arguments], cwd=shop, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch=main")
    decide("for administrators")
    (shop / "app.py").rename(shop.parent / "app.py")
    git("add", "--all")
    git("commit", "--quiet", "--message", "base")
    (shop.parent / "app.py").rename(shop / "app.py")
    decide("for administrators", "answer refuted")
    git("add", "--all")
    git("commit", "--quiet", "--message", "head")
    with MessagesServer(model(confirms)) as server:
        done = ask(server, *SCAN, "--diff", "HEAD~1")
        said = json.dumps([received.body for received in server.requests])
    assert scanned(done)["findings"][0]["judgement"]["verdict"] == "confirmed"
    assert "2026-03-01, old.py in f: " in said
    assert "for administrators" in said
    assert "answer refuted" not in said


def result_at(line: int) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": "app.py"}, "region": {"startLine": line}}
    return {"ruleId": "B605", "message": {"text": "Starting a process with a shell."}, "locations": [{"physicalLocation": place}]}


def write_results(path: Path, *lines: int) -> None:
    run = {"tool": {"driver": {"name": "Bandit"}}, "results": [result_at(line) for line in lines]}
    path.write_text(json.dumps({"version": "2.1.0", "runs": [run]}), encoding="utf-8")


def test_a_result_beyond_the_end_of_its_file_is_told_and_not_asked_about(ask: Callable[..., Any], shop: Path) -> None:
    write_results(shop / "old.sarif", 12, 13, 14, 9_000)
    with MessagesServer(model(lambda _: verdict("confirmed", SINK))) as server:
        done = ask(server, "triage", "old.sarif", "--triage", "all", "-f", "json")
        asked = [received for received in server.requests if "Are you there?" not in json.dumps(received.body)]
    report = scanned(done)
    assert sorted(item["start"]["line"] for item in report["findings"]) == [12, 13]
    assert not any("9000" in json.dumps(received.body) for received in asked)
    said = "2 results left out: about lines beyond the end of their file: it is of other code"
    assert [item["message"] for item in report["problems"] if item["subject"] == "old.sarif"] == [said]
    assert (done.returncode, f"casemate: incomplete: old.sarif: {said}" in done.stderr) == (4, True)


def test_a_forecast_of_half_a_file_says_why_it_is_incomplete(casemate: Casemate, shop: Path) -> None:
    write_results(shop / "old.sarif", 12, 9_000)
    done = casemate("triage", "old.sarif", "--plan", cwd=shop)
    assert (done.returncode, "triage would open 1 case;" in done.stderr) == (4, True)
    assert "casemate: incomplete: old.sarif: 1 result left out" in done.stderr


def write_case(tmp_path: Path) -> Path:
    """A corpus of one labelled case."""
    case = tmp_path / "corpus" / "cases" / "py-one"
    (case / "repo").mkdir(parents=True)
    (case / "repo" / "app.py").write_text(VIEW, encoding="utf-8")
    trace = [
        {"path": "app.py", "line": 11, "role": "source", "text": "request.args"},
        {"path": "app.py", "line": 12, "role": "sink", "text": "os.system"},
    ]
    label = {
        "id": "py-one",
        "language": "python",
        "cwe": 78,
        "rule": "python-command-injection",
        "severity": "critical",
        "message": "Data reaches a shell.",
        "trust": "remote",
        "verdict": "vulnerable",
        "kind": "plain",
        "why": "The host is not checked.",
        "trace": trace,
        "evidence": [trace[1]],
        "preconditions": NEEDS,
    }
    (case / "case.yaml").write_text(json.dumps(label), encoding="utf-8")
    return tmp_path / "corpus"


def test_an_evaluation_is_the_same_from_its_recording(ask: Callable[..., Any], casemate: Casemate, tmp_path: Path) -> None:
    corpus = write_case(tmp_path)
    recording = tmp_path / "answers.jsonl"
    with MessagesServer(model(confirms)) as server:
        live = ask(server, "eval", corpus, "--record", recording)
    assert "recall" in live.stdout, live.stderr
    again = casemate("eval", corpus, "--recording", recording)
    assert again.stdout == live.stdout


def test_an_evaluation_that_reached_no_model_is_incomplete_and_says_why(ask: Callable[..., Any], tmp_path: Path) -> None:
    with MessagesServer(model(lambda _: Fail(529))) as server:  # type: ignore[arg-type, return-value]
        done = ask(server, "eval", write_case(tmp_path))
    assert (done.returncode, "undecided because  unavailable 1" in done.stdout) == (4, True)
    assert "casemate: incomplete: the model could not be reached for 1 of 1 cases: overloaded" in done.stderr


def test_a_batch_asks_the_opening_model_at_half_the_price(ask: Callable[..., Any]) -> None:
    with MessagesServer(model(confirms)) as server:
        live = scanned(ask(server, *SCAN))
    with MessagesServer(model(confirms)) as server:
        done = ask(server, *SCAN, "--batch", "--batch-poll", "0", "--model", "claude-sonnet-5-5", "--strong-model", "claude-sonnet-5-5")
        paths = [received.path for received in server.requests]
    report = scanned(done)
    assert report["findings"][0]["judgement"]["verdict"] == "confirmed", done.stderr
    assert any(path.startswith("/v1/messages/batches") for path in paths)
    assert live["findings"][0]["judgement"]["verdict"] == "confirmed"
