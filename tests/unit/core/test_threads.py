from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from scanner.core.threads import all_done, as_done

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED_ANYWHERE = """
import signal, sys, threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from scanner.core.threads import as_done

stop = threading.Event()
step, fatal = 0, int(sys.argv[1])

def trace(frame, event, argument):
    global step
    step += 1
    if step == fatal:
        sys.settrace(None)
        signal.raise_signal(signal.SIGINT)
    return trace

def follow():
    with closing(as_done(pool, [partial(str, number) for number in range(12)])) as futures:
        for _, future in futures:
            future.result()

pool = ThreadPoolExecutor(2)
pool.submit(str).result()
sys.settrace(trace)
try:
    follow()
except KeyboardInterrupt:
    sys.settrace(None)
    print("interrupted", end="")
else:
    sys.settrace(None)
    print("done", end="")
pool.shutdown(wait=True)
"""


def _raise(message: str) -> None:
    raise ValueError(message)


def test_results_come_with_their_numbers_as_soon_as_they_are_there() -> None:
    gate = threading.Event()
    calls: list[Callable[[], object]] = [gate.wait, partial(int, "7")]
    with ThreadPoolExecutor(2) as pool, closing(as_done(pool, calls)) as futures:
        number, future = next(futures)
        assert (number, future.result()) == (1, 7)
        gate.set()
        assert [number for number, _ in futures] == [0]


def test_all_results_keep_the_order_of_their_calls() -> None:
    with ThreadPoolExecutor(3) as pool:
        assert all_done(pool, [partial(pow, number, 2) for number in range(50)]) == [number**2 for number in range(50)]


def test_the_first_error_ends_what_has_not_begun() -> None:
    begun: list[int] = []
    gate = threading.Event()
    calls: list[Callable[[], object]] = [partial(_raise, "first"), gate.wait, partial(begun.append, 1)]
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(ValueError, match="first"):
            all_done(pool, calls)
        gate.set()
    assert begun == []


def _look(each: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(1) as pool, closing(as_done(pool, [partial(int, "1"), partial(int, "2")])) as futures:
        for number, _ in futures:
            each(number)


def test_an_interrupt_while_a_result_is_looked_at_waits_until_the_next_is_asked_for() -> None:
    looked_at = []
    handler = signal.getsignal(signal.SIGINT)

    def interrupted(number: int) -> None:
        signal.raise_signal(signal.SIGINT)
        looked_at.append(number)

    with pytest.raises(KeyboardInterrupt):
        _look(interrupted)
    assert looked_at == [0]
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_interrupt_after_which_no_result_is_asked_for_comes_when_the_results_are_left() -> None:
    looked_at = []

    def interrupted(number: int) -> None:
        if number == 1:
            signal.raise_signal(signal.SIGINT)
        looked_at.append(number)

    with pytest.raises(KeyboardInterrupt):
        _look(interrupted)
    assert looked_at == [0, 1]


def test_a_second_interrupt_is_answered_at_once() -> None:
    looked_at = []

    def interrupted_twice(number: int) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        looked_at.append(number)

    with pytest.raises(KeyboardInterrupt):
        _look(interrupted_twice)
    assert looked_at == []


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ThreadPoolExecutor(1) as pool, closing(as_done(pool, [partial(int, "1"), partial(int, "2")])) as futures:
            next(futures)
            signal.raise_signal(signal.SIGTERM)
            assert len(list(futures)) == 1
    finally:
        signal.signal(signal.SIGTERM, before)


def test_other_threads_wait_too_and_leave_signals_alone() -> None:
    said: list[object] = []

    def wait() -> None:
        with ThreadPoolExecutor(1) as pool:
            said.extend(all_done(pool, [partial(signal.getsignal, signal.SIGINT)]))

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    assert said == [signal.getsignal(signal.SIGINT)]


@pytest.mark.parametrize("fatal", range(5, 400, 7))
def test_an_interrupt_at_any_line_leaves_no_thread_waiting_for_ever(fatal: int) -> None:
    """Each line that the main thread runs, those of the standard library too, is one at which a signal can come."""
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED_ANYWHERE, str(fatal)], capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout in {"interrupted", "done"}
