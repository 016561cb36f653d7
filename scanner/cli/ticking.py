"""Something that is done every so often, whatever else goes on."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def ticking(function: Callable[[], None], seconds: float) -> Iterator[None]:
    """Call a function every so many seconds while the context lasts.

    A timer's signal does it, between two steps of the main thread: a process with a second thread cannot safely be forked, and workers that are not
    forked take a fifth of a second longer to start. A thread does it elsewhere than in the main thread, and where there is no such signal or somebody
    else uses it: an alarm that was set before the program began is to end it.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread() or _is_taken():
        with _thread(function, seconds):
            yield
        return
    signal.signal(signal.SIGALRM, lambda _number, _frame: function())
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _is_taken() -> bool:
    return signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL or signal.getitimer(signal.ITIMER_REAL) != (0.0, 0.0)


@contextmanager
def _thread(function: Callable[[], None], seconds: float) -> Iterator[None]:
    over = threading.Event()

    def tick() -> None:
        while not over.wait(seconds):
            function()

    ticker = threading.Thread(target=tick, name="casemate-progress", daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()
