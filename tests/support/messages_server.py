"""A loopback server that speaks the Messages API: messages, streamed and not, token counts, models and batches, and everything that goes wrong.

```python
with MessagesServer([Answer.text("hello"), Fail(529)]) as server:
    chat = AnthropicChat(Direct("key", server.url), load_catalogue())
    ...
    assert server.requests[0].body["model"] == "claude-haiku-5-5"
```

The script is a list of steps, one for each request to `/v1/messages`, or a function of the request's body. Requests are checked as the API
checks them; one with mistakes gets a 400 that names them, and is kept in `server.refused`.
"""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from tests.support.messages_rules import mistakes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    Script = Iterable["Step"] | Callable[[dict[str, Any]], "Step"]

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}
QUICK = {"retry-after-ms": "1"}  # keeps the SDK's pauses short


@dataclass(frozen=True)
class Answer:
    """A message. `split` is how many characters each streamed delta holds; `pause` seconds pass before each event and before the body."""

    content: tuple[Mapping[str, Any], ...] = ()
    stop_reason: str | None = "end_turn"
    usage: Mapping[str, Any] = field(default_factory=lambda: {"input_tokens": 10, "output_tokens": 5})
    stop_details: Mapping[str, Any] | None = None
    stop_sequence: str | None = None
    model: str = ""
    split: int = 7
    pause: float = 0.0

    @classmethod
    def text(cls, words: str, **more: Any) -> Answer:
        """A message of words."""
        return cls(({"type": "text", "text": words},), **more)

    @classmethod
    def tool(cls, name: str, given: Any, number: str = "toolu_01", **more: Any) -> Answer:
        """A message that asks for a tool. An input that is a text is sent as it is in a stream: broken JSON, for instance."""
        return cls(({"type": "tool_use", "id": number, "name": name, "input": given},), "tool_use", **more)


@dataclass(frozen=True)
class Fail:
    """An error of the API. Without a kind and a message, the status's own; `headers` replace the quick retry."""

    status: int
    kind: str = ""
    message: str = "it went wrong"
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: QUICK)


@dataclass(frozen=True)
class Raw:
    """Any response at all."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Redirect:
    """To somewhere else."""

    location: str
    status: int = 307


@dataclass(frozen=True)
class CutOff:
    """The connection breaks: before anything is said (`events` is None), or within the answer, after so many events (or bytes, not streamed)."""

    answer: Answer = field(default_factory=lambda: Answer.text("never told in full"))
    events: int | None = None
    clean: bool = False  # the response ends in good form, and yet before the message does


@dataclass(frozen=True)
class Hang:
    """Nothing is ever said; the connection stays open until the server closes."""


@dataclass(frozen=True)
class Drip:
    """A body that comes byte by byte and never ends, with `pause` seconds in between."""

    pause: float = 0.01


@dataclass(frozen=True)
class BrokenStream:
    """A stream that goes wrong after so many events: with an error of the API (`kind`), or with the given bytes."""

    answer: Answer = field(default_factory=lambda: Answer.text("half of it"))
    events: int = 3
    kind: str = ""
    message: str = "it went wrong in the middle"
    garbage: bytes = b""


Step = Answer | Fail | Raw | Redirect | CutOff | Hang | Drip | BrokenStream


@dataclass(frozen=True)
class Received:
    """One request that came in. Header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass
class _Batch:
    items: list[dict[str, Any]]
    polls: int
    cancelled: bool = False


class MessagesServer:
    """The server; use it as a context. It is safe to ask it from several threads."""

    def __init__(self, script: Script = (), *, models: Iterable[str] | None = None, batch_polls: int = 0) -> None:
        """`models` are those that exist (all, by default); a batch says `batch_polls` times that it is not done."""
        self.requests: list[Received] = []
        self.refused: list[str] = []
        self._script = script if callable(script) else None
        self._steps: list[Step] = [] if callable(script) else list(script)
        self._models = None if models is None else set(models)
        self._lock = threading.Lock()
        self._batches: dict[str, _Batch] = {}
        self._batch_polls = batch_polls
        self.results_url: str | None = None  # what a batch says of where its results are, if not the truth
        self.results_lines: list[bytes] | None = None  # the lines of results, if not those of the script
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def left(self) -> int:
        """How many steps of the script nobody has asked for."""
        return len(self._steps)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The bodies of all requests for messages, in order."""
        return [request.body for request in self.requests if request.path == "/v1/messages"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def add(self, *steps: Step) -> None:
        """Put more steps at the end of the script."""
        with self._lock:
            self._steps += steps

    # -- what a handler asks -------------------------------------------------------------------------------------------------------------

    def receive(self, request: Received) -> None:
        """Remember a request."""
        with self._lock:
            self.requests.append(request)

    def respond(self, path: str, method: str, body: dict[str, Any]) -> Step:
        """What a request gets."""
        match (method, path.removeprefix("/v1/").split("/")):
            case ("POST", ["messages"]):
                return self._message(body)
            case ("POST", ["messages", "count_tokens"]):
                return self._count(body)
            case ("GET", ["models", name]):
                return self._unknown(name) or _json({"type": "model", "id": name, "display_name": name})
            case ("POST", ["messages", "batches"]):
                return self._submit(body)
            case (_, ["messages", "batches", name, *rest]) if name in self._batches:
                return self._batch(name, self._batches[name], rest)
            case _:
                return Fail(404, message=f"no such path: {path}")

    def _message(self, body: dict[str, Any]) -> Step:
        return self._refuse(body) or self._unknown(body["model"]) or self._next(body)

    def _count(self, body: dict[str, Any]) -> Step:
        refused = self._refuse(body, counting=True) or self._unknown(body["model"])
        return refused or _json({"input_tokens": len(json.dumps(body)) // 4})

    def _refuse(self, body: dict[str, Any], *, counting: bool = False) -> Fail | None:
        wrong = mistakes(body, counting=counting)
        if not wrong:
            return None
        with self._lock:
            self.refused += wrong
        return Fail(400, message="; ".join(wrong))

    def _unknown(self, model: str) -> Fail | None:
        return Fail(404, message=f"model: {model}") if self._models is not None and model not in self._models else None

    def _next(self, body: dict[str, Any]) -> Step:
        if self._script is not None:
            return self._script(body)
        with self._lock:
            if self._steps:
                return self._steps.pop(0)
            self.refused.append("a request beyond the script")
        return Fail(500, message="the script has ended", headers={"x-should-retry": "false"})

    def _submit(self, body: dict[str, Any]) -> Step:
        items = body.get("requests")
        if not isinstance(items, list) or not items:
            return Fail(400, message="requests: Field required")
        names = [item.get("custom_id") for item in items]
        if len(names) != len(set(names)):
            return Fail(400, message="custom_id must be unique")
        for item in items:
            refused = self._refuse(item["params"])
            if refused:
                return refused
        with self._lock:
            name = f"msgbatch_{len(self._batches) + 1:02}"
            self._batches[name] = _Batch(items, self._batch_polls)
        return _json(self._state(name, self._batches[name]))

    def _state(self, name: str, batch: _Batch) -> dict[str, Any]:
        ended = batch.polls <= 0
        total = len(batch.items)
        counts = {"processing": 0 if ended else total, "succeeded": total if ended else 0, "errored": 0, "canceled": 0, "expired": 0}
        results = (self.results_url or f"{self.url}/v1/messages/batches/{name}/results") if ended else None
        return {
            "type": "message_batch",
            "id": name,
            "processing_status": "ended" if ended else "in_progress",
            "request_counts": counts,
            "results_url": results,
            "created_at": "2026-11-01T00:00:00Z",
            "expires_at": "2026-11-02T00:00:00Z",
        }

    def _batch(self, name: str, batch: _Batch, rest: list[str]) -> Step:
        if rest == ["cancel"]:
            batch.cancelled = True
            batch.polls = 0
            return _json({**self._state(name, batch), "processing_status": "canceling"})
        if rest == ["results"]:
            lines = self.results_lines if self.results_lines is not None else [self._result(item, batch) for item in reversed(batch.items)]
            return Raw(200, b"\n".join(lines) + b"\n", "application/binary")
        state = self._state(name, batch)
        batch.polls -= 1
        return _json(state)

    def _result(self, item: dict[str, Any], batch: _Batch) -> bytes:
        outcome: dict[str, Any]
        step: Step | None = None if batch.cancelled else self._next(item["params"])
        match step:
            case None:
                outcome = {"type": "canceled"}
            case Answer():
                outcome = {"type": "succeeded", "message": message_json(step, item["params"])}
            case Fail():
                outcome = {"type": "errored", "error": error_json(step)}
            case _:
                outcome = {"type": "expired"}
        return json.dumps({"custom_id": item["custom_id"], "result": outcome}).encode()


def message_json(answer: Answer, body: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as the API words it."""
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": answer.model or body.get("model", ""),
        "content": [dict(block) for block in answer.content],
        "stop_reason": answer.stop_reason,
        "stop_sequence": answer.stop_sequence,
        "stop_details": answer.stop_details,
        "usage": dict(answer.usage),
    }


def error_json(fail: Fail) -> dict[str, Any]:
    """An error as the API words it."""
    error: dict[str, Any] = {"type": fail.kind or KINDS.get(fail.status, "api_error"), "message": fail.message}
    if fail.code:
        error["details"] = {"error_code": fail.code}
    return {"type": "error", "error": error, "request_id": "req_01"}


def events(answer: Answer, body: Mapping[str, Any]) -> Iterator[bytes]:
    """An answer as a stream."""
    whole = message_json(answer, body)
    first = {**answer.usage, "output_tokens": 1}
    start = {**whole, "content": [], "stop_reason": None, "stop_sequence": None, "stop_details": None, "usage": first}
    yield _event("message_start", {"message": start})
    yield _event("ping", {})
    for index, block in enumerate(answer.content):
        yield from _block_events(index, block, answer.split)
    last = {"stop_reason": answer.stop_reason, "stop_sequence": answer.stop_sequence, "stop_details": answer.stop_details}
    yield _event("message_delta", {"delta": last, "usage": {"output_tokens": answer.usage.get("output_tokens", 0)}})
    yield _event("message_stop", {})


def _block_events(index: int, block: Mapping[str, Any], split: int) -> Iterator[bytes]:
    match block:
        case {"type": "tool_use", "input": given}:
            text = given if isinstance(given, str) else json.dumps(given)
            yield _event("content_block_start", {"index": index, "content_block": {**block, "input": {}}})
            deltas = [{"type": "input_json_delta", "partial_json": part} for part in _parts(text, split)]
        case {"type": "text", "text": str(text)}:
            yield _event("content_block_start", {"index": index, "content_block": {"type": "text", "text": ""}})
            deltas = [{"type": "text_delta", "text": part} for part in _parts(text, split)]
        case {"type": "thinking", "thinking": str(text)}:
            yield _event("content_block_start", {"index": index, "content_block": {"type": "thinking", "thinking": "", "signature": ""}})
            deltas = [{"type": "thinking_delta", "thinking": part} for part in _parts(text, split)]
            deltas.append({"type": "signature_delta", "signature": block["signature"]})
        case _:
            yield _event("content_block_start", {"index": index, "content_block": dict(block)})
            deltas = []
    for delta in deltas:
        yield _event("content_block_delta", {"index": index, "delta": delta})
    yield _event("content_block_stop", {"index": index})


def _parts(text: str, split: int) -> list[str]:
    return [text[start : start + split] for start in range(0, len(text), split)]


def _event(name: str, value: Mapping[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **value})}\n\n".encode()


def _json(value: Mapping[str, Any]) -> Raw:
    return Raw(200, json.dumps(value).encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    owner: MessagesServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class names it so
        """Stay silent: `requests` is the log."""

    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("content-length", 0)))
        try:
            body = json.loads(data)
        except ValueError:
            self._fail(Fail(400, message="the body is not JSON"))
            return
        self._handle(body)

    def _handle(self, body: dict[str, Any]) -> None:
        owner = self.server.owner
        path = self.path.partition("?")[0]
        owner.receive(Received(self.command, path, {name.lower(): value for name, value in self.headers.items()}, body))
        step = owner.respond(path, self.command, body)
        match step:
            case Answer() if body.get("stream"):
                self._stream(self._slowly(events(step, body), step.pause))
            case Answer():
                owner.closing.wait(step.pause)
                self._raw(Raw(200, json.dumps(message_json(step, body)).encode()))
            case Fail():
                self._fail(step)
            case Raw():
                self._raw(step)
            case Redirect(location=location, status=status):
                self._raw(Raw(status, b"moved", "text/plain", {"location": location}))
            case CutOff():
                self._cut_off(step, body)
            case Hang():
                owner.closing.wait()
                self._abandon()
            case Drip(pause=pause):
                self._stream(self._slowly(iter(lambda: b":", b""), pause))
            case BrokenStream():
                self._stream(self._broken(step, body))

    def _fail(self, fail: Fail) -> None:
        self._raw(Raw(fail.status, json.dumps(error_json(fail)).encode(), headers={"request-id": "req_01", **fail.headers}))

    def _raw(self, raw: Raw) -> None:
        self.send_response(raw.status)
        self.send_header("content-type", raw.content_type)
        self.send_header("content-length", str(len(raw.body)))
        for name, value in raw.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw.body)

    def _stream(self, chunks: Iterator[bytes]) -> None:
        self._begin()
        for chunk in chunks:
            self._chunk(chunk)
        self.wfile.write(b"0\r\n\r\n")

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def _chunk(self, chunk: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.flush()

    def _slowly(self, chunks: Iterator[bytes], pause: float) -> Iterator[bytes]:
        for chunk in chunks:
            if self.server.owner.closing.wait(pause):
                return
            yield chunk

    def _broken(self, step: BrokenStream, body: Mapping[str, Any]) -> Iterator[bytes]:
        for number, chunk in enumerate(events(step.answer, body)):
            if number == step.events:
                break
            yield chunk
        yield step.garbage or _event("error", {"error": {"type": step.kind, "message": step.message}})

    def _cut_off(self, step: CutOff, body: Mapping[str, Any]) -> None:
        if step.events is None:
            self._abandon()
            return
        if body.get("stream"):
            self._begin()
            for number, chunk in enumerate(events(step.answer, body)):
                if number == step.events:
                    break
                self._chunk(chunk)
            if step.clean:
                self.wfile.write(b"0\r\n\r\n")
                return
        else:
            text = json.dumps(message_json(replace(step.answer), body)).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text[: step.events])
        self._abandon()

    def _abandon(self) -> None:
        """Close the connection without a further word."""
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
