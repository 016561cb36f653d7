"""The clock of the progress line: no second thread where a signal can do it, and nothing that waits is disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from scanner.cli.ticking import ticking

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks")

SECONDS = 0.02


def test_a_process_that_shows_progress_can_be_forked() -> None:
    code = "import sys; from scanner.cli.progress import TerminalObserver as T; from scanner.executors.processes import _single_threaded as s\n"
    code += "with T(sys.stderr, enabled=True):\n    print(s())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_what_waits_goes_on_waiting() -> None:
    ticks: list[float] = []
    read, write = os.pipe()
    teller = threading.Timer(10 * SECONDS, os.write, (write, b"x"))
    with ticking(lambda: ticks.append(time.monotonic()), SECONDS):
        teller.start()
        assert os.read(read, 1) == b"x"
        heard = len(ticks)
        time.sleep(5 * SECONDS)
    teller.join()
    os.close(read)
    os.close(write)
    assert 2 <= heard < len(ticks)
    count = len(ticks)
    time.sleep(3 * SECONDS)
    assert len(ticks) == count


@pytest.mark.parametrize("taken", [False, True])
def test_the_signal_is_nobody_elses(taken: bool) -> None:
    theirs = signal.SIG_IGN if taken else signal.SIG_DFL
    before = signal.signal(signal.SIGALRM, theirs)
    ticked = threading.Event()
    try:
        with ticking(ticked.set, SECONDS):
            assert (signal.getsignal(signal.SIGALRM) == theirs) is taken
            assert ticked.wait(30)
        assert signal.getsignal(signal.SIGALRM) == theirs
    finally:
        signal.signal(signal.SIGALRM, before)


def test_an_alarm_that_was_set_before_still_ends_the_program() -> None:
    code = "import signal, time; signal.alarm(1)\nfrom scanner.cli.ticking import ticking\nwith ticking(int, 0.02):\n    time.sleep(30)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGALRM


def test_another_thread_has_a_thread_of_its_own() -> None:
    heard = threading.Event()

    def elsewhere() -> None:
        ticked = threading.Event()
        with ticking(ticked.set, SECONDS):
            if ticked.wait(30):
                heard.set()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(60)
    assert heard.is_set()
    assert not any(thread.name == "casemate-progress" for thread in threading.enumerate())
