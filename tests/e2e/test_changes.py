"""Scanning a change: what it brings is told and counted, on git histories as teams have them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Casemate

VIEW = """\
from flask import Flask, request

from rules import clean
from store import find

app = Flask(__name__)


@app.route("/users")
def users():
    return {"rows": find(clean(request.args["name"]))}
"""
RULES = """\
def clean(name):
    return str(int(name))
"""
STORE = """\
import sqlite3


def find(name):
    connection = sqlite3.connect("shop.db")
    return connection.execute(f"SELECT * FROM users WHERE name = '{name}'").fetchall()
"""
HOLE = """\
import os

from flask import Blueprint, request

tools = Blueprint("tools", __name__)


@tools.route("/ping")
def ping():
    host = request.args["host"]
    os.system("ping -c 1 " + host)
    return "done"
"""


class Repository:
    """A repository of its own, with helpers for what people do to one."""

    def __init__(self, root: Path, casemate: Casemate) -> None:
        self.root = root
        self._casemate = casemate
        root.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *identity, *arguments], cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.root / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(path.suffix or ".py").write_text(text, encoding="utf-8")

    def commit(self, message: str = "a change") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def compare(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        done = self._casemate("scan", "--engines", "taint,secrets", "-f", "json", *arguments, cwd=self.root)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def repository(tmp_path: Path, casemate: Casemate) -> Repository:
    made = Repository(tmp_path / "shop", casemate)
    made.write(view=VIEW, rules=RULES, store=STORE, tools=HOLE)
    made.commit("the shop")
    made.git("checkout", "--quiet", "-b", "feature")
    return made


def states(report: dict[str, Any]) -> dict[tuple[str, str], str]:
    """By path and rule; what a stranger's call of `find` could do is there throughout, and left out."""
    return {(item["path"], item["rule_id"]): item["state"] for item in report["findings"] if item["trust"] != "library"}


def mark_of(report: dict[str, Any], path: str) -> str:
    marks: list[str] = [item["fingerprint"] for item in report["findings"] if item["path"] == path]
    assert len(marks) == 1
    return marks[0]


def test_a_change_two_files_away_that_opens_a_flow_into_an_unchanged_file_is_new(repository: Repository) -> None:
    repository.write(rules="def clean(name):\n    return name.strip()\n")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report) == {("store.py", "python-sql-injection"): "new", ("tools.py", "python-command-injection"): "persisting"}
    assert (code, report["gate"]["failing"]) == (1, 1)


def test_what_was_there_before_does_not_fail_a_change(repository: Repository) -> None:
    repository.write(other="print('hello')\n")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report) == {("tools.py", "python-command-injection"): "persisting"}
    assert (code, report["gate"]["failing"]) == (0, 0)


def test_a_finding_whose_lines_move_persists(repository: Repository) -> None:
    repository.write(tools=HOLE.replace("import os\n", 'import os\n\n# A line.\n\nTITLE = "Tools"\n'))
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report) == {("tools.py", "python-command-injection"): "persisting"}
    assert code == 0


def test_reformatting_brings_nothing_new(repository: Repository) -> None:
    repository.write(tools=HOLE.replace('os.system("ping -c 1 " + host)', 'os.system(\n        "ping -c 1 "\n        + host\n    )'))
    repository.commit()
    assert states(repository.compare("--diff", "main")[1]) == {("tools.py", "python-command-injection"): "persisting"}


def test_a_file_that_is_renamed_takes_its_findings_along(repository: Repository) -> None:
    repository.git("mv", "tools.py", "network.py")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report) == {("network.py", "python-command-injection"): "moved"}
    assert (code, report["fixed"]) == (0, [])


def test_a_function_that_is_moved_to_another_file_takes_its_finding_along(repository: Repository) -> None:
    head, _, function = HOLE.partition("\n\n@tools")
    repository.write(tools="TITLE = 'Tools'\n", network=head + "\n\n@tools" + function)
    repository.commit()
    assert states(repository.compare("--diff", "main")[1]) == {("network.py", "python-command-injection"): "moved"}


def test_a_function_that_gets_another_name_keeps_its_finding(repository: Repository) -> None:
    repository.write(tools=HOLE.replace("def ping", "def reach"))
    repository.commit()
    assert states(repository.compare("--diff", "main")[1]) == {("tools.py", "python-command-injection"): "moved"}


def test_a_second_hole_like_the_first_is_new(repository: Repository) -> None:
    repository.write(again=HOLE.replace("ping", "pong"))
    repository.commit()
    found = states(repository.compare("--diff", "main")[1])
    assert found == {("tools.py", "python-command-injection"): "persisting", ("again.py", "python-command-injection"): "new"}


def test_a_copy_is_new_where_the_original_stays(repository: Repository) -> None:
    repository.write(again=HOLE)
    repository.commit()
    found = states(repository.compare("--diff", "main")[1])
    assert found == {("tools.py", "python-command-injection"): "persisting", ("again.py", "python-command-injection"): "new"}


def test_what_is_mended_is_told_as_fixed(repository: Repository) -> None:
    repository.write(tools=HOLE.replace('os.system("ping -c 1 " + host)', "print(host)"))
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert [(item["path"], item["rule_id"], item["state"]) for item in report["fixed"]] == [("tools.py", "python-command-injection", "fixed")]
    assert (code, states(report)) == (0, {})


def test_commits_that_the_base_has_made_since_are_not_the_branchs(repository: Repository) -> None:
    repository.write(other="print('hello')\n")
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write(late=HOLE.replace("ping", "trace"))
    repository.commit("main moves on")
    repository.git("checkout", "--quiet", "feature")
    assert states(repository.compare("--diff", "main")[1]) == {("tools.py", "python-command-injection"): "persisting"}
    repository.git("rebase", "--quiet", "main")
    found = states(repository.compare("--diff", "main")[1])
    assert set(found.values()) == {"persisting"}
    assert len(found) == 2


def test_changes_that_are_not_committed_count(repository: Repository) -> None:
    repository.write(again=HOLE.replace("ping", "pong"))
    assert states(repository.compare("--diff", "main")[1])["again.py", "python-command-injection"] == "new"


def test_a_finding_where_one_scan_could_not_look_is_unknown(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    repository.write(large=HOLE + "# " + "x" * 1_600_000 + "\n")
    repository.commit("too large to be looked at")
    repository.git("checkout", "--quiet", "-B", "feature")
    repository.write(large=HOLE.replace("ping", "reach"))
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report)["large.py", "python-command-injection"] == "unknown"
    assert code == 1


def test_a_finding_in_a_file_that_is_no_longer_looked_at_is_not_called_fixed(repository: Repository) -> None:
    repository.write(tools=HOLE + "# " + "x" * 1_600_000 + "\n")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert code == 4
    assert [(item["path"], item["state"]) for item in report["fixed"]] == [("tools.py", "unknown")]


def test_a_change_cannot_silence_itself_with_a_comment(repository: Repository) -> None:
    line = 'os.system("ping -c 1 " + host)'
    repository.write(again=HOLE.replace(line, f"{line}  # casemate: ignore[python-command-injection] trust me").replace("ping", "pong"))
    repository.commit()
    code, report = repository.compare("--diff", "main")
    found = {(item["path"], item["state"], item["status"]) for item in report["findings"]}
    assert ("again.py", "new", "open") in found
    assert code == 1
    assert any(item["subject"].startswith("again.py:") and "silences nothing" in item["message"] for item in report["problems"])


def test_a_change_is_judged_by_the_settings_of_its_base(repository: Repository) -> None:
    repository.write(again=HOLE.replace("ping", "pong"))
    (repository.root / "casemate.toml").write_text('disable = ["python-command-injection"]\nexclude = ["again.py"]\nfail-on = "never"\n', "utf-8")
    (repository.root / ".casemateignore").write_text("again.py\n", "utf-8")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert states(report)["again.py", "python-command-injection"] == "new"
    assert code == 1
    told = {item["subject"] for item in report["problems"]}
    assert told == {"casemate.toml", ".casemateignore"}


def test_a_change_is_judged_by_the_decisions_of_its_base(repository: Repository, casemate: Casemate) -> None:
    repository.write(again=HOLE.replace("ping", "pong"))
    repository.commit()
    mark = next(item["fingerprint"] for item in repository.compare("--diff", "main")[1]["findings"] if item["state"] == "new")
    done = casemate("suppress", mark, "--reason", "internal", "--owner", "me", cwd=repository.root)
    assert done.returncode == 0, done.stderr
    repository.commit("and silence it")
    code, report = repository.compare("--diff", "main")
    assert (code, report["gate"]["failing"]) == (1, 1)
    assert repository.compare()[1]["summary"]["suppressed"] == 1


def test_a_base_that_is_not_there_is_one_clear_line(repository: Repository, casemate: Casemate) -> None:
    done = casemate("scan", "--diff", "nowhere", cwd=repository.root)
    assert done.returncode == 2
    first, hint = done.stderr.splitlines()
    assert first == f"casemate: error: no commit is called nowhere in {repository.root}"
    assert hint == "  hint: there are feature, main; a branch of a server has to be fetched first"


@pytest.mark.parametrize("name", ["mian", "maiN", "origin/main"])
def test_a_base_that_is_nearly_right_brings_the_right_one_to_mind(repository: Repository, casemate: Casemate, name: str) -> None:
    done = casemate("scan", "--diff", name, cwd=repository.root)
    assert (done.returncode, done.stderr.splitlines()[1]) == (2, "  hint: did you mean main?")


def test_a_base_before_the_first_commit_is_not_taken_for_a_branch(repository: Repository, casemate: Casemate) -> None:
    done = casemate("scan", "--diff", "HEAD~5", cwd=repository.root)
    assert (done.returncode, "its history does not reach that far back" in done.stderr) == (2, True)


def test_a_branch_that_only_the_server_has_is_named_in_full(repository: Repository, casemate: Casemate, tmp_path: Path) -> None:
    repository.git("branch", "release")
    repository.git("clone", "--quiet", str(repository.root), str(tmp_path / "clone"))
    done = casemate("scan", "--diff", "release", cwd=tmp_path / "clone")
    assert "hint: did you mean origin/release?" in done.stderr


def test_a_shallow_clone_is_told_to_fetch_its_history(repository: Repository, casemate: Casemate, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    done = casemate("scan", "--diff", "main", cwd=tmp_path / "shallow")
    assert done.returncode == 2
    assert "this clone is shallow" in done.stderr
    assert "fetch-depth: 0" in done.stderr


def test_a_baseline_file_serves_where_there_is_no_history(repository: Repository, casemate: Casemate) -> None:
    assert casemate("baseline", cwd=repository.root).returncode == 0
    repository.write(again=HOLE.replace("ping", "pong"))
    code, report = repository.compare("--baseline", ".casemate/baseline.json")
    assert states(report) == {("tools.py", "python-command-injection"): "persisting", ("again.py", "python-command-injection"): "new"}
    assert (code, report["compared"]) == (1, "baseline.json")


def test_a_decision_ends_when_the_code_it_rests_on_changes(repository: Repository, casemate: Casemate) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    done = casemate("suppress", mark[:10], "--reason", "only for administrators", "--owner", "ops", cwd=repository.root)
    assert done.returncode == 0, done.stderr
    silenced = next(item for item in repository.compare()[1]["findings"] if item["fingerprint"] == mark)
    assert (silenced["status"], silenced["suppression"]["justification"].startswith("only for administrators (ops, ")) == ("suppressed", True)
    repository.write(tools=HOLE.replace('host = request.args["host"]', 'host = request.args["host"] or "localhost"'))
    report = repository.compare()[1]
    assert next(item for item in report["findings"] if item["fingerprint"] == mark)["status"] == "open"
    assert [item["message"] for item in report["problems"]] == [
        "the code that the suppression of python-command-injection at tools.py:11 rests on has changed; the finding is open again"
    ]
    listed = casemate("suppressions", "--check", cwd=repository.root)
    assert (listed.returncode, listed.stdout.split()[0]) == (1, "changed")


HOSTS = """\
def allowed(host):
    return _short(host)


def _short(host):
    return len(host) < 20
"""


def test_a_decision_ends_when_a_guard_in_another_file_changes(repository: Repository, casemate: Casemate) -> None:
    guarded = HOLE.replace("    os.system", "    if not allowed(host):\n        return\n    os.system")
    repository.write(tools=guarded.replace("import os\n", "import os\n\nfrom hosts import allowed\n"), hosts=HOSTS)
    mark = mark_of(repository.compare()[1], "tools.py")
    done = casemate("suppress", mark, "--reason", "short names only", "--owner", "ops", cwd=repository.root)
    assert done.returncode == 0, done.stderr

    def status(*paths: str) -> str:
        return str(next(item for item in repository.compare(*paths)[1]["findings"] if item["fingerprint"] == mark)["status"])

    assert (status(), status("tools.py")) == ("suppressed", "suppressed")
    repository.write(hosts=HOSTS.replace("len(host) < 20", "True"))
    assert status() == "open"
    listed = casemate("suppressions", cwd=repository.root)
    assert listed.stdout.startswith("changed ")


def test_decisions_about_what_is_gone_are_pruned(repository: Repository, casemate: Casemate) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    casemate("suppress", mark, "--reason", "only for administrators", "--owner", "ops", cwd=repository.root)
    repository.write(tools="print('nothing')\n")
    assert casemate("suppressions", cwd=repository.root).stdout.split()[0] == "gone"
    assert casemate("suppressions", "--prune", cwd=repository.root).returncode == 0
    assert casemate("suppressions", cwd=repository.root).stderr == "no decisions\n"


def test_pruning_from_a_part_of_the_code_is_refused_and_keeps_every_decision(repository: Repository, casemate: Casemate) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    casemate("suppress", mark, "--reason", "only for administrators", "--owner", "ops", cwd=repository.root)
    (repository.root / "docs").mkdir()
    for arguments, place in (["docs"], repository.root), ([], repository.root / "docs"), (["view.py", "docs"], repository.root):
        done = casemate("suppressions", *arguments, "--prune", cwd=place)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"--prune looks at all of {repository.root}, not at" in done.stderr
    assert casemate("suppressions", cwd=repository.root).stdout.startswith("holds ")


def test_a_decision_about_code_that_was_left_out_is_not_called_gone(repository: Repository, casemate: Casemate) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    casemate("suppress", mark, "--reason", "only for administrators", "--owner", "ops", cwd=repository.root)
    (repository.root / "casemate.toml").write_text('exclude = ["tools.py"]\n', "utf-8")
    assert casemate("suppressions", "--prune", cwd=repository.root).stdout.startswith("unseen ")
    (repository.root / "casemate.toml").unlink()
    assert casemate("suppressions", cwd=repository.root).stdout.startswith("holds ")


def test_a_part_of_the_code_shows_the_decisions_about_it(repository: Repository, casemate: Casemate) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    casemate("suppress", mark, "--reason", "only for administrators", "--owner", "ops", cwd=repository.root)
    assert casemate("suppressions", "--check", "tools.py", cwd=repository.root).stdout.startswith("holds ")
    done = casemate("suppressions", "--check", "view.py", cwd=repository.root)
    assert (done.returncode, done.stderr) == (0, "no decisions\n")


def test_a_planted_link_leads_the_decisions_nowhere(repository: Repository, casemate: Casemate, tmp_path: Path) -> None:
    mark = mark_of(repository.compare()[1], "tools.py")
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository.root / ".casemate").symlink_to(outside)
    done = casemate("suppress", mark, "--reason", "x", "--owner", "y", cwd=repository.root)
    assert (done.returncode, list(outside.iterdir())) == (2, [])
    assert "symbolic link" in done.stderr


HIDING = {
    "a virtual environment": {"api/pyvenv.cfg": ""},
    "a bare repository": {"api/HEAD": "ref: refs/heads/main\n", "api/objects/x": "", "api/refs/x": ""},
    "generated": {"api/tools.py": "# @generated\n" + HOLE.replace("ping", "trace")},
    "vendored": {"third_party/tools.py": HOLE.replace("ping", "trace")},
}


@pytest.mark.parametrize("way", list(HIDING))
def test_a_change_cannot_hide_its_own_files(repository: Repository, way: str) -> None:
    files = {"api/tools.py": HOLE.replace("ping", "trace"), **HIDING[way]} if way != "vendored" else HIDING[way]
    for name, text in files.items():
        path = repository.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert code == 1
    assert "new" in {state for (path, _), state in states(report).items() if path.endswith("/tools.py")}


def test_code_that_a_change_makes_too_large_leaves_the_scan_incomplete(repository: Repository) -> None:
    repository.write(tools=HOLE.replace("ping", "trace") + "# " + "x" * 1_600_000 + "\n")
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert (code, report["complete"]) == (4, False)


def test_a_branch_from_an_old_commit_meets_the_rules_of_today(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "main")
    (repository.root / "casemate.toml").write_text('disable = ["python-command-injection"]\n', "utf-8")
    repository.commit("lax")
    repository.git("checkout", "--quiet", "-B", "feature")
    repository.write(again=HOLE.replace("ping", "pong"))
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    (repository.root / "casemate.toml").write_text("", "utf-8")
    repository.commit("strict")
    repository.git("checkout", "--quiet", "feature")
    code, report = repository.compare("--diff", "main")
    assert (code, states(report)["again.py", "python-command-injection"]) == (1, "new")


def test_a_suppression_does_not_cover_what_becomes_reachable(repository: Repository) -> None:
    local = HOLE.replace('request.args["host"]', "sys.argv[1]").replace("import os\n", "import os\nimport sys\n")
    line = 'os.system("ping -c 1 " + host)'
    silent = local.replace(line, f"{line}  # casemate: ignore[python-command-injection] an operator types it")
    repository.git("checkout", "--quiet", "main")
    repository.write(tools=silent)
    repository.commit("local only")
    repository.git("checkout", "--quiet", "-B", "feature")
    repository.write(tools=silent.replace("sys.argv[1]", 'request.args["host"]').replace("def ping", "def reach"))
    repository.commit()
    code, report = repository.compare("--diff", "main")
    assert code == 1
    assert [item["status"] for item in report["findings"] if item["path"] == "tools.py" and item["trust"] == "remote"] == ["open"]
