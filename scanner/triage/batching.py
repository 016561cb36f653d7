"""Batch mode: the first pass over the cases goes to the batch endpoint, at its discount and in its own time.

To the loop it is a chat model like any other. Questions to the opening model that come within a few seconds of each other are handed in together,
and each case waits for its answer; the other models are asked at once, as always. Which batch holds a question is remembered before anybody waits for
it, so that a run that was killed fetches the answers that were made meanwhile instead of paying for them again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import NoReply, Trouble
from scanner.ports.chat_json import request_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.ports.batch import BatchModel
    from scanner.ports.chat import ChatModel, ChatRequest, Reply
    from scanner.ports.store import Store

SHELF: Final = "batches"
_KEY: Final = 32  # hexadecimal digits of a request's digest: the endpoint takes keys of 64 characters at most
_LONGEST: Final = 86_400.0  # seconds: the endpoint gives up a batch after a day
_HALTED: Final = NoReply(Trouble.TIMEOUT, "the run was ended before the batch was", charged=True)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to gather questions before they are handed in, and how often to ask for the answers, in seconds."""

    gather: float = 5.0
    poll: float = 30.0
    longest: float = _LONGEST


@dataclass(slots=True)
class _Desk:
    """What waits, and what has come back, by the keys of the requests."""

    waiting: dict[str, ChatRequest] = field(default_factory=dict)
    answers: dict[str, Reply | NoReply] = field(default_factory=dict)
    led: bool = False
    halted: bool = False


class GatheringChat:
    """A ChatModel that hands in what is asked of one model in batches. Safe to call from several threads, one for each open case."""

    def __init__(  # noqa: PLR0913 -- two models, a memory and a clock
        self,
        live: ChatModel,
        batches: BatchModel,
        model: str,
        store: Store,
        *,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`model` is asked in batches, every other one through `live`. `sleep` waits seconds."""
        self._live = live
        self._batches = batches
        self._model = model
        self._store = store
        self._pace = pace or Pace()
        self._sleep = sleep
        self._desk = _Desk()
        self._changed = Condition()

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The answer, when its batch has ended; at once for other models, and for a question without tools, which opens no case."""
        if request.model != self._model or not request.tools:
            return self._live.send(request)
        key = request_digest(request)[:_KEY]
        known = self._store.get(SHELF, key)
        if known is not None:
            return self._fetch(known.decode("ascii")).get(key) or NoReply(Trouble.BROKEN, "the batch holds no answer to this question")
        with self._changed:
            self._desk.waiting[key] = request
            leads = not self._desk.led
            self._desk.led = True
        if leads:
            self._sleep(self._pace.gather)
            self._hand_in()
        with self._changed:
            self._changed.wait_for(lambda: key in self._desk.answers or self._desk.halted)
            return self._desk.answers.pop(key, _HALTED)

    def halt(self) -> None:
        """Let nobody wait any longer. What was handed in goes on, and is fetched by the next run."""
        with self._changed:
            self._desk.halted = True
            self._changed.notify_all()

    def _hand_in(self) -> None:
        """Submit what waits, and answer it. Who comes meanwhile waits for the next batch."""
        with self._changed:
            gathered, self._desk.waiting = self._desk.waiting, {}
            self._desk.led = False
        answers = self._answers(gathered)
        with self._changed:
            self._desk.answers.update(answers)
            self._changed.notify_all()

    def _answers(self, gathered: Mapping[str, ChatRequest]) -> dict[str, Reply | NoReply]:
        batch = self._batches.submit(gathered)
        if isinstance(batch, NoReply):
            return dict.fromkeys(gathered, batch)
        for key in gathered:
            self._store.put(SHELF, key, batch.encode("ascii"))
        found = self._fetch(batch)
        missing = NoReply(Trouble.BROKEN, "the batch ended without an answer to this question", charged=True)
        return {key: found.get(key, missing) for key in gathered}

    def _fetch(self, batch: str) -> Mapping[str, Reply | NoReply]:
        """The outcomes of a batch once it has ended; empty where it never does, or cannot be read."""
        waited = 0.0
        while waited <= self._pace.longest and not self._desk.halted:
            status = self._batches.poll(batch)
            if isinstance(status, NoReply) and status.trouble.fatal:
                return {}
            if not isinstance(status, NoReply) and status.ended:
                results = self._batches.results(batch)
                return {} if isinstance(results, NoReply) else results
            self._sleep(self._pace.poll)
            waited += self._pace.poll
        return {}
