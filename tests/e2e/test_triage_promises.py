"""What triage promises about money, kills and privacy, with the real command, the real SDK and a server on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.usage import Usage
from scanner.llm.model_list import load_catalogue
from tests.support.messages_server import Answer, CutOff, Fail, MessagesServer, Step

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Casemate

NEEDS = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}
VIEW = """\
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping_{number}():
    host = request.args["host"]
    os.system("ping -c 1 " + host)
    return "done"
"""
SOURCE, SINK = 10, 11  # lines


def verdict(kind: str, path: str, usage: dict[str, int] | None = None) -> Answer:
    """A verdict with evidence that holds: source and sink, as they stand in each of the files."""
    quotes = [(SOURCE, 'host = request.args["host"]', "source"), (SINK, 'os.system("ping -c 1 " + host)', "sink")]
    citations = [{"path": path, "start_line": line, "end_line": line, "quote": text, "part": part} for line, text, part in quotes]
    given = {"verdict": kind, "reason": "none", "rationale": "The host reaches a shell.", "citations": citations, "preconditions": NEEDS}
    return Answer.tool("submit_verdict", given, usage=usage or {"input_tokens": 2_000, "output_tokens": 200})


def surroundings(server: MessagesServer, tmp_path: Path, **more: str) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": server.url, "XDG_CACHE_HOME": str(tmp_path / "cache"), **more}


class Till:
    """Answers all kinds of things, and adds up what an endpoint would charge for them."""

    def __init__(self) -> None:
        self.charged = Decimal(0)
        self.asked = 0
        self._prices = load_catalogue()
        self._lock = threading.Lock()

    def __call__(self, body: dict[str, Any]) -> Step:
        usage = {"input_tokens": len(json.dumps(body)) // 4, "output_tokens": int(body["max_tokens"]) * 3 // 4}
        cost = self._prices.pricing(body["model"]).cost(Usage(1, usage["input_tokens"], usage["output_tokens"]))
        with self._lock:
            self.asked += 1
            kind = self.asked % 7
            if kind == 3:
                return Fail(529)
            self.charged += cost
        if kind == 5:
            return CutOff(verdict("confirmed", "app.py", usage), events=2)
        return verdict("undecided" if kind in {0, 4} else "confirmed", "app.py", usage)


def test_two_hundred_cases_at_eight_in_parallel_are_never_charged_more_than_was_allowed(casemate: Casemate, tmp_path: Path) -> None:
    trace = [
        {"path": "app.py", "line": SOURCE, "role": "source", "text": "request.args"},
        {"path": "app.py", "line": SINK, "role": "sink", "text": "os.system"},
    ]
    for number in range(200):
        case = tmp_path / "corpus" / "cases" / f"py-{number:03}"
        (case / "repo").mkdir(parents=True)
        (case / "repo" / "app.py").write_text(VIEW.format(number=number), encoding="utf-8")
        label = {"id": case.name, "language": "python", "cwe": 78, "rule": "python-command-injection", "severity": "critical"}
        label |= {"message": "m", "trust": "remote", "verdict": "vulnerable", "kind": "plain", "why": "w", "trace": trace}
        (case / "case.yaml").write_text(json.dumps({**label, "evidence": [trace[1]], "preconditions": NEEDS}), encoding="utf-8")
    limit = Decimal("1.50")
    till = Till()
    with MessagesServer(till) as server:
        done = casemate(
            *("eval", tmp_path / "corpus", "-j", "8", "--max-cost-usd", str(limit), "-f", "json"),
            env=surroundings(server, tmp_path),
        )
    total = json.loads(done.stdout)["total"]
    assert total["cases"] == 200
    assert limit / 2 < till.charged <= Decimal(total["cost_usd"]) <= limit, (till.charged, total["cost_usd"])
    assert total["causes"]["budget"] > 0
    assert till.asked > 8


class Killer:
    """Confirms every case, and kills the command when so many cases were asked about. Remembers which file was asked about in which run."""

    def __init__(self, after: int) -> None:
        self.asked: list[set[str]] = [set()]
        self.process: subprocess.Popen[str] | None = None
        self.after = after
        self._lock = threading.Lock()

    def __call__(self, body: dict[str, Any]) -> Step:
        said = json.dumps(body["messages"])
        if "Are you there?" in said:
            return Answer.text("OK")
        found = re.search(r"route_\d+\.py", said)
        assert found is not None
        with self._lock:
            self.asked[-1].add(found[0])
            if self.process is not None and len(self.asked[-1]) >= self.after:
                self.process.send_signal(signal.SIGKILL)
        return verdict("confirmed", found[0])


@pytest.mark.parametrize("after", [2, 7, 12])
def test_a_kill_at_any_moment_loses_no_finished_case(tmp_path: Path, after: int) -> None:
    together = 4  # cases that are open at once, and so may be unfinished
    root = tmp_path / "shop"
    root.mkdir()
    for number in range(12):
        (root / f"route_{number:02}.py").write_text(VIEW.format(number=number), encoding="utf-8")
    scan = ("scan", "--engines", "taint", "-f", "json", "-q", "--triage", "all", "--fail-on", "never")
    command = [sys.executable, "-c", "from scanner.cli.main import main; main()", *scan]
    killer = Killer(after)
    with MessagesServer(killer) as server:
        env = {**{key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}, **surroundings(server, tmp_path)}

        def run() -> tuple[int, str]:
            killer.process = subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            out, _ = killer.process.communicate(timeout=120)
            return killer.process.returncode, out

        code, out = run()
        assert (code, out) == (-signal.SIGKILL, "")
        first = set(killer.asked[-1])
        killer.asked.append(set())
        killer.after = 1_000  # the second run lives
        code, out = run()
        killer.asked.append(set())
        again = run()
    report = json.loads(out)
    assert code == 0
    assert [item["judgement"]["verdict"] for item in report["findings"]] == ["confirmed"] * 12
    assert len(first & killer.asked[1]) <= together
    assert len(first | killer.asked[1]) == 12
    assert killer.asked[2] == set()
    assert all(item["judgement"]["cached"] for item in json.loads(again[1])["findings"])


def test_no_request_holds_what_a_pull_request_says_or_who_wrote_it(casemate: Casemate, tmp_path: Path) -> None:
    """Titles, bodies, branches, authors and commit messages can be written by a stranger, and are no part of the code."""
    root = tmp_path / "shop"
    root.mkdir()

    def git(*arguments: str) -> None:
        names = ("-c", "user.name=MARK-AUTHOR", "-c", "user.email=mark-mail@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch", "main")
    (root / "notes.txt").write_text("a shop\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "MARK-FIRST")
    git("checkout", "--quiet", "-b", "MARK-BRANCH")
    (root / "app.py").write_text(VIEW.format(number=1), encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "MARK-MESSAGE: bug-free, reviewed")
    git("tag", "MARK-TAG")
    event = tmp_path / "event.json"
    pull = {"number": 7, "title": "MARK-TITLE", "body": "MARK-BODY", "user": {"login": "MARK-USER"}, "head": {"ref": "MARK-BRANCH"}}
    event.write_text(json.dumps({"pull_request": pull}), encoding="utf-8")
    more = {"GITHUB_EVENT_PATH": str(event), "GITHUB_EVENT_NAME": "pull_request", "GITHUB_HEAD_REF": "MARK-BRANCH", "GITHUB_ACTOR": "MARK-USER"}

    def reads(body: dict[str, Any]) -> Step:
        turns = len(body["messages"])
        looks = [("search_code", {"pattern": "mark-", "glob": ""}), ("read_code", {"path": ".git/HEAD", "start_line": 1, "end_line": 2})]
        if turns == 1 and "Are you there?" not in json.dumps(body["messages"]):
            return Answer(
                tuple({"type": "tool_use", "id": f"t{n}", "name": name, "input": given} for n, (name, given) in enumerate(looks)), "tool_use"
            )
        return Answer.text("OK") if turns == 1 else verdict("confirmed", "app.py")

    with MessagesServer(reads) as server:
        env = surroundings(server, tmp_path, GITHUB_ACTIONS="true", **more)
        done = casemate("scan", "--engines", "taint", "--triage", "all", "--diff", "main", "-f", "json", cwd=root, env=env)
        sent = json.dumps(server.bodies)
    assert json.loads(done.stdout)["findings"][0]["judgement"]["verdict"] == "confirmed", done.stderr
    assert "ping_1" in sent
    told = sent.replace('"pattern": "mark-"', "")  # the model's own words
    assert "mark-" not in told.lower()


def test_a_finding_is_explained_with_its_verdict_and_evidence(casemate: Casemate, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "app.py").write_text(VIEW.format(number=1), encoding="utf-8")

    def step(body: dict[str, Any]) -> Step:
        return Answer.text("OK") if "Are you there?" in json.dumps(body) else verdict("confirmed", "app.py")

    with MessagesServer(step) as server:
        env = surroundings(server, tmp_path)
        casemate("scan", "--engines", "taint", "--triage", "all", "-q", "-o", "report.json", cwd=root, env=env)
    mark = json.loads((root / "report.json").read_text("utf-8"))["findings"][0]["fingerprint"]
    done = casemate("explain", mark[:12], "--report", "report.json", cwd=root)
    assert "confirmed" in done.stdout, done.stderr
    assert "The host reaches a shell." in done.stdout
    assert "app.py:11" in done.stdout


FIRST_CHOICE = ("claude-haiku-5-5", "claude-opus-5-5", "claude-sonnet-5-5")


@pytest.mark.parametrize(
    ("known", "status", "code", "said"),
    [
        (FIRST_CHOICE, 200, 0, "ok      the endpoint takes the key and knows the model"),
        (FIRST_CHOICE[:1], 200, 4, "FAILS   the endpoint does not know the model"),
        (FIRST_CHOICE, 401, 4, "FAILS   the endpoint refuses the key"),
        (FIRST_CHOICE, 500, 4, "FAILS   cannot be reached"),
    ],
)
def test_doctor_asks_the_endpoint_what_a_scan_would_find_out(
    casemate: Casemate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...], status: int, code: int, said: str
) -> None:
    with MessagesServer(models=known) as server:
        if status != 200:
            monkeypatch.setattr(server, "respond", lambda *_: Fail(status))
        done = casemate("doctor", "--online", env=surroundings(server, tmp_path))
        assert server.bodies == []  # no question, and so no cost
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert said in lines["claude-opus-5-5"], done.stdout + done.stderr
    assert done.returncode == code
    assert "sk-test" not in done.stdout + done.stderr


def test_doctor_without_a_key_says_what_is_missing_and_offline_asks_nobody(casemate: Casemate, tmp_path: Path) -> None:
    with MessagesServer() as server:
        offline = casemate("doctor", env=surroundings(server, tmp_path))
        assert server.requests == []
        keyless = casemate("doctor", "--online", env={"ANTHROPIC_BASE_URL": server.url})
    assert "knows the model" not in offline.stdout
    assert (keyless.returncode, "ANTHROPIC_API_KEY is not set" in keyless.stderr) == (2, True)
