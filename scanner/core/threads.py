"""Waiting for threads in a way that a signal can end.

A signal's handler runs between two steps of the main thread, wherever that is. When it raises there (Ctrl-C does) while `concurrent.futures` holds a
future's lock, nobody releases the lock any more, and the thread that works on the future waits for it for ever. Here the main thread is interrupted
between two results only.
"""

from __future__ import annotations

import signal
import threading
from contextlib import closing, contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Executor, Future

R = TypeVar("R")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def as_done(pool: Executor, calls: Sequence[Callable[[], R]]) -> Generator[tuple[int, Future[R]]]:
    """Have the calls made by a pool's threads; the number of each and its future, as they come. Leaving early cancels those that have not begun.

    SIGINT and SIGTERM that arrive while it lasts, also while the caller looks at a result, are answered as ever, but when the next result is
    asked for or the generator is closed. A second signal is answered at once.
    """
    done: SimpleQueue[Future[R] | None] = SimpleQueue()  # whose `get` and `put` a signal cannot leave half done
    with _signals_held(lambda: done.put(None)) as answer:
        futures = [pool.submit(call) for call in calls]
        numbers = {future: number for number, future in enumerate(futures)}
        try:
            for future in futures:
                future.add_done_callback(done.put)
            while numbers:
                ended = done.get()
                if ended is None:
                    answer()
                else:
                    yield numbers.pop(ended), ended
        finally:
            for future in futures:
                future.cancel()


def all_done(pool: Executor, calls: Sequence[Callable[[], R]]) -> list[R]:
    """What the calls answer, in their order. Raises the first error there is, and then makes no further calls."""
    with closing(as_done(pool, calls)) as futures:
        answers = {number: future.result() for number, future in futures}
    return [answers[number] for number in range(len(calls))]


@contextmanager
def _signals_held(tell: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """Tell of a signal instead of answering it; gives what answers it, which happens at the latest when the context is left."""
    if threading.current_thread() is not threading.main_thread():  # which alone runs handlers
        yield lambda: None
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    ours = [number for number, handler in before.items() if callable(handler)]  # what is ignored, or ends the process, stays so
    arrived: list[int] = []

    def restore() -> None:
        for number in ours:
            signal.signal(number, before[number])

    def hold(number: int, frame: object) -> None:  # noqa: ARG001 -- a handler's signature
        restore()
        arrived.append(number)
        tell()

    def answer() -> None:
        while arrived:
            signal.raise_signal(arrived.pop())

    for number in ours:
        signal.signal(number, hold)
    try:
        yield answer
    finally:
        restore()
        answer()
