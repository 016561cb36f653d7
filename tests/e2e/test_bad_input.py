"""Bad input: one clear line, the right exit code, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Casemate

SECRET_LINE = 'DATABASE_URL = "postgres://shop:{}@db.internal.net:5432/shop"\n'.format("kV9z" + "Qm2LrT8w")


def one_line(text: str) -> str:
    """The error line of standard error; there is exactly one."""
    (line,) = [line for line in text.splitlines() if line.startswith("casemate: error:")]
    assert "Traceback" not in text
    return line


def test_a_path_that_does_not_exist_is_named(casemate: Casemate) -> None:
    done = casemate("scan", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in one_line(done.stderr)
    assert not done.stdout


def test_an_empty_directory_is_not_a_clean_scan(casemate: Casemate, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = casemate("scan", "empty")
    assert done.returncode != 0
    assert "nothing" in done.stdout + done.stderr


def test_a_directory_whose_files_are_all_left_out_is_not_a_clean_scan(casemate: Casemate, project: Path) -> None:
    done = casemate("scan", project, "--exclude", "*", "-f", "json")
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert not report["complete"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--min-severity", "huge"], "huge"),
        (["--jobs", "0"], "0"),
        (["--languages", "pyton"], "did you mean python?"),
        (["--disable", "no-such-rule"], "no-such-rule"),
        (["-o", "report.pdf"], "report.pdf"),
        (["-o", "missing/report.sarif"], "missing"),
        (["--config", "missing.toml"], "missing.toml"),
        (["--semgrep-config", "p/ci"], "p/ci"),
        (["--semgrep-config", "https://example.com/rules.yaml"], "network"),
        (["--rules", "missing"], "missing"),
        (["--rev", "HEAD"], "git"),
        (["--no-such-flag"], "--no-such-flag"),
    ],
)
def test_a_wrong_flag_is_usage_and_says_what_to_do(casemate: Casemate, project: Path, arguments: list[str], words: str) -> None:
    done = casemate("scan", project, *arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_a_wrong_settings_key_is_named_with_its_line_and_a_suggestion(casemate: Casemate, project: Path) -> None:
    (project / "casemate.toml").write_text('exclude = ["a"]\nmin-severty = "high"\nstrict = "yes"\n', encoding="utf-8")
    done = casemate("scan", project)
    assert done.returncode == 2
    assert "casemate.toml:2: min-severty: there is no such setting (did you mean min-severity?)" in done.stderr
    assert "casemate.toml:3: strict: expected true or false" in done.stderr


def test_isolated_reads_no_settings(casemate: Casemate, project: Path) -> None:
    (project / "casemate.toml").write_text('exclude = ["*"]\n', encoding="utf-8")
    assert casemate("scan", project).returncode == 4
    done = casemate("scan", project, "--isolated")
    assert done.returncode == 0
    assert "settings" not in done.stderr


def test_settings_in_force_are_said(casemate: Casemate, project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.casemate]\nfail-on = "low"\n', encoding="utf-8")
    assert "pyproject.toml" in casemate("scan", project).stderr


def test_a_broken_rule_file_lists_every_mistake_with_its_place(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    rules = tmp_path / "own" / "secrets"
    rules.mkdir(parents=True)
    (rules / "broken.yaml").write_text("rules:\n  - id: Bad_Id\n    severity: hgih\n", encoding="utf-8")
    done = casemate("scan", project, "--rules", tmp_path / "own")
    assert done.returncode == 2
    assert "broken.yaml:3" in done.stderr
    assert "did you mean high?" in done.stderr
    assert "Traceback" not in done.stderr


def test_invalid_utf8_deep_nesting_one_line_files_and_loops_cost_themselves_only(casemate: Casemate, project: Path) -> None:
    (project / "latin.py").write_bytes(b'name = "caf\xe9"\n')
    (project / "deep.py").write_text("(" * 100_000 + ")" * 100_000, encoding="utf-8")
    (project / "wide.py").write_text("x = 1;" * 2_000_000, encoding="utf-8")
    (project / "settings.py").write_text(SECRET_LINE, encoding="utf-8")
    (project / "loop").symlink_to(project)
    (project / "outside").symlink_to("/etc")
    os.mkfifo(project / "pipe")
    (project / "odd\nname.py").write_text(SECRET_LINE, encoding="utf-8")
    os.close(os.open(os.fsencode(project) + b"/odd\xff.py", os.O_CREAT | os.O_WRONLY))
    done = casemate("scan", project, "-f", "json", "--min-confidence", "low")
    report = json.loads(done.stdout)
    skipped = {item["path"]: item["reason"] for item in report["coverage"]["skipped"]}
    assert skipped["outside"] == "outside-root"
    assert skipped["loop"] == "symlink"
    assert skipped["pipe"] == "not-a-file"
    assert skipped["wide.py"] == "too-large"
    assert skipped["deep.py"] == "too-deep"
    assert {finding["path"] for finding in report["findings"]} >= {"settings.py"}
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_an_unwritable_report_is_refused_before_any_work(casemate: Casemate, project: Path) -> None:
    (project / "report.sarif").mkdir()
    done = casemate("scan", project, "-o", project / "report.sarif")
    assert done.returncode == 2
    assert "is a directory" in one_line(done.stderr)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here to play a full disk")  # noqa: PTH110 -- evaluated at import
def test_a_full_disk_loses_no_other_report(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    (project / "settings.py").write_text(SECRET_LINE, encoding="utf-8")
    full = tmp_path / "full.json"
    full.symlink_to("/dev/full")
    done = casemate("scan", project, "-o", full, "-o", tmp_path / "good.json", "--exit-zero")
    assert done.returncode == 2
    assert "No space left" in one_line(done.stderr)
    assert json.loads((tmp_path / "good.json").read_text("utf-8"))["findings"]
    assert "settings.py" in done.stdout


def test_a_reader_that_goes_away_is_no_failure(project: Path) -> None:
    (project / "settings.py").write_text(SECRET_LINE, encoding="utf-8")
    command = f"{sys.executable} -c 'from scanner.cli.main import main; main()' scan {project} | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_scan_ends_with_130_and_leaves_no_process_and_no_report(project: Path, tmp_path: Path, sent: signal.Signals) -> None:
    for number in range(400):
        (project / f"module{number}.py").write_text("x = [" + "1, " * 20_000 + "]\n", encoding="utf-8")
    report = tmp_path / "out.sarif"
    process = subprocess.Popen(
        [sys.executable, "-c", "from scanner.cli.main import main; main()", "scan", str(project), "-o", str(report)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.5)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert not report.exists()
    assert _alive(process.pid) == [], "a worker or an engine outlived the scan"


def _alive(session: int) -> list[str]:
    """The command lines of the processes of a session, zombies left out."""
    left: list[str] = []
    for _ in range(20):
        listing = subprocess.run(["ps", "-eo", "sid,stat,args"], capture_output=True, text=True, check=True).stdout
        rows = [line.split(None, 2) for line in listing.splitlines()[1:]]
        left = [row[2] for row in rows if len(row) == 3 and row[0] == str(session) and not row[1].startswith("Z")]
        if not left:
            return []
        time.sleep(0.1)
    return left


@pytest.mark.parametrize("mark", ["", "  ", "12ab", "python-sql-injection"])
def test_what_names_no_finding_is_refused_before_a_scan(casemate: Casemate, project: Path, mark: str) -> None:
    for arguments in ["explain", mark], ["suppress", mark, "--reason", "r", "--owner", "o"]:
        done = casemate(*arguments, cwd=project)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{mark!r} does not name a finding" in one_line(done.stderr)
        assert "casemate scan -v" in done.stderr


@pytest.mark.parametrize(("name", "text"), [("half.json", '{"schema":'), ("other.json", "[1]"), ("other.sarif", '{"a": 1}')])
def test_a_report_that_is_none_is_named(casemate: Casemate, project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    for arguments in ["report", name], ["scan", "--baseline", name], ["explain", "123456", "--report", name]:
        done = casemate(*arguments, cwd=project)
        assert done.returncode == 2, done.stderr
        assert one_line(done.stderr).startswith(f"casemate: error: {name}: not a Casemate report: ")


@pytest.mark.parametrize("command", ["triage", "eval"])
def test_asking_nobody_with_a_command_that_asks_is_said_to_make_no_sense(casemate: Casemate, project: Path, command: str) -> None:
    done = casemate(command, "anything", "--triage", "off", cwd=project)
    assert done.returncode == 2
    assert one_line(done.stderr) == f"casemate: error: --triage off leaves `casemate {command}` nothing to do: asking a model is what it is for"


@pytest.mark.parametrize("flag", ["--plan", "--batch", "--audit=there"])
def test_a_flag_that_an_evaluation_would_not_heed_is_refused(casemate: Casemate, project: Path, flag: str) -> None:
    done = casemate("eval", "anything", flag, cwd=project)
    assert done.returncode == 2
    assert "is not for evaluations" in one_line(done.stderr)


def test_an_unknown_model_is_answered_with_the_flag_that_prices_it(casemate: Casemate, project: Path) -> None:
    done = casemate("scan", project, "--plan", "--model", "some-model")
    assert done.returncode == 2
    assert "there is no price for the model 'some-model'" in one_line(done.stderr)
    (hint,) = [line for line in done.stderr.splitlines() if "hint:" in line]
    assert '--models FILE, in US dollars per million tokens: [models."some-model"] with prices' in hint


def test_the_file_that_the_hint_describes_is_one_that_is_read(casemate: Casemate, project: Path, tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text('[models."some-model"]\nlike = "claude-haiku-5-5"\n', encoding="utf-8")
    done = casemate("scan", project, "--plan", "--model", "some-model", "--models", tmp_path / "prices.toml")
    assert done.returncode == 0, done.stderr


def test_an_audit_that_cannot_be_kept_is_refused_before_any_work(casemate: Casemate, project: Path) -> None:
    env = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9"}
    done = casemate("scan", project, "--audit", project / "notes.txt" / "audit", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert one_line(done.stderr) == f"casemate: error: cannot keep the audit in {project / 'notes.txt' / 'audit'}: Not a directory"


def test_a_recording_that_cannot_be_kept_is_refused_before_an_answer_is_paid_for(casemate: Casemate, project: Path) -> None:
    env = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": "http://127.0.0.1:9"}
    done = casemate("eval", project, "--record", project / "missing" / "answers.jsonl", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no directory {project / 'missing'}" in one_line(done.stderr)


def test_an_audit_without_a_model_is_said_to_stay_empty(casemate: Casemate, project: Path) -> None:
    assert "no model is asked, so --audit keeps nothing" in casemate("scan", project, "--audit", project / "audit").stderr


def test_a_baseline_goes_into_a_file_that_will_be_read_as_one(casemate: Casemate, project: Path) -> None:
    for name in "old.sarif", "old.csv", "old.gl-sast.json", "old":
        done = casemate("baseline", "-o", name, cwd=project)
        assert (done.returncode, (project / name).exists()) == (2, False)
        assert "old" in one_line(done.stderr)


@pytest.mark.parametrize(("words", "meant"), [(["sacn"], "scan"), (["supress"], "suppress"), (["rules", "lst"], "list")])
def test_a_command_that_is_nearly_right_brings_the_right_one_to_mind(casemate: Casemate, words: list[str], meant: str) -> None:
    done = casemate(*words)
    assert (done.returncode, f"Did you mean {meant}?" in done.stderr) == (2, True)
