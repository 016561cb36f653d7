"""Models that say what a test tells them to."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from scanner.core.usage import Usage
from scanner.ports.batch import BatchStatus
from scanner.ports.chat import NoReply, Reply, Stop, Text, ToolUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scanner.ports.chat import ChatRequest, Json

    Script = Iterable[Reply | NoReply] | Callable[[ChatRequest], Reply | NoReply]


class ScriptEndedError(AssertionError):
    """A test's model was asked more often than its script allows for."""


class ScriptedChat:
    """A ChatModel that answers from a list, in its order, or with a function of the request; `requests` holds what it was asked, in order."""

    def __init__(self, script: Script) -> None:
        """A list ends with ScriptEndedError; a function goes on."""
        self._lock = threading.Lock()
        self._function = script if callable(script) else None
        self._queue = deque(() if callable(script) else script)
        self.requests: list[ChatRequest] = []

    @property
    def left(self) -> int:
        """How many answers of the list nobody has asked for."""
        return len(self._queue)

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The next answer. A function may be called by several threads at once."""
        with self._lock:
            self.requests.append(request)
            if self._function is None:
                if not self._queue:
                    msg = f"request {len(self.requests)} was not in the script: {request.messages[-1]!r}"
                    raise ScriptEndedError(msg)
                return self._queue.popleft()
        return self._function(request)


class ScriptedBatch:
    """A BatchModel that hands every request to a function, and says for `polls` times that it is not done."""

    def __init__(self, answer: Callable[[ChatRequest], Reply | NoReply], polls: int = 0) -> None:
        """`batches` holds what was handed in, by the ids "batch-1", "batch-2" and so on."""
        self._answer = answer
        self._polls = polls
        self._asked: dict[str, int] = {}
        self.batches: dict[str, Mapping[str, ChatRequest]] = {}
        self.cancelled: list[str] = []

    def submit(self, requests: Mapping[str, ChatRequest]) -> str | NoReply:
        """A new batch."""
        name = f"batch-{len(self.batches) + 1}"
        self.batches[name] = dict(requests)
        return name

    def poll(self, batch: str) -> BatchStatus | NoReply:
        """Done after as many polls as were asked for."""
        total = len(self.batches[batch])
        asked = self._asked.get(batch, 0)
        self._asked[batch] = asked + 1
        ended = asked >= self._polls
        return BatchStatus(ended=ended, done=total if ended else 0, total=total)

    def results(self, batch: str) -> Mapping[str, Reply | NoReply] | NoReply:
        """The function's answers."""
        return {key: self._answer(request) for key, request in sorted(self.batches[batch].items())}

    def cancel(self, batch: str) -> NoReply | None:
        """Remember it."""
        self.cancelled.append(batch)
        return None


def say(text: str, stop: Stop = Stop.END_TURN, usage: Usage | None = None) -> Reply:
    """A reply of words alone, of one call and a hundred tokens unless told otherwise."""
    return Reply((Text(text),), stop, usage or _USAGE, "scripted")


def use(name: str, given: Mapping[str, Json], number: str = "tool-1", usage: Usage | None = None) -> Reply:
    """A reply that asks for one tool."""
    return Reply((ToolUse(number, name, given),), Stop.TOOL_USE, usage or _USAGE, "scripted")


_USAGE = Usage(calls=1, input_tokens=90, output_tokens=10)
