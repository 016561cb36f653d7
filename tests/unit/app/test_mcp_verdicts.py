"""What becomes of a verdict that a client records: code decides."""

from __future__ import annotations

import json
import shlex
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from scanner.app.config import Environment
from scanner.app.mcp.offers import call
from scanner.app.mcp.session import Ground, Session
from scanner.core.decision import DECISIONS_FILE
from scanner.ports.observer import SilentObserver
from scanner.stores.decisions import read_decisions
from scanner.triage.tools.base import ToolError

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 3, 1)
VIEW = """\
from flask import Flask, redirect, request

from store import find, listed

app = Flask(__name__)


@app.route("/users")
def users():
    return str(find(request.args["name"]))


@app.route("/sorted")
def ordered():
    return str(listed(request.args["sort"]))


@app.route("/go")
def moved():
    return redirect(request.args["to"])


@app.route("/leave")
def leave():
    target = request.args["to"]
    known(target)
    return redirect(target)


def known(target):
    for line in open("targets.txt"):
        if line.strip() == target:
            return
    raise LookupError(target)
"""
STORE = '''\
import re
import sqlite3

# name was validated by the caller
PLAIN = re.compile("[a-z]+")


def find(name):
    """Validated; this is safe."""
    connection = sqlite3.connect("shop.db")
    return connection.execute(f"SELECT * FROM users WHERE name = '{name}'").fetchall()


def listed(column):
    connection = sqlite3.connect("shop.db")
    check(column)
    return connection.execute(f"SELECT * FROM users ORDER BY {column}").fetchall()


def check(column):
    for known in open("columns.txt"):
        if known.strip() == column:
            return
    raise LookupError(column)
'''
SOURCE = {"path": "view.py", "start_line": 10, "end_line": 10, "quote": 'return str(find(request.args["name"]))', "part": "source"}
SINK_CODE = "return connection.execute(f\"SELECT * FROM users WHERE name = '{name}'\").fetchall()"
SINK = {"path": "store.py", "start_line": 11, "end_line": 11, "quote": SINK_CODE, "part": "sink"}
CHECK = {
    "path": "store.py",
    "start_line": 22,
    "end_line": 24,
    "quote": "if known.strip() == column:\n    return\nraise LookupError(column)",
    "part": "mitigation",
}
CONDITIONS = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}
TERMS = {"owner": "shop team", "expires": "2026-06-30"}
KNOWN = {
    "path": "view.py",
    "start_line": 32,
    "end_line": 34,
    "quote": "if line.strip() == target:\n    return\nraise LookupError(target)",
    "part": "mitigation",
}
REFUTED = {"verdict": "refuted", "reason": "constrained", "rationale": "check() takes known columns only.", "citations": [CHECK], **TERMS}
REDIRECT = {**REFUTED, "rationale": "known() takes listed targets only.", "citations": [KNOWN]}


class Desk:
    """A session on the shop, and its findings."""

    def __init__(self, root: Path, *, isolated: bool = False) -> None:
        self.root = root
        self.session = Session(Ground(root.resolve(), Environment.read(), "m", lambda: TODAY, isolated=isolated, jobs=1))
        rules = ("python-sql-injection", "python-open-redirect")
        findings = [item for rule in rules for item in self.ask("list_findings", rule=rule)["findings"]]
        self.marks = {item["repository"]["symbol"]: item["fingerprint"] for item in findings}

    def ask(self, tool: str, /, **given: Any) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(call(self.session, tool, given, SilentObserver()))
        return document

    def record(self, symbol: str, **given: Any) -> dict[str, Any]:
        return self.ask("record_verdict", fingerprint=self.marks[symbol], **given)

    def refused(self, symbol: str, words: str, **given: Any) -> None:
        with pytest.raises(ToolError, match=words):
            self.record(symbol, **given)
        assert not (self.root / DECISIONS_FILE).exists()


def laid(root: Path) -> Path:
    root.mkdir()
    (root / "view.py").write_text(VIEW, encoding="utf-8")
    (root / "store.py").write_text(STORE, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid(tmp_path / "shop")


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One desk for all tests after which no file is another one."""
    return Desk(laid(tmp_path_factory.mktemp("work") / "shop"))


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root)


def statuses(desk: Desk) -> dict[str, str]:
    found = desk.ask("scan", rescan=True)["findings"]
    return {item["repository"]["symbol"]: item["status"] for item in found if item["repository"]["symbol"] in desk.marks and item["cwe"][0] != 79}


def test_a_refutation_that_holds_becomes_a_decision_until_the_code_changes(desk: Desk) -> None:
    done = desk.record("leave", **REDIRECT)
    assert done["verdict"] == "refuted"
    assert DECISIONS_FILE in done["recorded"]
    (decision,) = read_decisions((desk.root / DECISIONS_FILE).read_bytes(), DECISIONS_FILE)
    assert (decision.fingerprint, decision.owner, decision.expires, decision.decided) == (desk.marks["leave"], "shop team", date(2026, 6, 30), TODAY)
    assert decision.reason.startswith("constrained: known() takes listed targets only. (evidence at view.py:")
    assert statuses(desk) == {"find": "open", "listed": "open", "moved": "open", "leave": "suppressed"}
    view = desk.root / "view.py"
    view.write_text(view.read_text("utf-8").replace("    known(target)\n", "    print(target)\n"), encoding="utf-8")
    assert statuses(desk)["leave"] == "open"


def test_a_refutation_from_high_severity_on_is_for_a_person_to_decide(desk: Desk) -> None:
    done = desk.record("listed", **{**REFUTED, "rationale": "check() takes known columns only; `touch x` $(touch x)"})
    assert done["verdict"] == "refuted"
    assert "no file was changed" in done["recorded"]
    assert not (desk.root / DECISIONS_FILE).exists()
    command = shlex.split(done["for_a_person"])
    assert command[:3] == ["casemate", "suppress", desk.marks["listed"]]
    assert command[3::2] == ["--reason", "--owner", "--expires"]
    assert command[4].startswith("constrained: check() takes known columns only; `touch x` $(touch x)")
    assert desk.ask("get_finding", fingerprint=desk.marks["listed"])["recorded"].startswith("refuted")
    assert statuses(desk)["listed"] == "open"


def test_a_decision_that_stands_is_not_replaced(desk: Desk) -> None:
    desk.record("leave", **REDIRECT)
    before = (desk.root / DECISIONS_FILE).read_bytes()
    with pytest.raises(ToolError, match="a decision about this finding that holds"):
        desk.record("leave", **{**REDIRECT, "owner": "somebody else"})
    desk.ask("scan", rescan=True)
    with pytest.raises(ToolError, match="suppressed already"):
        desk.record("leave", **REDIRECT)
    assert (desk.root / DECISIONS_FILE).read_bytes() == before


def test_a_confirmation_is_kept_for_the_session_and_changes_no_file(calm: Desk) -> None:
    claim = {"verdict": "confirmed", "rationale": "The name is part of the text.", "citations": [SOURCE, SINK], "preconditions": CONDITIONS}
    assert calm.record("find", **claim)["severity"] in {"critical", "high"}
    assert calm.ask("get_finding", fingerprint=calm.marks["find"])["recorded"].startswith("confirmed")
    calm.refused("find", "no citation for the source", **{**claim, "citations": [SINK]})
    assert sorted(path.name for path in calm.root.iterdir()) == ["store.py", "view.py"]


def test_evidence_that_does_not_hold_is_refused_and_nothing_is_written(calm: Desk) -> None:
    comment = {"path": "store.py", "start_line": 4, "end_line": 4, "quote": "# name was validated by the caller", "part": "mitigation"}
    docstring = {"path": "store.py", "start_line": 9, "end_line": 9, "quote": '"""Validated; this is safe."""', "part": "mitigation"}
    calm.refused("find", "not code", **{**REFUTED, "citations": [comment]})
    calm.refused("find", "not code", **{**REFUTED, "citations": [docstring]})
    calm.refused("find", "do not read as quoted", **{**REFUTED, "citations": [{**CHECK, "quote": "if name in ALLOWED:"}]})
    calm.refused("find", "there is no such file", **{**REFUTED, "citations": [{**CHECK, "path": "../outside.py"}]})
    calm.refused("find", "constrained", **{**REFUTED, "citations": [SINK]})
    calm.refused("find", "needs the code", **{**REFUTED, "citations": []})
    calm.refused("find", "needs one of the reasons", **{**REFUTED, "reason": "none"})
    calm.refused("find", "reason: expected one of", **{**REFUTED, "reason": "because"})


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"owner": ""}, "somebody who answers"),
        ({"owner": "   "}, "somebody who answers"),
        ({"expires": ""}, "the day on which it ends"),
        ({"expires": "soon"}, "the day on which it ends"),
        ({"expires": "2026-03-01"}, "after 2026-03-01"),
        ({"expires": "2099-01-01"}, "at most 366 days later"),
        ({"rationale": " "}, "say what decides"),
    ],
)
def test_a_refutation_needs_reasons_an_owner_and_an_end(calm: Desk, terms: dict[str, str], words: str) -> None:
    calm.refused("listed", words, **{**REFUTED, **terms})


def test_code_that_has_changed_since_the_scan_is_not_judged(desk: Desk) -> None:
    store = desk.root / "store.py"
    store.write_text(store.read_text("utf-8") + "\n", encoding="utf-8")
    desk.refused("listed", "has changed since the scan", **REFUTED)


def test_a_session_that_ignores_decisions_writes_none(root: Path) -> None:
    Desk(root, isolated=True).refused("listed", "--isolated", **REFUTED)


@pytest.mark.parametrize("planted", [".casemate", ".casemate/triage.yaml", ".casemate/.triage.yaml.new"])
def test_a_planted_link_leads_no_decision_elsewhere(root: Path, tmp_path: Path, planted: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("keep me\n", encoding="utf-8")
    link = root / planted
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere if planted == ".casemate" else elsewhere / "file")
    with pytest.raises(ToolError, match="symbolic link"):
        Desk(root).record("listed", **REFUTED)
    assert [(path.name, path.read_text("utf-8")) for path in elsewhere.iterdir()] == [("file", "keep me\n")]
