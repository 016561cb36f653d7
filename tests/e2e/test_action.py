"""The action's steps under a stand-in for GitHub's runner: it reads `action.yml`, fills in the inputs, and runs the step that scans."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.github_server import serve

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOLE = """\
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    os.system("ping " + request.args["host"])
    return "done"
"""
CLEAN = "print('hello')\n"
ENGINES = "--engines taint,secrets"
_INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


@dataclass
class Ran:
    """What a run of the scan step left behind."""

    code: int
    outputs: dict[str, str]
    summary: str
    log: str
    errors: str


@dataclass
class Runner:
    """A job on a machine of its own: a checkout, and the directories a runner gives to it."""

    root: Path
    temp: Path
    event: dict[str, Any] = field(default_factory=dict)
    event_name: str = "push"
    api: str = ""

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
        return subprocess.run(["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True, text=True).stdout.strip()

    def commit(self, **files: str) -> str:
        for name, text in files.items():
            (self.root / f"{name}.py").write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a change")
        return self.git("rev-parse", "HEAD")

    def pull_request(self, *, base: str, head: str, fork: bool = False) -> None:
        repositories = {"head": {"full_name": "stranger/shop" if fork else "o/r"}, "base": {"full_name": "o/r"}}
        self.event_name = "pull_request"
        self.event = {
            "pull_request": {
                "number": 7,
                "title": "::set-output name=complete::true",
                "head": {"sha": head, "ref": "$(touch pwned)", "repo": repositories["head"]},
                "base": {"sha": base, "repo": repositories["base"]},
            }
        }

    def run(self, **inputs: str) -> Ran:
        """The step that scans, with these inputs and the defaults of the others."""
        step = next(item for item in ACTION["runs"]["steps"] if item.get("id") == "scan")
        values = {name: str(spec.get("default", "")) for name, spec in ACTION["inputs"].items()}
        values |= {"token": "token-of-the-run", "args": ENGINES, **{name.replace("_", "-"): value for name, value in inputs.items()}}
        files = {name: self.temp / name for name in ("output", "summary", "event.json")}
        for path in files.values():
            path.write_text("", encoding="utf-8")
        files["event.json"].write_text(json.dumps(self.event), "utf-8")
        environment = {
            "PATH": os.environ["PATH"],
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            "GITHUB_EVENT_PATH": str(files["event.json"]),
            "GITHUB_EVENT_NAME": self.event_name,
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_API_URL": self.api,
            **{name: _INPUT.sub(lambda found: values[found[1]], text) for name, text in step["env"].items()},
        }
        done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        outputs = dict(line.split("=", 1) for line in files["output"].read_text("utf-8").splitlines())
        return Ran(done.returncode, outputs, files["summary"].read_text("utf-8"), done.stdout, done.stderr)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    root, temp = tmp_path / "checkout", tmp_path / "temp"
    root.mkdir()
    command = temp / "casemate-venv" / "bin" / "casemate"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from scanner.cli.main import main; main()" "$@"\n', "utf-8")
    command.chmod(0o755)
    made = Runner(root, temp)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


def test_a_clean_repository_is_green_and_says_so(runner: Runner) -> None:
    runner.commit(app=CLEAN)
    ran = runner.run()
    assert ran.code == 0, ran.errors
    assert ran.outputs["complete"] == "true"
    assert (ran.outputs["findings-count"], ran.outputs["exit-code"], ran.outputs["cost-usd"]) == ("0", "0", "0.0000")
    assert "## Casemate: no findings" in ran.summary
    assert Path(ran.outputs["sarif-file"]).is_file()


def test_findings_over_the_threshold_fail_with_annotations_and_counts(runner: Runner) -> None:
    runner.commit(app=HOLE)
    ran = runner.run()
    assert ran.code == 1
    counts = {name: ran.outputs[name] for name in ("findings-count", "critical-count", "high-count", "new-findings-count")}
    assert counts == {"findings-count": "1", "critical-count": "1", "high-count": "0", "new-findings-count": "1"}
    assert re.search(r"^::error .*file=app\.py,.*line=10", ran.log, re.MULTILINE)
    assert "1 finding at or over high" in ran.summary


def test_a_threshold_is_an_input(runner: Runner) -> None:
    runner.commit(app=HOLE)
    assert runner.run(fail_on="never").code == 0


def test_a_pull_request_is_compared_with_its_base_and_commented_once(runner: Runner) -> None:
    base = runner.commit(app=HOLE)
    runner.git("checkout", "--quiet", "-b", "feature")
    head = runner.commit(tools=HOLE.replace("ping", "trace"))
    runner.pull_request(base=base, head=head)
    with serve() as github:
        github.head, runner.api = head, github.base
        github.files = [{"filename": "tools.py", "status": "added", "patch": "@@ -0,0 +1,11 @@\n" + "+x\n" * 11}]
        first, second = runner.run(), runner.run()
        assert first.code == second.code == 1
        assert (first.outputs["findings-count"], first.outputs["new-findings-count"]) == ("2", "1")
        assert [item["path"] for item in github.review_comments] == ["tools.py"]
        assert len(github.issue_comments) == 1
    assert "comments: 1 added" in first.errors
    assert "comments: 0 added, 1 known" in second.errors


def test_on_a_fork_nothing_is_written_and_the_findings_are_shown_all_the_same(runner: Runner) -> None:
    base = runner.commit(app=CLEAN)
    runner.git("checkout", "--quiet", "-b", "feature")
    head = runner.commit(app=HOLE)
    runner.pull_request(base=base, head=head, fork=True)
    with serve() as github:
        github.head, runner.api, github.fork = head, github.base, True
        ran = runner.run(anthropic_api_key="")
        assert github.requests == []
        forced = runner.run(comment="on")
    assert (ran.code, ran.outputs["new-findings-count"]) == (1, "1")
    assert "::error " in ran.log
    assert "no comments: GitHub refused with 403" in forced.errors
    assert forced.code == 1


def test_without_a_key_the_summary_says_that_no_model_took_part(runner: Runner) -> None:
    runner.commit(app=HOLE)
    assert "none took part" in runner.run(anthropic_api_key="").summary


def test_a_scan_error_is_never_green_and_never_zero_findings(runner: Runner) -> None:
    runner.commit(app=HOLE)
    ran = runner.run(min_severity="severe")
    assert ran.code == 2
    assert ran.outputs == {"complete": "false", "exit-code": "2"}
    assert "the scan did not run" in ran.summary
    assert "findings-count" not in ran.outputs


def test_a_missing_base_is_one_clear_line(runner: Runner) -> None:
    head = runner.commit(app=HOLE)
    runner.pull_request(base="f" * 40, head=head)
    ran = runner.run()
    assert (ran.code, ran.outputs["complete"]) == (2, "false")
    assert "fetch-depth: 0" in ran.summary


def test_an_incomplete_scan_says_so_and_fails(runner: Runner) -> None:
    runner.commit(app=CLEAN)
    (runner.root / "deep.py").write_text("x = " + "(" * 3_000 + "1" + ")" * 3_000 + "\n", "utf-8")
    ran = runner.run()
    assert (ran.code, ran.outputs["complete"], ran.outputs["exit-code"]) == (4, "false", "4")
    assert "incomplete scan" in ran.summary


def test_an_attackers_words_become_no_workflow_command(runner: Runner) -> None:
    words = "::error file=x::pwned\\n::set-output name=complete::true"
    base = runner.commit(app=CLEAN)
    head = runner.commit(app=HOLE.replace('"ping "', f'"{words}"'))
    runner.pull_request(base=base, head=head)
    ran = runner.run(comment="off")
    before, token, after = re.split(r"::stop-commands::([0-9a-f]{32})\n", ran.log)
    quoted, _, commands = after.partition(f"::{token}::\n")
    assert before == ""
    assert "pwned" in quoted
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands.splitlines())
    assert not (runner.root / "pwned").exists()


def test_the_second_workflow_publishes_a_report_and_scans_nothing(runner: Runner, tmp_path: Path) -> None:
    base = runner.commit(app=CLEAN)
    head = runner.commit(app=HOLE)
    runner.pull_request(base=base, head=head, fork=True)
    report = tmp_path / "artifact.json"
    report.write_bytes(Path(runner.run().outputs["json-file"]).read_bytes())
    runner.event_name = "workflow_run"
    runner.event = {
        "workflow_run": {
            "head_sha": head,
            "head_branch": "feature&state=closed",
            "head_repository": {"full_name": "stranger/shop", "owner": {"login": "stranger"}},
            "repository": {"full_name": "o/r"},
        }
    }
    with serve() as github:
        github.head, runner.api = head, github.base
        github.pulls = [{"number": 6, "head": {"sha": "b" * 40}}, {"number": 7, "head": {"sha": head}}]
        github.files = [{"filename": "app.py", "status": "modified", "patch": "@@ -1 +1,11 @@\n" + "+x\n" * 11}]
        ran = runner.run(report=str(report))
        assert ran.code == 0, ran.errors
        assert [item["path"] for item in github.review_comments] == ["app.py"]
        assert github.queries["/repos/o/r/pulls"]["head"] == ["stranger:feature&state=closed"]


@pytest.mark.parametrize("text", ["{}", '{"schema": "casemate-report/2", "findings": [{"path": "../../etc/passwd"}]}', "not json", "[" * 100_000])
def test_an_artifact_that_is_no_report_of_ours_is_refused(runner: Runner, tmp_path: Path, text: str) -> None:
    runner.commit(app=CLEAN)
    report = tmp_path / "artifact.json"
    report.write_text(text, "utf-8")
    ran = runner.run(report=str(report))
    assert (ran.code, ran.outputs) == (2, {"complete": "false", "exit-code": "2"})


def test_every_input_reaches_the_scanner_and_every_output_is_written(runner: Runner) -> None:
    runner.commit(app=CLEAN)
    step = next(item for item in ACTION["runs"]["steps"] if item.get("id") == "scan")
    passed = set(_INPUT.findall(" ".join(step["env"].values())))
    others = {"upload-sarif", "category", "working-directory", "version", "python-version"}
    assert passed | others == set(ACTION["inputs"])
    assert set(runner.run().outputs) == set(ACTION["outputs"])


def test_no_expression_stands_within_a_script() -> None:
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])
