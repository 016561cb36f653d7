"""A call beside others: in a process of its own where there may be two, else where it was asked for."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scanner.executors import aside, processes
from scanner.executors.inline import InlineExecutor
from scanner.executors.local import LocalExecutor
from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.ports.executor import Executor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks")

MUCH = 1_000_000


@pytest.fixture(autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def much() -> bytes:
    return b"x" * MUCH


def hang() -> None:
    while True:
        time.sleep(60)


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return path.read_text()


def write(path: Path) -> int:
    path.write_text("written by a job")
    return os.getpid()


def pid_after_a_while(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def fail() -> None:
    msg = "a reason"
    raise ValueError(msg)


def unpicklable() -> Any:
    return lambda: None


def test_a_call_and_jobs_run_at_the_same_time(tmp_path: Path) -> None:
    executor = LocalExecutor(2)
    outcome = executor.start(partial(wait_for, tmp_path / "said"))
    (job,) = executor.map(write, [tmp_path / "said"], seconds=30)
    assert outcome() == Outcome("written by a job")
    assert job.result not in {None, os.getpid()}


@pytest.mark.parametrize("executor", [LocalExecutor(1), InlineExecutor()])
def test_where_one_job_runs_at_a_time_it_is_made_when_it_is_asked_for(executor: Executor, tmp_path: Path) -> None:
    outcome = executor.start(partial(write, tmp_path / "said"))
    assert not (tmp_path / "said").exists()
    assert outcome() == Outcome(os.getpid())


def test_jobs_get_the_processes_that_the_call_leaves_them() -> None:
    executor = LocalExecutor(2)
    beside = executor.start(hang)
    assert len({outcome.result for outcome in executor.map(pid_after_a_while, range(12), seconds=30)}) == 1
    del beside
    assert len({outcome.result for outcome in executor.map(pid_after_a_while, range(12), seconds=30)}) == 2


def test_a_call_that_waits_to_be_heard_is_done() -> None:
    executor = LocalExecutor(2)
    outcome = executor.start(much)
    deadline = time.monotonic() + 30
    while executor.free < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert outcome() == Outcome(b"x" * MUCH)


def test_an_outcome_can_be_asked_for_again() -> None:
    outcome = LocalExecutor(2).start(os.getpid)
    assert outcome() == outcome() != Outcome(os.getpid())


def test_a_call_that_nobody_asks_about_ends_with_the_last_who_could() -> None:
    LocalExecutor(2).start(hang)


@pytest.mark.parametrize(
    ("function", "lost"),
    [
        (fail, Lost(Failure.ERROR, "ValueError: a reason")),
        (partial(os._exit, 7), Lost(Failure.CRASHED, "the worker process ended with code 7")),
        (os.abort, Lost(Failure.CRASHED, "the worker process was ended by SIGABRT")),
    ],
)
def test_a_call_that_goes_wrong_says_how(function: Any, lost: Lost) -> None:
    assert LocalExecutor(2).start(function)() == Outcome(None, lost)


def test_a_result_that_cannot_travel_is_lost() -> None:
    lost = LocalExecutor(2).start(unpicklable)().lost
    assert lost is not None
    assert lost.failure is Failure.ERROR


def test_a_parent_with_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_single_threaded", lambda: False)
    assert LocalExecutor(2).start(partial(abs, -3))() == Outcome(3)


def test_there_are_never_more_processes_than_there_may_be(tmp_path: Path) -> None:
    executor = LocalExecutor(2)
    beside = executor.start(hang)
    outcome = executor.start(partial(write, tmp_path / "said"))
    assert not (tmp_path / "said").exists()
    assert outcome() == Outcome(os.getpid())
    del beside


def test_where_no_process_can_be_started_the_call_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(aside, "start_process", full)
    assert LocalExecutor(2).start(os.getpid)() == Outcome(os.getpid())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody sees to it")
def test_a_call_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    code = f"""if True:
        import os, sys, time
        from functools import partial
        from pathlib import Path
        from scanner.executors.local import LocalExecutor
        sys.path.insert(0, {str(tmp_path)!r})
        from calls import call
        outcome = LocalExecutor(2).start(partial(call, {str(tmp_path / "pid")!r}))
        outcome()
    """
    (tmp_path / "calls.py").write_text("import os, time\n\ndef call(path):\n    open(path, 'w').write(str(os.getpid()))\n    time.sleep(60)\n")
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        deadline = time.monotonic() + 30
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.kill()
    pid = int((tmp_path / "pid").read_text())
    while alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped by whoever inherited it does not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
