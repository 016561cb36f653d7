from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.app.fleet.job import Job, Limits, Settings, Status, Why, job_json, settings_json
from scanner.app.fleet.keeper import COMMAND, Keeper
from scanner.app.fleet.processes import can_watch
from scanner.app.fleet.targets import Target
from scanner.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIB = 1 << 20
JOB = Job(Target("/srv/shop"), Settings(), Limits(seconds=60), "0.1.0", "rules", date(2027, 1, 31))
GOOD = '{"status": "complete", "exit_code": 0, "kin": [["f", ["a"]]], "why": null}'

# A scanning process whose scans do what the target's address says, in Python. It speaks as `scanner.app.fleet.child` does.
CHILD = """\
import json, os, signal, sys, time
sys.stdin.readline()
print(json.dumps({"ready": "rules"}), flush=True)
for line in sys.stdin:
    message = json.loads(line)
    folder = message["folder"]
    pid = os.fork()
    if not pid:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.dup2(os.open(folder + "/stderr.txt", os.O_WRONLY | os.O_CREAT, 0o600), 2)
        exec(json.loads(message["job"])["target"]["address"])
        os._exit(0)
    print(json.dumps({"pid": pid}), flush=True)
    print(json.dumps({"status": os.waitpid(pid, 0)[1]}), flush=True)
"""


@pytest.fixture
def scan() -> Iterator[Callable[..., object]]:
    keeper = Keeper(JOB.settings, (sys.executable, "-c", CHILD))

    def run(code: str, **limits: int) -> object:
        return keeper.scan(replace(JOB, target=Target(textwrap.dedent(code)), limits=replace(JOB.limits, **limits)))

    yield run
    keeper.close()


def test_a_result_is_read_and_what_it_took_is_measured(scan: Callable[..., object]) -> None:
    result = scan(f"open(folder + '/result.json', 'w').write('''{GOOD}''')")
    assert replace(result, seconds=0.0, peak=0) == replace(result, status=Status.COMPLETE, kin=(("f", ("a",)),), seconds=0.0, peak=0)  # type: ignore[type-var]


def test_a_scan_that_hangs_is_ended_with_all_that_it_started(scan: Callable[..., object], tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    result = scan(
        f"""
        if os.fork() == 0:
            os.setsid()
            open({str(pids)!r}, "w").write(str(os.getpid()))
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
        """,
        seconds=1,
    )
    assert (result.status, result.why, result.detail) == (Status.FAILED, Why.TIME, "not done after 1 s")  # type: ignore[attr-defined]
    _until_gone(int(pids.read_text("utf-8")))


@pytest.mark.skipif(not can_watch(), reason="this system does not tell what memory a process takes")
def test_a_scan_that_eats_memory_is_ended_though_each_of_its_processes_is_small_enough(scan: Callable[..., object]) -> None:
    result = scan("os.fork(); os.fork(); data = bytearray(40 << 20); time.sleep(600)", memory=100 * MIB)
    assert (result.why, result.detail) == (Why.MEMORY, "it took more than 100 MiB of memory")  # type: ignore[attr-defined]
    assert result.peak > 100 * MIB  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "why", "detail"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", Why.CRASHED, "the scan ended with signal 11"),
        ("os.write(2, b'first\\nlast words\\n'); os._exit(7)", Why.CRASHED, "the scan ended with code 7: last words"),
        ("os.write(2, b'MemoryError\\n'); os._exit(3)", Why.MEMORY, "it could not get the memory it asked for, and may take 4096 MiB"),
        ("os.kill(os.getppid(), signal.SIGKILL); time.sleep(600)", Why.CRASHED, "the scanning process was lost"),
        ("pass", Why.CRASHED, "the scan left no result that can be read"),
        ("open(folder + '/result.json', 'w').write('[]')", Why.CRASHED, "the scan left no result that can be read"),
    ],
)
def test_a_scan_that_dies_is_told_as_such_and_the_next_one_works(scan: Callable[..., object], code: str, why: Why, detail: str) -> None:
    result = scan(code)
    assert (result.status, result.why, result.detail) == (Status.FAILED, why, detail)  # type: ignore[attr-defined]
    again = scan(f"open(folder + '/result.json', 'w').write('''{GOOD}''')")
    assert again.status is Status.COMPLETE  # type: ignore[attr-defined]


def test_nothing_of_a_scan_stays_behind(scan: Callable[..., object], tmp_path: Path) -> None:
    note = tmp_path / "note"
    scan(f"open({str(note)!r}, 'w').write(folder); open(folder + '/waste', 'w').write('x')")
    assert not Path(note.read_text("utf-8")).exists()


def test_no_secret_of_this_process_is_handed_on(scan: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "note"
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    monkeypatch.setenv("GIT_SSH_COMMAND", "id")
    scan(f"open({str(note)!r}, 'w').write(json.dumps(dict(os.environ)))")
    assert "sk-secret" not in note.read_text("utf-8")
    assert "GIT_SSH_COMMAND" not in note.read_text("utf-8")


def test_a_process_that_cannot_start_is_a_failure_and_wrong_settings_are_the_users() -> None:
    keeper = Keeper(Settings(), (sys.executable, "-c", "input()"))
    assert keeper.scan(JOB).why is Why.NODE
    refusing = Keeper(Settings(), (sys.executable, "-c", 'input(); print(\'{"error": "no such engine", "hint": "look"}\')'))
    with pytest.raises(UsageError, match="no such engine") as caught:
        refusing.rules()
    assert caught.value.hint == "look"
    keeper.close()
    refusing.close()
    assert keeper.scan(JOB).detail == "the fleet was stopped"


def _until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z":
                return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.02)
    pytest.fail(f"{pid} still runs")


def test_a_keeper_that_was_killed_before_it_took_a_result_leaves_nothing(tmp_path: Path) -> None:
    folder, project = tmp_path / "folder", tmp_path / "project"
    folder.mkdir()
    project.mkdir()
    job = replace(JOB, target=Target(str(project)))
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for message, answers in (
            ({"settings": settings_json(job.settings), "model": None}, ["ready"]),
            ({"job": job_json(job), "folder": str(folder)}, ["pid", "status"]),
        ):
            child.stdin.write(json.dumps(message).encode() + b"\n")
            child.stdin.flush()
            assert [next(iter(json.loads(child.stdout.readline()))) for _ in answers] == answers
        assert (folder / "stderr.txt").exists()
        child.stdin.close()
        child.wait(60)
    assert not folder.exists()
