from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING, Any

import pytest

from scanner.executors import local, processes
from scanner.executors.inline import InlineExecutor
from scanner.executors.local import LocalExecutor
from scanner.ports.executor import Failure, Lost, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks")


@pytest.fixture(autouse=True)
def _no_worker_left() -> Any:
    yield
    assert multiprocessing.active_children() == []


def square(number: int) -> int:
    return number * number


def slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


def process_of(_: int) -> int:
    return os.getpid()


def grow(_: int) -> int:
    memory = bytearray(64 * 1024 * 1024)
    memory[::4096] = b"x" * len(memory[::4096])
    return os.getpid()


def misbehave(how: str) -> Any:
    return _WAYS[how]()


def _segfault() -> Any:
    return ctypes.string_at(0)


def _raise() -> Any:
    msg = "first line\nsecond line " + "x" * 1000
    raise ValueError(msg)


def _interrupt() -> Any:
    signal.raise_signal(signal.SIGINT)
    return "fine"


def _hang() -> Any:
    while True:
        time.sleep(60)


_WAYS: dict[str, Callable[[], Any]] = {
    "well": lambda: "fine",
    "exit": lambda: os._exit(7),
    "segfault": _segfault,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "raise": _raise,
    "leave": lambda: sys.exit(3),
    "hoard": lambda: bytearray(1 << 44),
    "hang": _hang,
    "unpicklable": lambda: _raise.__code__,
    "interrupt": _interrupt,
}


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 3, 500])
def test_outcomes_come_in_the_order_of_the_jobs_whatever_their_number(jobs: int, count: int) -> None:
    assert list(LocalExecutor(jobs).map(square, range(count), seconds=30)) == [Outcome(number * number) for number in range(count)]


def test_a_slow_job_holds_its_place() -> None:
    assert [outcome.result for outcome in LocalExecutor(3).map(slow_first, range(40), seconds=30)] == list(range(40))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("how", "lost"),
    [
        ("exit", Lost(Failure.CRASHED, "the worker process ended with code 7")),
        ("segfault", Lost(Failure.CRASHED, "the worker process was ended by SIGSEGV")),
        ("kill", Lost(Failure.CRASHED, "the worker process was ended by SIGKILL")),
        ("leave", Lost(Failure.ERROR, "SystemExit: 3")),
        ("hoard", Lost(Failure.ERROR, "MemoryError:")),
    ],
)
def test_a_job_that_ends_its_process_costs_itself_only(how: str, lost: Lost, jobs: int) -> None:
    ways = ["well"] * 20 + [how] + ["well"] * 20 + [how]
    outcomes = list(LocalExecutor(jobs).map(misbehave, ways, seconds=30))
    assert outcomes == [Outcome("fine") if way == "well" else Outcome(None, lost) for way in ways]


def test_a_job_that_hangs_is_ended_and_the_others_complete() -> None:
    ways = ["well", "hang", "well", "well", "hang", "well"]
    outcomes = list(LocalExecutor(2).map(misbehave, ways, seconds=3))
    assert [outcome.lost.failure if outcome.lost else outcome.result for outcome in outcomes] == [
        *("fine", Failure.TIMEOUT, "fine", "fine", Failure.TIMEOUT, "fine")
    ]


def test_an_exception_is_one_bounded_line() -> None:
    (outcome,) = LocalExecutor(1).map(misbehave, ["raise"], seconds=30)
    assert outcome.lost is not None
    assert outcome.lost.failure is Failure.ERROR
    assert outcome.lost.detail.startswith("ValueError: first line second line xxx")
    assert len(outcome.lost.detail) == 300


def test_a_result_that_cannot_travel_is_a_lost_job() -> None:
    first, second = LocalExecutor(1).map(misbehave, ["unpicklable", "well"], seconds=30)
    assert first.lost is not None
    assert first.lost.failure is Failure.ERROR
    assert second == Outcome("fine")


def test_an_interrupt_that_reaches_a_worker_is_left_to_the_parent() -> None:
    assert list(LocalExecutor(1).map(misbehave, ["interrupt"], seconds=30)) == [Outcome("fine")]


def test_leaving_early_ends_the_workers() -> None:
    outcomes = LocalExecutor(2).map(misbehave, ["well", *["hang"] * 10], seconds=60)
    assert next(outcomes) == Outcome("fine")
    assert multiprocessing.active_children() != []
    outcomes.close()  # type: ignore[attr-defined] # the port promises an iterator; this one is a generator


def test_a_few_small_jobs_get_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_STAGGER", 60.0)  # they are done before it has passed, however slow the machine
    assert len({outcome.result for outcome in LocalExecutor(8).map(process_of, range(4), seconds=30)}) == 1


def test_a_worker_that_has_grown_is_replaced() -> None:
    executor = LocalExecutor(1, growth=32 * 1024 * 1024)
    assert len({outcome.result for outcome in executor.map(grow, range(3), seconds=30)}) == 3


def test_the_memory_of_a_worker_is_bounded() -> None:
    outcomes = LocalExecutor(1, memory=1024 * 1024).map(misbehave, ["well", "well"], seconds=30)
    assert {outcome.lost is not None and outcome.lost.failure for outcome in outcomes} <= {False, Failure.CRASHED, Failure.ERROR}


def test_workers_that_never_start_do_not_hang_the_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "work", lambda *_: os._exit(1))
    monkeypatch.setattr(processes, "_single_threaded", lambda: True)
    outcomes = list(LocalExecutor(2).map(square, range(3), seconds=30))
    assert {outcome.lost for outcome in outcomes} == {Lost(Failure.CRASHED, "no worker could be started: the worker process ended with code 1")}


def test_a_parent_with_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_single_threaded", lambda: False)
    assert [outcome.result for outcome in LocalExecutor(2).map(abs, [-1, 2, -3], seconds=60)] == [1, 2, 3]


def test_no_process_is_no_executor() -> None:
    with pytest.raises(ValueError, match="at least one"):
        LocalExecutor(0)


def test_ctrl_c_leaves_no_worker_and_no_word_of_one(tmp_path: Path) -> None:
    """Started in a group of its own, which gets the signal as a terminal would send it."""
    (tmp_path / "jobs.py").write_text("import os, time\n\ndef job(path):\n    open(path, 'w').write(str(os.getpid()))\n    time.sleep(60)\n")
    script = f"""
        import sys
        sys.path.insert(0, {str(tmp_path)!r})
        from jobs import job
        from scanner.executors.local import LocalExecutor
        try:
            list(LocalExecutor(2).map(job, {[str(tmp_path / "a"), str(tmp_path / "b")]!r}, seconds=60))
        except KeyboardInterrupt:
            sys.exit(130)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True) as process:
        pids = [_pid_in(tmp_path / name) for name in ("a", "b")]
        os.killpg(process.pid, signal.SIGINT)
        shown = process.communicate(timeout=30)
    assert (process.returncode, shown) == (130, ("", ""))
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_leave_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "jobs.py").write_text("import os, time\n\ndef job(path):\n    open(path, 'w').write(str(os.getpid()))\n    time.sleep(0.5)\n")
    script = f"""
        import sys, time
        sys.path.insert(0, {str(tmp_path)!r})
        from jobs import job
        from scanner.executors.local import LocalExecutor
        list(LocalExecutor(2).map(job, {[str(tmp_path / "a"), str(tmp_path / "b")]!r} * 50, seconds=60))
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], start_new_session=True) as process:
        pids = [_pid_in(tmp_path / name) for name in ("a", "b")]
        process.kill()
        process.wait(timeout=30)
    deadline = time.monotonic() + 30
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("executor", [LocalExecutor(1), InlineExecutor()])
def test_the_double_answers_as_the_real_one_does(executor: LocalExecutor | InlineExecutor) -> None:
    outcomes = list(executor.map(misbehave, ["well", "raise"], seconds=30))
    assert outcomes[0] == Outcome("fine")
    assert outcomes[1].lost is not None
    assert outcomes[1].lost.failure is Failure.ERROR


def _pid_in(path: Path) -> int:
    deadline = time.monotonic() + 30
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(path.read_text())


def _alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped by whoever inherited it does not."""
    try:
        with open(f"/proc/{pid}/stat") as stream:  # noqa: PTH123 - one line of a pseudo-file
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
