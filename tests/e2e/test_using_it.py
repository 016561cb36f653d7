"""Using the command as a person would: each promise of the README, once, end to end."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Casemate

PASSWORD = "kV9z" + "Qm2LrT8w"
SETTINGS = f'DATABASE_URL = "postgres://shop:{PASSWORD}@db.internal.net:5432/shop"\n'
VIEW = """\
import sqlite3

from flask import Flask, request

from store import find

app = Flask(__name__)


@app.route("/users")
def users():
    return str(find(request.args["name"]))
"""
STORE = """\
import sqlite3


def find(name):
    connection = sqlite3.connect("shop.db")
    return connection.execute(f"SELECT * FROM users WHERE name = '{name}'").fetchall()
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "view.py").write_text(VIEW, encoding="utf-8")
    (root / "store.py").write_text(STORE, encoding="utf-8")
    (root / "settings.py").write_text(SETTINGS, encoding="utf-8")
    return root


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def report_of(text: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def test_a_flow_through_two_files_is_found_and_told_step_by_step(casemate: Casemate, shop: Path) -> None:
    done = casemate("scan", shop, "-f", "json")
    assert done.returncode == 1
    finding = next(item for item in report_of(done.stdout)["findings"] if item["rule_id"] == "python-sql-injection")
    assert finding["path"] == "store.py"
    assert finding["trace"]["steps"][0]["path"] == "view.py"
    assert finding["symbol"] == "find"


def test_the_same_scan_prints_the_same_bytes_whatever_the_number_of_processes(casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    outputs = []
    for number, jobs in enumerate(("1", "2", "2")):
        names = [tmp_path / f"{number}.{ending}" for ending in ("sarif", "json", "txt")]
        casemate("scan", shop, "-q", "-j", jobs, *(part for name in names for part in ("-o", name)), env={"PYTHONHASHSEED": str(number)})
        outputs.append([name.read_bytes() for name in names])
    assert outputs[0] == outputs[1] == outputs[2]


def test_reports_written_into_the_scanned_tree_do_not_change_the_next_scan(casemate: Casemate, shop: Path) -> None:
    report = shop / "report.sarif"
    casemate("scan", shop, "-q", "-o", report)
    first = report.read_bytes()
    casemate("scan", shop, "-q", "-o", report)
    assert report.read_bytes() == first


@pytest.mark.parametrize("shape", ["terminal", "json", "sarif"])
def test_a_secret_is_masked_in_every_output(casemate: Casemate, shop: Path, shape: str) -> None:
    done = casemate("scan", shop, "-f", shape, "-v", "--min-confidence", "low")
    assert "secret-database-url" in done.stdout
    assert PASSWORD not in done.stdout + done.stderr


def test_a_suppression_with_a_reason_silences_and_is_remembered(casemate: Casemate, shop: Path) -> None:
    (shop / "settings.py").write_text(SETTINGS.rstrip("\n") + "  # casemate: ignore[secret-database-url] local test database\n", encoding="utf-8")
    findings = report_of(casemate("scan", shop, "-f", "json").stdout)["findings"]
    (secret,) = [item for item in findings if item["rule_id"] == "secret-database-url"]
    assert secret["suppression"]["justification"] == "local test database"


def test_an_unused_suppression_is_told(casemate: Casemate, shop: Path) -> None:
    (shop / "clean.py").write_text("x = 1  # casemate: ignore[python-sql-injection] left over\n", encoding="utf-8")
    problems = report_of(casemate("scan", shop, "-f", "json").stdout)["problems"]
    assert any("unused suppression" in item["message"] and item["subject"] == "clean.py:1" for item in problems)


def test_a_revision_is_scanned_without_touching_the_work_tree(casemate: Casemate, shop: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "one")
    (shop / "store.py").write_text("def find(name):\n    return name\n", encoding="utf-8")
    (shop / "untracked.py").write_text(SETTINGS, encoding="utf-8")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in shop.iterdir() if path.name != ".git")
    done = casemate("scan", shop, "--rev", "HEAD", "-f", "json")
    report = report_of(done.stdout)
    assert {"store.py", "settings.py"} <= {item["path"] for item in report["findings"]}
    assert "untracked.py" not in {item["path"] for item in report["findings"]}
    assert report["provenance"]["revision"]
    assert sorted((path.name, path.stat().st_mtime_ns) for path in shop.iterdir() if path.name != ".git") == before


def test_a_revision_that_does_not_exist_is_one_clear_line(casemate: Casemate, shop: Path) -> None:
    git(shop, "init", "-q")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "one")
    for revision in ("no-such-branch", "--upload-pack=touch x"):
        done = casemate("scan", shop, f"--rev={revision}")
        assert done.returncode == 2
        assert done.stderr.count("casemate: error:") == 1


def test_a_repository_with_hostile_configuration_and_hooks_runs_nothing(casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    git(shop, "init", "-q")
    git(shop, "add", "-A")
    git(shop, "commit", "-q", "-m", "one")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        path = shop / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
        path.chmod(0o755)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "core.editor", "alias.ls-files", "credential.helper"):
        git(shop, "config", key, f"touch {marker}")
    (shop / "bare").mkdir()
    git(shop / "bare", "init", "-q", "--bare")
    assert casemate("scan", shop, "-q").returncode == 1
    assert casemate("scan", shop, "-q", "--rev", "HEAD").returncode == 1
    assert not marker.exists()


def test_semgrep_rules_of_the_user_are_run_and_a_broken_one_is_never_silence(casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    rule = "rules:\n- id: no-fetchall\n  languages: [python]\n  severity: ERROR\n  message: no fetchall\n  pattern: {}\n"
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(rule.format("$X.fetchall()"), encoding="utf-8")
    bad.write_text(rule.format('"foo(((("'), encoding="utf-8")
    done = casemate("scan", shop, "-f", "json", "--semgrep-config", good)
    assert "no-fetchall" in {item["rule_id"] for item in report_of(done.stdout)["findings"]}
    done = casemate("scan", shop, "-f", "json", "--semgrep-config", bad)
    assert done.returncode == 4
    assert not report_of(done.stdout)["complete"]
    assert "no-fetchall" in done.stderr


def test_colour_is_for_terminals_and_no_color_is_honoured(casemate: Casemate, shop: Path) -> None:
    assert "\x1b[" not in casemate("scan", shop).stdout
    assert "\x1b[" in casemate("scan", shop, "--color", "always").stdout
    assert "\x1b[" in casemate("scan", shop, env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b[" not in casemate("scan", shop, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_quiet_with_a_file_prints_nothing(casemate: Casemate, shop: Path, tmp_path: Path) -> None:
    done = casemate("scan", shop, "-q", "-o", tmp_path / "out.json", "--exit-zero")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_thresholds_decide_the_exit_code(casemate: Casemate, shop: Path) -> None:
    assert casemate("scan", shop, "-q", "--fail-on", "never").returncode == 0
    assert casemate("scan", shop, "-q", "--exit-zero").returncode == 0
    assert casemate("scan", shop, "-q", "--min-severity", "critical", "--disable", "python-sql-injection").returncode == 0


def test_engines_and_languages_can_be_chosen(casemate: Casemate, shop: Path) -> None:
    only = report_of(casemate("scan", shop, "-f", "json", "--engines", "secrets").stdout)
    assert [engine["engine"] for engine in only["coverage"]["engines"]] == ["secrets"]
    (shop / "app.js").write_text("eval(x)\n", encoding="utf-8")
    chosen = report_of(casemate("scan", shop, "-f", "json", "--languages", "python").stdout)
    assert {"app.js": "language"}.items() <= {item["path"]: item["reason"] for item in chosen["coverage"]["skipped"]}.items()


def test_a_single_file_is_scanned_and_named_relative_to_its_directory(casemate: Casemate, shop: Path) -> None:
    report = report_of(casemate("scan", shop / "settings.py", "-f", "json", "--min-confidence", "low").stdout)
    assert {item["path"] for item in report["findings"]} == {"settings.py"}
    assert report["coverage"]["files"] == 1


def test_no_secret_of_the_environment_reaches_a_report(casemate: Casemate, shop: Path) -> None:
    done = casemate("scan", shop, "-f", "json", env={"ANTHROPIC_API_KEY": "sk-ant-api03-" + "x" * 40, **os.environ})
    assert "sk-ant-api03" not in done.stdout + done.stderr


def test_doctor_says_that_all_is_well_and_never_shows_a_key(casemate: Casemate) -> None:
    done = casemate("doctor", env={"ANTHROPIC_API_KEY": "sk-ant-api03-" + "x" * 40})
    assert done.returncode == 0, done.stdout
    assert "sk-ant" not in done.stdout
    for part in ("git", "parsers", "rules", "secrets", "semgrep", "taint"):
        assert part in done.stdout


def test_rules_are_listed_explained_and_a_wrong_name_is_helped(casemate: Casemate) -> None:
    listed = casemate("rules", "list")
    assert listed.returncode == 0
    assert "python-sql-injection" in listed.stdout
    shown = casemate("rules", "show", "python-sql-injection")
    assert "How to fix it" in shown.stdout
    wrong = casemate("rules", "show", "python-sql-injektion")
    assert wrong.returncode == 2
    assert "did you mean python-sql-injection?" in wrong.stderr


def test_own_rules_are_tested_and_a_failing_case_is_named(casemate: Casemate, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "secrets"
    folder.mkdir(parents=True)
    text = """\
rules:
  - id: own-token
    title: Token of our own service
    cwe: [CWE-798]
    severity: high
    precision: high
    message: A token of our own service stands here.
    help: It opens the service to whoever reads the repository.
    remediation: Take it from the environment.
    keywords: [own_]
    pattern: '(?P<secret>own_[a-z0-9]{16})'
    cases:
      vulnerable: ['token = "own_·a8f3k2m9x7q1z5w4"']
      safe: ['token = "own_·b7c2n4v8r6t1y3p9"']
"""
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    done = casemate("rules", "test", tmp_path / "own")
    assert done.returncode == 1
    assert "the safe case is found" in done.stdout
    assert "1 of 2 cases pass" in done.stderr
