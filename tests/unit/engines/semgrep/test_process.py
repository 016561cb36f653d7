"""A subprocess on a short lead."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.engines.semgrep.process import End, Ended, Limits, run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOMY = Limits(seconds=60, memory_bytes=2 << 30, output_bytes=1 << 20)


def start(command: list[str], cwd: Path, limits: Limits = ROOMY, **environment: str) -> Ended:
    return run(command, cwd=cwd, environment=environment, limits=limits)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


def gone(pid: int) -> bool:
    """Whether a process that was sent its end has come to it, within a few seconds."""
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def test_output_code_and_the_end_of_the_log_come_back(script: Callable[[str], Path], tmp_path: Path) -> None:
    command = script("print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert start([str(command)], tmp_path) == Ended(End.EXITED, 3, b"out\n", b"err\n")


def test_only_the_environment_given_is_there(script: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEMGREP_APP_TOKEN", "secret")
    command = script("print(sorted(os.environ), os.getcwd())")
    ended = start([str(command)], tmp_path, ONLY="this")
    assert ended.stdout.decode().replace("'LC_CTYPE', ", "") == f"['ONLY'] {tmp_path}\n"  # Python may set LC_CTYPE for itself


def test_a_hanging_process_is_stopped(script: Callable[[str], Path], tmp_path: Path) -> None:
    ended = start([str(script("print('first', flush=True); time.sleep(600)"))], tmp_path, Limits(1.0, 2 << 30, 1 << 20))
    assert ended.end is End.TIMED_OUT


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_children_of_a_hanging_process_are_stopped_too(script: Callable[[str], Path], tmp_path: Path) -> None:
    command = script("child = os.fork()\nif child: print(child, flush=True)\ntime.sleep(600)")
    ended = start([str(command)], tmp_path, Limits(1.5, 2 << 30, 1 << 20))
    assert ended.end is End.TIMED_OUT
    assert gone(int(ended.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_child_left_behind_neither_delays_the_answer_nor_survives(script: Callable[[str], Path], tmp_path: Path) -> None:
    command = script("child = os.fork()\nif child:\n  print(child, flush=True)\n  os._exit(0)\ntime.sleep(600)")
    ended = start([str(command)], tmp_path)
    assert (ended.end, ended.code) == (End.EXITED, 0)
    assert gone(int(ended.stdout))


def test_too_much_output_is_stopped(script: Callable[[str], Path], tmp_path: Path) -> None:
    command = script("while True: sys.stdout.write('x' * 100_000)")
    ended = start([str(command)], tmp_path, Limits(60, 2 << 30, 1_000_000))
    assert ended.end is End.TOO_MUCH_OUTPUT
    assert len(ended.stdout) < 2_000_000


def test_a_long_log_keeps_its_end(script: Callable[[str], Path], tmp_path: Path) -> None:
    ended = start([str(script("sys.stderr.write('x' * 5_000_000 + 'the end')"))], tmp_path)
    assert ended.end is End.EXITED
    assert ended.stderr.endswith(b"the end")
    assert len(ended.stderr) <= 1 << 16


def test_what_cannot_be_started_says_why(tmp_path: Path) -> None:
    ended = start([str(tmp_path / "nowhere")], tmp_path)
    assert ended.end is End.NOT_STARTED
    assert b"No such file" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit")
def test_memory_is_bounded_by_the_system(script: Callable[[str], Path], tmp_path: Path) -> None:
    command = script("time.sleep(0.5)\ntry: x = bytearray(600_000_000); print('had it')\nexcept MemoryError: print('refused')")
    assert start([str(command)], tmp_path, Limits(60, 300 << 20, 1 << 20)).stdout == b"refused\n"


def test_pieces_of_output_are_seen_as_they_come(script: Callable[[str], Path], tmp_path: Path) -> None:
    seen: list[bytes] = []
    run([str(script("print('a', flush=True); print('b')"))], cwd=tmp_path, environment={}, limits=ROOMY, on_output=seen.append)
    assert b"".join(seen) == b"a\nb\n"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ctrl_c_leaves_nothing_running(script: Callable[[str], Path], tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    command = script(f"child = os.fork()\nif child: open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child}} ')\ntime.sleep(600)")

    def interrupt() -> None:
        while not pids.exists() or not pids.read_text().endswith(" "):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        start([str(command)], tmp_path)
    thread.join()
    assert all(gone(int(pid)) for pid in pids.read_text().split())
