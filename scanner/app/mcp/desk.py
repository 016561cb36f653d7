"""Where the protocol's thread puts work down and the main thread takes it up."""

from __future__ import annotations

import asyncio
import signal
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class Desk:
    """Hands work from the protocol's thread to the main one."""

    jobs: SimpleQueue[tuple[Callable[[], str], Future[str]] | None] = field(default_factory=SimpleQueue)
    busy: bool = False
    closed: bool = False

    async def ask(self, function: Callable[[], str]) -> str:
        """What the function gives or raises. A call that the client cancels before its turn is not run."""
        future: Future[str] = Future()
        self.jobs.put((function, future))
        return await asyncio.wrap_future(future)

    def work(self) -> None:
        """Run what is asked, until the client hangs up."""
        try:
            while (job := self.jobs.get()) is not None:
                self._run(*job)
        except KeyboardInterrupt:
            if not self.closed:
                raise

    def close(self) -> None:
        """The client is gone: nobody waits for what is still running."""
        self.closed = True
        self.jobs.put(None)
        if self.busy and hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    def _run(self, function: Callable[[], str], future: Future[str]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        self.busy = True
        try:
            future.set_result(function())
        except Exception as error:  # noqa: BLE001 -- whoever asked is told, and decides what it means
            future.set_exception(error)
        finally:
            self.busy = False
