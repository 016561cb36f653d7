"""What the real client makes of everything that can go wrong: one row of the table each, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import anthropic
import pytest

from scanner.core.usage import Usage
from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings
from scanner.llm.endpoints import Direct
from scanner.llm.errors import KINDS, TABLE
from scanner.llm.model_list import load_catalogue
from scanner.llm.transport import Network
from scanner.ports.chat import NoReply, Reply, Trouble
from tests.support.messages_server import QUICK, Answer, BrokenStream, CutOff, Drip, Fail, Hang, MessagesServer, Raw, Redirect

if TYPE_CHECKING:
    from tests.unit.llm.conftest import Ask, Connect

KEY = "sk-test-0123456789"
ONCE = ChatSettings(max_retries=0, network=Network(silence=5.0))
HTML = b"<html><body><h1>Bad gateway</h1></body></html>"

STATUSES = [
    (Fail(400), Trouble.BAD_REQUEST),
    (Fail(400, message="prompt is too long: 1000001 tokens > 1000000 maximum"), Trouble.TOO_LARGE),
    (Fail(400, message="input length and `max_tokens` exceed context limit: 9 + 9 > 10"), Trouble.TOO_LARGE),
    (Fail(400, message="Your credit balance is too low to access the API."), Trouble.AUTHENTICATION),
    (Fail(400, code="organization_on_hold"), Trouble.AUTHENTICATION),
    (Fail(401), Trouble.AUTHENTICATION),
    (Fail(402), Trouble.AUTHENTICATION),
    (Fail(403), Trouble.AUTHENTICATION),
    (Fail(404, message="model: claude-haiku-5-5"), Trouble.UNKNOWN_MODEL),
    (Fail(408, "timeout_error"), Trouble.TIMEOUT),
    (Fail(409, "conflict_error"), Trouble.OVERLOADED),
    (Fail(412, "invalid_request_error"), Trouble.BAD_REQUEST),
    (Fail(413), Trouble.TOO_LARGE),
    (Fail(422, "invalid_request_error"), Trouble.BAD_REQUEST),
    (Fail(429), Trouble.RATE_LIMITED),
    (Fail(429, code="enforced_spend_limit_reached"), Trouble.AUTHENTICATION),
    (Fail(431, "invalid_request_error"), Trouble.BAD_REQUEST),
    (Fail(499, "api_error"), Trouble.CONNECTION),
    (Fail(500), Trouble.OVERLOADED),
    (Fail(501), Trouble.BROKEN),
    (Fail(503, "overloaded_error"), Trouble.OVERLOADED),
    (Fail(504), Trouble.TIMEOUT),
    (Fail(529), Trouble.OVERLOADED),
    (Fail(418, "invalid_request_error"), Trouble.BROKEN),
]


@pytest.mark.parametrize(
    ("fail", "trouble"), STATUSES, ids=lambda value: f"{value.status}-{value.code or value.kind}" if isinstance(value, Fail) else ""
)
def test_an_error_of_the_api_has_its_trouble_and_costs_nothing(connect: Connect, ask: Ask, tokens: int, fail: Fail, trouble: Trouble) -> None:
    _, chat = connect(fail, settings=ONCE)

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (trouble, False, Usage())
    assert found.detail.startswith(f"HTTP {fail.status} ")
    assert fail.message in found.detail
    assert found.detail.endswith("(request req_01)")


GATEWAYS = [(500, Trouble.OVERLOADED, True), (502, Trouble.OVERLOADED, True), (503, Trouble.OVERLOADED, False), (504, Trouble.TIMEOUT, True)]


@pytest.mark.parametrize(("status", "trouble", "charged"), [*GATEWAYS, (404, Trouble.BROKEN, False), (403, Trouble.AUTHENTICATION, False)])
def test_an_error_from_something_in_between_may_have_cost_money(
    connect: Connect, ask: Ask, tokens: int, status: int, trouble: Trouble, charged: bool
) -> None:
    server, chat = connect(Raw(status, HTML, "text/html", QUICK))
    server.add(*[Raw(status, HTML, "text/html", QUICK)] * 2)

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (trouble, charged)
    assert found.detail == f"HTTP {status}, not from the API: text/html"
    assert len(server.requests) == (3 if status == 503 else 1)  # what may have been charged is not sent again


@pytest.mark.parametrize(
    "fail", [Fail(408, "timeout_error"), Fail(409, "conflict_error"), Fail(429), Fail(500), Fail(503, "overloaded_error"), Fail(529)]
)
def test_what_is_worth_another_attempt_gets_one(connect: Connect, ask: Ask, tokens: int, fail: Fail) -> None:
    server, chat = connect(fail, fail, Answer.text("at last"))

    assert isinstance(chat.send(ask(max_tokens=tokens)), Reply)
    assert len(server.requests) == 3


def test_attempts_come_to_an_end(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(*[Fail(529)] * 9, settings=replace(ONCE, max_retries=3))

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert found.trouble is Trouble.OVERLOADED
    assert len(server.requests) == 4


@pytest.mark.parametrize("wait", [{"retry-after": "86400"}, {"retry-after-ms": "3600000"}, {"retry-after": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_an_endpoint_that_asks_for_too_much_patience_is_not_asked_again(connect: Connect, ask: Ask, wait: dict[str, str]) -> None:
    server, chat = connect(Fail(429, headers=wait))

    found = chat.send(ask())

    assert isinstance(found, NoReply)
    assert found.trouble is Trouble.RATE_LIMITED
    assert len(server.requests) == 1


def test_an_endpoint_that_says_nothing_runs_into_the_time_limit(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(Hang(), settings=ChatSettings(network=Network(silence=0.1)))

    found = chat.send(ask(max_tokens=tokens))

    assert found == NoReply(Trouble.TIMEOUT, "no answer within 0.1 seconds", charged=True, usage=Usage(calls=1))
    assert len(server.requests) == 1


def test_an_answer_that_drips_runs_into_the_deadline(connect: Connect, ask: Ask, tokens: int) -> None:
    _, chat = connect(Drip(0.005), settings=ChatSettings(network=Network(silence=5.0, deadline=0.1)))

    found = chat.send(ask(max_tokens=tokens))

    assert found == NoReply(Trouble.TIMEOUT, "the answer was not complete after 0.1 seconds", charged=True, usage=Usage(calls=1))


def test_a_pause_in_the_middle_of_a_stream_runs_into_the_time_limit(connect: Connect, ask: Ask) -> None:
    _, chat = connect(Answer.text("slow", pause=0.5), settings=ChatSettings(network=Network(silence=0.1)))

    found = chat.send(ask(max_tokens=20_000))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (Trouble.TIMEOUT, True)
    assert found.detail == "the answer paused for more than 0.1 seconds"


def test_an_answer_without_end_is_cut_at_its_size(connect: Connect, ask: Ask, tokens: int) -> None:
    _, chat = connect(Answer.text("x" * 5_000), settings=ChatSettings(network=Network(max_bytes=2_000)))

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.detail, found.charged) == (Trouble.BROKEN, "the answer is longer than 2000 bytes", True)


def test_a_connection_that_breaks_before_the_answer_is_not_tried_again(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(CutOff())

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (Trouble.CONNECTION, True, Usage(calls=1))
    assert len(server.requests) == 1


def test_an_answer_cut_off_in_the_middle_is_charged_as_far_as_it_is_known(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(CutOff(events=40 if tokens < 8_000 else 5))

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (Trouble.CONNECTION, True)
    assert found.usage == (Usage(calls=1) if tokens < 8_000 else Usage(1, 10, 1))
    assert len(server.requests) == 1


def test_a_stream_that_ends_politely_but_early_is_cut_off_too(connect: Connect, ask: Ask) -> None:
    _, chat = connect(CutOff(events=5, clean=True))

    found = chat.send(ask(max_tokens=20_000))

    assert found == NoReply(Trouble.CONNECTION, "the answer ended before it was complete", charged=True, usage=Usage(1, 10, 1))


def test_nobody_there_is_no_connection_and_costs_nothing(ask: Ask, tokens: int) -> None:
    with MessagesServer() as server:
        url = server.url
    with AnthropicChat(Direct(KEY, url), load_catalogue()) as chat:
        found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (Trouble.CONNECTION, False, Usage())


@pytest.mark.parametrize("kind", sorted({*KINDS, "an_error_of_tomorrow"}))
def test_an_error_in_the_middle_of_a_stream_has_its_trouble_and_may_be_charged(connect: Connect, ask: Ask, kind: str) -> None:
    _, chat = connect(BrokenStream(kind=kind))

    found = chat.send(ask(max_tokens=20_000))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (KINDS.get(kind, Trouble.BROKEN), True, Usage(1, 10, 1))
    assert "it went wrong in the middle" in found.detail


GARBAGE = {
    "no json": b'event: content_block_delta\ndata: {"type": "content_block_del\n\n',
    "no utf-8": b"event: content_block_delta\ndata: \xff\xfe\n\n",
    "no object": b"event: content_block_delta\ndata: [1]\n\n",
    "no finite number": b'event: content_block_delta\ndata: {"type": "ping", "n": NaN}\n\n',
    "no block of that number": (
        b'event: content_block_delta\ndata: {"type": "content_block_delta", "index": 7, "delta": {"type": "text_delta", "text": "x"}}\n\n'
    ),
    "no delta": b'event: content_block_delta\ndata: {"type": "content_block_delta", "index": 0}\n\n',
    "a delta without text": b'event: content_block_delta\ndata: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta"}}\n\n',
    "too deep": b"event: message_start\ndata: " + b"[" * 100_000 + b"\n\n",
    "a number of many digits": b"event: message_start\ndata: " + b"9" * 5_000 + b"\n\n",
    "a message_delta that is none": b'event: message_delta\ndata: {"type": "message_delta", "delta": 5}\n\n',
}


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_in_a_stream_is_a_broken_answer(connect: Connect, ask: Ask, garbage: bytes) -> None:
    _, chat = connect(BrokenStream(events=3, garbage=garbage))

    found = chat.send(ask(max_tokens=20_000))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (Trouble.BROKEN, True, Usage(1, 10, 1))


@pytest.mark.parametrize("events", [0, 1])
def test_a_stream_that_begins_in_the_middle_is_a_broken_answer(connect: Connect, ask: Ask, events: int) -> None:
    del events
    _, chat = connect(BrokenStream(events=0, garbage=b'event: message_delta\ndata: {"type": "message_delta", "delta": {}}\n\n'))

    found = chat.send(ask(max_tokens=20_000))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (Trouble.BROKEN, True)


GOOD: dict[str, Any] = {
    "type": "message",
    "role": "assistant",
    "model": "m",
    "content": [{"type": "text", "text": "ok"}],
    "stop_reason": "end_turn",
    "usage": {"input_tokens": 3, "output_tokens": 2},
}
COUNTED = Usage(1, 3, 2)
BODIES: dict[str, tuple[Any, Usage]] = {
    "nothing": (b"", Usage(calls=1)),
    "a page": (HTML, Usage(calls=1)),
    "a list": ([], Usage(calls=1)),
    "null": (None, Usage(calls=1)),
    "an error with status 200": ({"type": "error", "error": {"type": "api_error", "message": "x"}}, Usage(calls=1)),
    "no usage": ({**GOOD, "usage": None}, Usage(calls=1)),
    "usage without counts": ({**GOOD, "usage": {}}, Usage(calls=1)),
    "negative counts": ({**GOOD, "usage": {"input_tokens": -3, "output_tokens": 2}}, Usage(calls=1)),
    "counts that are text": ({**GOOD, "usage": {"input_tokens": "3", "output_tokens": 2}}, Usage(calls=1)),
    "counts that are truths": ({**GOOD, "usage": {"input_tokens": True, "output_tokens": 2}}, Usage(calls=1)),
    "no content": ({**GOOD, "content": None}, COUNTED),
    "content that is text": ({**GOOD, "content": "ok"}, COUNTED),
    "a block that is text": ({**GOOD, "content": ["ok"]}, COUNTED),
    "a block without a type": ({**GOOD, "content": [{"text": "ok"}]}, COUNTED),
    "a text without text": ({**GOOD, "content": [{"type": "text"}]}, COUNTED),
    "a tool call without an id": ({**GOOD, "content": [{"type": "tool_use", "name": "x", "input": {}}]}, COUNTED),
    "no stop reason": ({**GOOD, "stop_reason": None}, COUNTED),
    "a stop reason that is a list": ({**GOOD, "stop_reason": ["end_turn"]}, COUNTED),
    "a stop reason that is not known": ({**GOOD, "stop_reason": "bored"}, COUNTED),
    "a number of many digits": (b"9" * 5_000, Usage(calls=1)),
    "too deep": (b"[" * 100_000, Usage(calls=1)),
    "not utf-8": (b'{"type": "\xff"}', Usage(calls=1)),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("kind", ["application/json", "text/html", ""])
def test_a_body_that_is_not_the_apis_is_a_broken_answer(connect: Connect, ask: Ask, name: str, kind: str) -> None:
    import json  # noqa: PLC0415 -- for this table alone

    value, usage = BODIES[name]
    _, chat = connect(Raw(200, value if isinstance(value, bytes) else json.dumps(value).encode(), kind))

    found = chat.send(ask())

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged, found.usage) == (Trouble.BROKEN, True, usage)
    assert "\n" not in found.detail
    assert len(found.detail) < 500


def test_a_body_that_claims_to_be_packed_and_is_not_is_a_broken_answer(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(Raw(200, b"plain", headers={"content-encoding": "gzip"}))

    found = chat.send(ask(max_tokens=tokens))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (Trouble.BROKEN, True)
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["text/html", "text/event-stream"])
def test_a_page_instead_of_a_stream_is_a_broken_answer(connect: Connect, ask: Ask, kind: str) -> None:
    _, chat = connect(Raw(200, HTML, kind))

    found = chat.send(ask(max_tokens=20_000))

    assert isinstance(found, NoReply)
    assert (found.trouble, found.charged) == (Trouble.BROKEN, True)


def test_an_endpoint_that_does_not_stream_is_understood(connect: Connect, ask: Ask) -> None:
    import json  # noqa: PLC0415 -- for this test alone

    _, chat = connect(Raw(200, json.dumps(GOOD).encode(), "application/json; charset=utf-8"))

    assert isinstance(chat.send(ask(max_tokens=20_000)), Reply)


def test_a_redirect_is_not_followed(connect: Connect, ask: Ask, tokens: int) -> None:
    with MessagesServer() as other:
        server, chat = connect(Redirect(f"{other.url}/v1/messages"), Redirect("/elsewhere"), Redirect("http://host:port"))
        found = [chat.send(ask(max_tokens=tokens)) for _ in range(3)]

    assert other.requests == []
    assert found == [
        NoReply(Trouble.BROKEN, f"HTTP 307: a redirect to {place}; redirects are not followed")
        for place in ("127.0.0.1", "the same host", "an address that is none")
    ]
    assert [request.path for request in server.requests] == ["/v1/messages"] * 3


def test_the_key_is_in_no_message(connect: Connect, ask: Ask) -> None:
    _, chat = connect(Fail(401, message=f"invalid key {KEY}\x1b[31m"), settings=ONCE)

    found = chat.send(ask())

    assert found == NoReply(Trouble.AUTHENTICATION, "HTTP 401 authentication_error: invalid key [secret] [31m(request req_01)")
    assert KEY not in repr(chat.__dict__)


def test_every_error_of_the_sdk_has_a_row() -> None:
    rows = [kind for kind, _, _ in TABLE]
    named = [getattr(anthropic, name) for name in anthropic.__all__ if name.endswith("Error")]

    for kind in named:
        assert any(issubclass(kind, row) for row in rows), kind
    for index, kind in enumerate(rows):
        assert not any(issubclass(kind, earlier) for earlier in rows[:index]), f"{kind} is never reached"
