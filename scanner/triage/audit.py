"""The record of a run: one JSON-lines file a case, written line by line as things happen, so that a killed run has told all it did.

It holds what a replay needs: the run's seed (`run.json`), every request's digest with the reply it got, and what was known from earlier runs. It
holds no key, and no secret of the tree: neither tools nor briefs nor, therefore, the model ever see one.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final, Protocol

from scanner.ports.chat_json import canonical, reply_from, reply_json, request_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scanner.ports.chat import ChatModel, ChatRequest, Json, NoReply, Reply

RUN_FILE: Final = "run.json"
CASES_FOLDER: Final = "cases"
FORMAT: Final = "casemate-audit-1"
_MOST_BYTES: Final = 256 * 1024 * 1024


class Record(Protocol):
    """The record of one case."""

    def write(self, event: str, **fields: Json) -> None:
        """One event with its fields, durable when this returns."""
        ...


class Audit(Protocol):
    """The record of a run."""

    def begin(self, run: Mapping[str, Json]) -> None:
        """What holds for all cases."""
        ...

    def case(self, name: str) -> Record:
        """The record of the case with this name; a new one each time it is asked for."""
        ...


class NoAudit:
    """Keeps nothing."""

    def begin(self, run: Mapping[str, Json]) -> None:
        """Forget it."""

    def case(self, name: str) -> Record:  # noqa: ARG002 - the protocol's signature
        """A record that forgets."""
        return self

    def write(self, event: str, **fields: Json) -> None:
        """Forget it."""


class FileAudit:
    """Writes below a directory of the user's choice. Raises OSError when it cannot be written: an audit that was asked for is not left out."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        cases = directory / CASES_FOLDER
        cases.mkdir(parents=True, exist_ok=True)
        if not all(os.access(folder, os.W_OK | os.X_OK) for folder in (directory, cases)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(directory))

    def begin(self, run: Mapping[str, Json]) -> None:
        """Write what holds for all cases."""
        (self._directory / RUN_FILE).write_text(canonical({"format": FORMAT, **run}) + "\n", encoding="ascii")

    def case(self, name: str) -> Record:
        """Start the file of a case anew."""
        safe = name if name.isalnum() and name.isascii() and len(name) <= 64 else hashlib.sha256(name.encode()).hexdigest()[:32]  # noqa: PLR2004 - a fingerprint
        path = self._directory / CASES_FOLDER / f"{safe}.jsonl"
        path.write_text("", encoding="ascii")
        return _FileRecord(path)


class _FileRecord:
    """Appends to one file; one case has one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, event: str, **fields: Json) -> None:
        """Append one line."""
        with self._path.open("a", encoding="ascii") as stream:
            stream.write(canonical({"event": event, **fields}) + "\n")


class RecordingModel:
    """A chat model whose requests and replies go into a record."""

    def __init__(self, model: ChatModel, record: Record) -> None:
        self._model = model
        self._record = record

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """Send it, and write down its digest with what came back."""
        answer = self._model.send(request)
        self._record.write("call", model=request.model, request=request_digest(request), reply=reply_json(answer))
        return answer


def read_run(directory: Path) -> dict[str, Any]:
    """What `begin` wrote. Raises OSError or ValueError."""
    value = json.loads((directory / RUN_FILE).read_text(encoding="utf-8"))
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        msg = f"{directory}: not an audit that this version can read ({FORMAT})"
        raise ValueError(msg)
    return value


def read_events(directory: Path) -> Iterator[dict[str, Any]]:
    """Every event of every case, by case; a line that was cut off by a kill is left out. Raises OSError, ValueError."""
    for path in sorted((directory / CASES_FOLDER).glob("*.jsonl")):
        if path.stat().st_size > _MOST_BYTES:
            msg = f"{path}: larger than an audit of one case can be"
            raise ValueError(msg)
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            if not line or number == len(lines) - 1:  # a whole line ends in a line end
                continue
            value = json.loads(line)
            if isinstance(value, dict):
                yield value


def remembered(directory: Path) -> dict[tuple[str, str], bytes]:
    """What the run knew from earlier ones, by shelf and key: with it in its store, a replay takes the same cases from memory."""
    return {
        (str(event["shelf"]), str(event["key"])): str(event["record"]).encode()
        for event in read_events(directory)
        if event.get("event") == "remembered"
    }


def answers(directory: Path) -> Iterator[tuple[str, Reply | NoReply]]:
    """Every request's digest with the reply it got, in the order they came within a case: what a replay answers from. Raises OSError, ValueError."""
    for event in read_events(directory):
        if event.get("event") == "call":
            try:
                yield str(event["request"]), reply_from(event["reply"])
            except (KeyError, TypeError, ArithmeticError) as error:
                msg = f"{directory}: an audit with a reply that makes no sense"
                raise ValueError(msg) from error
