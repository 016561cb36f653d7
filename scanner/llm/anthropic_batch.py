"""Batches of requests through the Message Batches endpoint: at its discount, within a day, and found again by id."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.llm.anthropic_chat import MESSAGES, ChatSettings, call, failure, fetch
from scanner.llm.connection import Connected, connect
from scanner.llm.decode import UnreadableError, brief, decode, parse
from scanner.llm.encode import encode
from scanner.llm.errors import FOREIGN, kind_trouble
from scanner.ports.batch import BatchStatus
from scanner.ports.chat import NoReply, Reply, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2

    from scanner.llm.endpoints import Endpoint
    from scanner.llm.models import Catalogue
    from scanner.ports.chat import ChatRequest, Json

_BATCHES: Final = f"{MESSAGES}/batches"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
# What one batch may hold, and the most that its outcomes are read for, in bytes (platform.claude.com, batch processing: 256 MB go in).
_MAX_REQUESTS: Final = 100_000
_MAX_RESULTS: Final = 1_000_000_000


class AnthropicBatches(Connected):
    """A BatchModel. Close it, or use it as a context."""

    def __init__(self, endpoint: Endpoint, catalogue: Catalogue, settings: ChatSettings | None = None) -> None:
        """Connects to nothing yet. Raises ConfigError as AnthropicChat does."""
        self._catalogue = catalogue
        self._settings = settings or ChatSettings()
        network = replace(self._settings.network, max_bytes=max(self._settings.network.max_bytes, _MAX_RESULTS))
        self._connection = connect(endpoint, network, self._settings.max_retries)

    def submit(self, requests: Mapping[str, ChatRequest]) -> str | NoReply:
        """The id of a new batch. Raises ValueError for keys that are none, and ConfigError for a model without a price, before anything is sent."""
        wrong = next((key for key in requests if not _KEY.fullmatch(key)), None)
        if wrong is not None or not requests:
            msg = f"not a key for a request of a batch: {wrong!r}" if requests else "a batch holds at least one request"
            raise ValueError(msg)
        if len(requests) > _MAX_REQUESTS:
            return NoReply(Trouble.TOO_LARGE, f"{len(requests)} requests are more than the {_MAX_REQUESTS} of one batch")
        items: list[Json] = [
            {"custom_id": key, "params": encode(request, self._catalogue.model(request.model), self._settings.ttl)}
            for key, request in requests.items()
        ]
        found = call(self._connection, _BATCHES, {"requests": items})
        match found:
            case NoReply():
                return found
            case {"id": str(batch)} if _ID.fullmatch(batch):
                return batch
            case _:
                return NoReply(Trouble.BROKEN, "the answer is not the API's: a batch without an id", charged=True)

    def poll(self, batch: str) -> BatchStatus | NoReply:
        """How far a batch has come. Raises ValueError for what is no id of a batch."""
        found = call(self._connection, _path(batch))
        match found:
            case NoReply():
                return _free(found)
            case {"processing_status": "in_progress" | "canceling" | "ended" as status, "request_counts": dict(counts)}:
                tally = {key: value for key, value in counts.items() if isinstance(value, int) and value >= 0}
                total = sum(tally.values())
                return BatchStatus(ended=status == "ended", done=total - tally.get("processing", 0), total=total)
            case _:
                return NoReply(Trouble.BROKEN, "the answer is not the API's: no state of a batch")

    def results(self, batch: str) -> Mapping[str, Reply | NoReply] | NoReply:
        """The outcomes, read from the endpoint itself, whatever address it names for them. Raises ValueError for what is no id of a batch."""
        outcomes: dict[str, Reply | NoReply] = {}
        errors: tuple[type[Exception], ...] = (*FOREIGN, *self._connection.errors)
        try:
            with closing(fetch(self._connection, f"{_path(batch)}/results")) as response:
                for line in _lines(response):
                    found = self._outcome(line)
                    if found is not None:
                        outcomes[found[0]] = found[1]
        except errors as error:
            return _free(failure(self._connection, error, started=False))
        return dict(sorted(outcomes.items()))

    def cancel(self, batch: str) -> NoReply | None:
        """Stop a batch. Raises ValueError for what is no id of a batch."""
        found = call(self._connection, f"{_path(batch)}/cancel", {})
        return _free(found) if isinstance(found, NoReply) else None

    def _outcome(self, line: bytes) -> tuple[str, Reply | NoReply] | None:
        """The key and outcome in one line; None for a line that names no key, whose request then has no outcome."""
        if not line.strip():
            return None
        try:
            value = parse(line)
        except UnreadableError:
            return None
        match value:
            case {"custom_id": str(key), "result": {"type": "succeeded", "message": message}}:
                return key, decode(message, self._settings.ttl)
            case {"custom_id": str(key), "result": {"type": "errored", "error": {"error": {"type": str(kind), "message": str(message)}}}}:
                return key, NoReply(kind_trouble(kind, message), brief(f"{kind}: {message}"))
            case {"custom_id": str(key), "result": {"type": "expired"}}:
                return key, NoReply(Trouble.TIMEOUT, "the batch expired before this request was worked on")
            case {"custom_id": str(key), "result": {"type": "canceled"}}:
                return key, NoReply(Trouble.CONNECTION, "the batch was cancelled before this request was worked on")
            case {"custom_id": str(key)}:
                return key, NoReply(Trouble.BROKEN, "the outcome is not the API's", charged=True, usage=Usage(calls=1))
            case _:
                return None


def _lines(response: httpx2.Response) -> Iterator[bytes]:
    """The lines of a body. Only line feeds end one: JSON texts may hold the other separators."""
    rest = b""
    for chunk in response.iter_bytes():
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    yield rest


def _path(batch: str) -> str:
    if not _ID.fullmatch(batch):
        msg = f"not the id of a batch: {batch!r}"
        raise ValueError(msg)
    return f"{_BATCHES}/{batch}"


def _free(failed: NoReply) -> NoReply:
    """A failure to look at a batch: looking costs nothing, and what is not found there is the batch and no model."""
    trouble = Trouble.BAD_REQUEST if failed.trouble is Trouble.UNKNOWN_MODEL else failed.trouble
    return NoReply(trouble, failed.detail)
