"""Models behind the Messages API, through the official SDK: Anthropic's own endpoint, compatible ones, Amazon Bedrock and Google Vertex AI."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

import anthropic
import httpx2

from scanner.core.usage import Usage
from scanner.llm.connection import Connected, connect
from scanner.llm.decode import UnreadableError, brief, decode, parse
from scanner.llm.encode import Ttl, encode
from scanner.llm.errors import FOREIGN, no_reply
from scanner.llm.stream import Assembly
from scanner.llm.transport import Network
from scanner.ports.chat import NoReply, Reply, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.llm.connection import Connection
    from scanner.llm.endpoints import Endpoint
    from scanner.llm.models import Catalogue
    from scanner.ports.chat import ChatRequest, Json

MESSAGES: Final = "/v1/messages"
_JSON: Final = "json"


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How to talk to an endpoint.

    `max_retries` counts the attempts after the first, all of them before any work was done. Replies that may be longer than `stream_above`
    tokens are streamed. `ttl` is how long cached prefixes live.
    """

    max_retries: int = 2
    stream_above: int = 2_000  # a reply that is not streamed is silent until it is whole, and has to be within `network.silence`
    ttl: Ttl = Ttl.MINUTES_5
    network: Network = field(default_factory=Network)


class AnthropicChat(Connected):
    """A ChatModel. Close it, or use it as a context.

    The SDK sends a request again where that is free: connections that failed, 429, 529 and errors in the API's own shape. An answer that got
    lost on its way is `charged`, and whether to pay for another is the caller's decision.
    """

    def __init__(self, endpoint: Endpoint, catalogue: Catalogue, settings: ChatSettings | None = None) -> None:
        """Connects to nothing yet. Raises ConfigError where an extra is missing, or a proxy or certificate cannot be used."""
        self._catalogue = catalogue
        self._settings = settings or ChatSettings()
        self._connection = connect(endpoint, self._settings.network, self._settings.max_retries)

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The reply, or why there is none. Raises ConfigError for a model without a price, before anything is sent."""
        body = encode(request, self._catalogue.model(request.model), self._settings.ttl)
        if request.max_tokens > self._settings.stream_above:
            return self._streamed(body)
        found = call(self._connection, MESSAGES, body)
        return found if isinstance(found, NoReply) else decode(found, self._settings.ttl)

    def count(self, request: ChatRequest) -> int | NoReply:
        """How many tokens the prompt has, as the endpoint counts them, for nothing. Clouds that cannot count say BROKEN."""
        body = encode(request, self._catalogue.model(request.model), self._settings.ttl)
        found = call(self._connection, f"{MESSAGES}/count_tokens", {key: value for key, value in body.items() if key != "max_tokens"})
        match found:
            case NoReply():
                return NoReply(found.trouble, found.detail)  # counting is free, whatever became of it
            case {"input_tokens": int(tokens)} if tokens >= 0:
                return tokens
            case _:
                return NoReply(Trouble.BROKEN, "the answer is not the API's: no count of tokens")

    def check(self, model: str) -> NoReply | None:
        """Ask for the model's description, which costs nothing: why calls would fail, or None. Endpoints without descriptions say BROKEN."""
        found = call(self._connection, f"/v1/models/{quote(model, safe='')}")
        if isinstance(found, NoReply):
            return NoReply(found.trouble, found.detail)
        return None

    def _streamed(self, body: Mapping[str, Json]) -> Reply | NoReply:
        assembly = Assembly(self._settings.ttl)
        errors: tuple[type[Exception], ...] = (*FOREIGN, *self._connection.errors)
        opened = False
        try:
            with closing(_post(self._connection, MESSAGES, {**body, "stream": True})) as response:
                opened = True
                if _is_json(response):  # an endpoint that does not stream
                    return decode(parse(response.read()), self._settings.ttl)
                for event in _events(self._connection, response):
                    assembly.feed(event)
                    if assembly.complete:
                        break
        except errors as error:
            return failure(self._connection, error, started=opened, usage=assembly.usage() if opened else None)
        if assembly.complete:
            return decode(assembly.message(), self._settings.ttl)
        if not assembly.started:
            return NoReply(Trouble.BROKEN, "the answer is not the API's: no stream of events", charged=True, usage=Usage(calls=1))
        return NoReply(Trouble.CONNECTION, "the answer ended before it was complete", charged=True, usage=assembly.usage())


def call(connection: Connection, path: str, body: Mapping[str, Json] | None = None) -> Json | NoReply:
    """The JSON that comes back from one path of the endpoint: posted with a body, fetched without."""
    errors: tuple[type[Exception], ...] = (*FOREIGN, *connection.errors)
    opened = False
    try:
        with closing(_post(connection, path, body) if body is not None else fetch(connection, path)) as response:
            opened = True
            return parse(response.read())
    except errors as error:
        return failure(connection, error, started=opened)


def fetch(connection: Connection, path: str) -> httpx2.Response:
    """The open response of a path; the caller closes it. Raises what the SDK raises."""
    return cast(
        "httpx2.Response",  # the SDK hands out the response itself where that is the type asked for
        connection.client.get(path, cast_to=httpx2.Response, stream=True, stream_cls=anthropic.Stream[object]),
    )


def failure(connection: Connection, error: Exception, *, started: bool, usage: Usage | None = None) -> NoReply:
    """Why there is no reply, for an error of the SDK or of a cloud's own library."""
    for kind, trouble in connection.errors.items():
        if isinstance(error, kind):
            return NoReply(trouble, brief(str(error)), charged=started, usage=Usage(calls=int(started)))
    return no_reply(error, connection.secrets, started=started, usage=usage)


def _post(connection: Connection, path: str, body: Mapping[str, Json]) -> httpx2.Response:
    """The open response, unread: what goes wrong from here on is not sent again."""
    return cast(
        "httpx2.Response",  # as in `fetch`
        connection.client.post(path, body=dict(body), cast_to=httpx2.Response, stream=True, stream_cls=anthropic.Stream[object]),
    )


def _is_json(response: httpx2.Response) -> bool:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower().endswith(_JSON)


def _events(connection: Connection, response: httpx2.Response) -> Iterator[object]:
    """The events of a stream, as plain values. Raises UnreadableError for what is no event."""
    stream = iter(anthropic.Stream(cast_to=object, response=response, client=cast("anthropic.Anthropic", connection.client)))
    while True:
        try:
            event = next(stream)
        except StopIteration:
            return
        except (ValueError, RecursionError) as error:  # JSON and UTF-8 that are none, out of the SDK's decoder
            msg = f"not an event: {brief(str(error))}"
            raise UnreadableError(msg) from error
        yield event
