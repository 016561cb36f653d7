"""Answers written down as they come in, and given again offline: JSON lines of a request's digest and what came back for it.

No request is written, so that no code is, and no key: adapters have it, requests do not.
"""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from scanner.core.errors import ConfigError, OutputError, ScannerError
from scanner.ports.chat_json import canonical, reply_from, reply_json, request_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scanner.ports.chat import ChatModel, ChatRequest, NoReply, Reply

_VERSION: Final = 1
_SHOWN: Final = 12


class ReplayError(ScannerError):
    """A recording does not hold what the run asks for: the code, the rules, the prompts or the settings are others than they were."""


class RecordingChat:
    """A ChatModel that writes down what another one says. Each answer is a line of its own, whole on disk before it is handed on."""

    def __init__(self, model: ChatModel, path: Path) -> None:
        """Lines are added at the end of the file; it is made when the first one comes."""
        self._model = model
        self._path = path
        self._lock = threading.Lock()
        self._begun = False

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """What the other model says. Raises OutputError where it cannot be written."""
        reply = self._model.send(request)
        line = canonical({"v": _VERSION, "request": request_digest(request), "model": request.model, "answer": reply_json(reply)})
        try:
            with self._lock:
                if not self._begun:
                    _mend(self._path)
                    self._begun = True
                _append(self._path, f"{line}\n".encode("ascii"))
        except OSError as error:
            msg = f"the recording cannot be written: {self._path}: {error.strerror or error}"
            raise OutputError(msg) from error
        return reply


class ReplayChat:
    """A ChatModel that answers from a recording. A request that came several times gets its answers in their order, and the last one again."""

    def __init__(self, answers: Iterable[tuple[str, Reply | NoReply]], name: str) -> None:
        """`answers` are pairs of a request's digest and what came back for it, in the order they came; `name` is where they are from."""
        self._name = name
        self._lock = threading.Lock()
        self._answers: dict[str, deque[Reply | NoReply]] = {}
        for digest, answer in answers:
            self._answers.setdefault(digest, deque()).append(answer)

    @classmethod
    def read(cls, path: Path) -> ReplayChat:
        """The recording in a file. Raises ConfigError where it is none; a last line that was cut off by a kill is left out."""
        return cls(_read(path), str(path))

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The recorded answer. Raises ReplayError where there is none: an answer made up would not be a replay."""
        digest = request_digest(request)
        with self._lock:
            answers = self._answers.get(digest)
            if answers is None:
                msg = f"the recording {self._name} holds no answer to request {digest[:_SHOWN]} for {request.model}"
                raise ReplayError(msg, "replay with the code, the rules and the settings of the recorded run, or record it again")
            return answers.popleft() if len(answers) > 1 else answers[0]


def _mend(path: Path) -> None:
    """Cut off what a kill left of a last line, so that the next one begins on its own."""
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        os.truncate(path, whole)


def _append(path: Path, line: bytes) -> None:
    """One line, in one piece: processes that record into one file do not mix theirs."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        written = 0
        while written < len(line):
            written += os.write(handle, line[written:])
    finally:
        os.close(handle)


def _read(path: Path) -> Iterator[tuple[str, Reply | NoReply]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"the recording cannot be read: {path}: {error.strerror or error}"
        raise ConfigError(msg) from error
    *whole, _cut = data.split(b"\n")
    for number, line in enumerate(whole, start=1):
        try:
            value = json.loads(line)
            known = value["v"] == _VERSION
            answer = (str(value["request"]), reply_from(value["answer"]))
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
            msg = f"{path}:{number}: not a line of a recording"
            raise ConfigError(msg) from error
        if not known:
            msg = f"{path}:{number}: a recording of another version than {_VERSION}"
            raise ConfigError(msg)
        yield answer
