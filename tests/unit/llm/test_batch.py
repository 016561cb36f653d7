"""Batches: handed in, found again by id, and read whatever state they are in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import ConfigError
from scanner.core.usage import Usage
from scanner.llm.anthropic_batch import AnthropicBatches
from scanner.llm.anthropic_chat import ChatSettings
from scanner.llm.endpoints import Direct
from scanner.llm.model_list import load_catalogue
from scanner.ports.batch import BatchStatus
from scanner.ports.chat import NoReply, Reply, Stop, Text, Trouble
from tests.support.messages_server import Answer, Fail, Hang, MessagesServer, Raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.ports.batch import BatchModel
    from tests.unit.llm.conftest import Ask

KEY = "sk-test"


@pytest.fixture
def server() -> Iterator[MessagesServer]:
    with MessagesServer(batch_polls=1) as there:
        yield there


@pytest.fixture
def batches(server: MessagesServer) -> Iterator[AnthropicBatches]:
    with AnthropicBatches(Direct(KEY, server.url), load_catalogue(), ChatSettings(max_retries=0)) as here:
        yield here


def test_a_batch_is_handed_in_polled_and_fetched_by_its_keys(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    server.add(Answer.text("for b"), Answer.text("for a"))  # outcomes come in any order

    model: BatchModel = batches
    batch = model.submit({"a": ask("first"), "b": ask("second", max_tokens=20_000)})

    assert isinstance(batch, str)
    assert [batches.poll(batch), batches.poll(batch)] == [BatchStatus(ended=False, done=0, total=2), BatchStatus(ended=True, done=2, total=2)]
    assert batches.results(batch) == {key: Reply((Text(f"for {key}"),), Stop.END_TURN, Usage(1, 10, 5), "claude-haiku-5-5") for key in ("a", "b")}
    assert server.refused == []


def test_a_batch_is_found_again_after_a_restart(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    server.add(Answer.text("kept"))
    batch = batches.submit({"a": ask()})
    assert isinstance(batch, str)

    with AnthropicBatches(Direct(KEY, server.url), load_catalogue()) as later:
        found = later.results(batch)

    assert not isinstance(found, NoReply)
    assert list(found) == ["a"]


def test_every_outcome_has_its_meaning(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    server.add(Hang(), Fail(529), Fail(400, message="prompt is too long: 9 > 5"), Answer((), "refusal"), Answer.text("ok", stop_reason="bored"))
    batch = batches.submit({key: ask() for key in "edcba"})
    assert isinstance(batch, str)

    found = batches.results(batch)

    assert not isinstance(found, NoReply)
    assert list(found) == ["a", "b", "c", "d", "e"]
    assert [found[key].trouble for key in "abce" if isinstance(found[key], NoReply)] == [  # type: ignore[union-attr]
        Trouble.TIMEOUT,
        Trouble.OVERLOADED,
        Trouble.TOO_LARGE,
        Trouble.BROKEN,
    ]
    assert [found[key].charged for key in "abce"] == [False, False, False, True]  # type: ignore[union-attr]
    assert found["d"] == Reply((), Stop.REFUSAL, Usage(1, 10, 5), "claude-haiku-5-5")


def test_a_cancelled_batch_says_so(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    batch = batches.submit({"a": ask()})
    assert isinstance(batch, str)

    assert batches.cancel(batch) is None
    found = batches.results(batch)

    assert found == {"a": NoReply(Trouble.CONNECTION, "the batch was cancelled before this request was worked on")}
    assert server.left == 0


def test_lines_that_cannot_be_read_cost_their_own_outcome_alone(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    good = {
        "type": "message",
        "content": [{"type": "text", "text": "a\u2028b"}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }
    server.results_lines = [
        b"",
        b"{broken",
        b"[]",
        json.dumps({"custom_id": 5}).encode(),
        json.dumps({"custom_id": "a", "result": {"type": "succeeded", "message": good}}, ensure_ascii=False).encode(),
        json.dumps({"custom_id": "b", "result": {"type": "new"}}).encode(),
    ]
    batch = batches.submit({"a": ask(), "b": ask(), "c": ask()})
    assert isinstance(batch, str)

    found = batches.results(batch)

    assert found == {
        "a": Reply((Text("a\u2028b"),), Stop.END_TURN, Usage(1, 1, 1)),
        "b": NoReply(Trouble.BROKEN, "the outcome is not the API's", charged=True, usage=Usage(calls=1)),
    }


def test_results_are_read_from_the_endpoint_and_nowhere_else(server: MessagesServer, batches: AnthropicBatches, ask: Ask) -> None:
    server.add(Answer.text("ok"))
    with MessagesServer() as other:
        server.results_url = f"{other.url}/steal/the/key"
        batch = batches.submit({"a": ask()})
        assert isinstance(batch, str)
        found = batches.results(batch)

    assert other.requests == []
    assert not isinstance(found, NoReply)


def test_what_goes_wrong_is_a_value(batches: AnthropicBatches, ask: Ask) -> None:
    gone = [batches.poll("msgbatch_99"), batches.results("msgbatch_99"), batches.cancel("msgbatch_99")]

    assert [found.trouble for found in gone if isinstance(found, NoReply)] == [Trouble.BAD_REQUEST] * 3
    assert not any(found.charged for found in gone if isinstance(found, NoReply))
    with pytest.raises(ConfigError, match="no price"):
        batches.submit({"a": ask(model="mystery")})


@pytest.mark.parametrize("body", [b"{}", b"<html>", b'{"id": "../x"}', b'{"processing_status": "ended"}'])
def test_an_answer_that_is_no_batch_is_broken(body: bytes, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    with MessagesServer() as server, AnthropicBatches(Direct(KEY, server.url), load_catalogue()) as batches:
        monkeypatch.setattr(server, "respond", lambda *_: Raw(200, body))
        submitted, polled = batches.submit({"a": ask()}), batches.poll("msgbatch_01")

    assert isinstance(submitted, NoReply)
    assert isinstance(polled, NoReply)
    assert (submitted.trouble, submitted.charged, polled.trouble, polled.charged) == (Trouble.BROKEN, True, Trouble.BROKEN, False)


@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "\u00e9", "a\n"])
def test_a_key_that_the_endpoint_does_not_take_is_a_mistake(batches: AnthropicBatches, ask: Ask, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        batches.submit({key: ask()})


def test_an_empty_batch_is_a_mistake(batches: AnthropicBatches) -> None:
    with pytest.raises(ValueError, match="at least one"):
        batches.submit({})


@pytest.mark.parametrize("batch", ["", "../files", "a/b", "x?y", "a\n"])
def test_an_id_is_never_a_path(server: MessagesServer, batches: AnthropicBatches, batch: str) -> None:
    for look in (batches.poll, batches.results, batches.cancel):
        with pytest.raises(ValueError, match="not the id of a batch"):
            look(batch)
    assert server.requests == []
