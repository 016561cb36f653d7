"""What the real client makes of replies, streamed and not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scanner.core.errors import ConfigError
from scanner.core.usage import Usage
from scanner.llm.anthropic_chat import ChatSettings
from scanner.llm.encode import Ttl
from scanner.ports.chat import Effort, Message, NoReply, Reply, Side, Stop, Text, Thought, ToolResult, ToolUse, Trouble
from tests.support.messages_server import Answer

if TYPE_CHECKING:
    from scanner.ports.chat import ChatModel, Json
    from tests.unit.llm.conftest import Ask, Connect

THOUGHT = {"type": "thinking", "thinking": "the value is checked in line 4", "signature": "c2lnbmVk"}
REDACTED = {"type": "redacted_thinking", "data": "b3BhcXVl"}


def test_words_come_back_as_text(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(Answer.text("it is true \u2028 \U0001f512"))

    model: ChatModel = chat
    reply = model.send(ask(max_tokens=tokens))

    assert reply == Reply((Text("it is true \u2028 \U0001f512"),), Stop.END_TURN, Usage(1, 10, 5), "claude-haiku-5-5")
    assert server.bodies[0].get("stream", False) is (tokens > 8_000)
    assert server.refused == []


def test_a_tool_call_comes_back_with_its_input(connect: Connect, ask: Ask, tokens: int) -> None:
    given: dict[str, Json] = {"path": "app/views.py", "lines": [1, 2.5, None, True], "deep": {"er": {}}}
    _, chat = connect(Answer.tool("read_code", given))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert (reply.stop, reply.blocks) == (Stop.TOOL_USE, (ToolUse("toolu_01", "read_code", given),))


@pytest.mark.parametrize(
    "text", ['{"path": "a', "[1, 2]", '"a.py"', "NaN", '{"path": NaN}', "9" * 5_000, "[" * 100_000, '{"a":' * 200 + "1" + "}" * 200]
)
def test_tool_input_that_is_no_json_object_is_kept_as_text(connect: Connect, ask: Ask, text: str) -> None:
    _, chat = connect(Answer.tool("read_code", text, split=20_000))

    reply = chat.send(ask(max_tokens=20_000))

    assert isinstance(reply, Reply)
    assert reply.blocks == (ToolUse("toolu_01", "read_code", None, text),)


def test_tool_input_that_is_no_object_is_kept_as_text_without_a_stream_too(connect: Connect, ask: Ask) -> None:
    _, chat = connect(Answer.tool("read_code", ["a.py"]), Answer.tool("read_code", "a.py"))

    assert [chat.send(ask()), chat.send(ask())] == [
        Reply((ToolUse("toolu_01", "read_code", None, text),), Stop.TOOL_USE, Usage(1, 10, 5), "claude-haiku-5-5") for text in ('["a.py"]', "a.py")
    ]


def test_a_tool_call_without_arguments_has_an_empty_object(connect: Connect, ask: Ask, tokens: int) -> None:
    _, chat = connect(Answer.tool("list_entry_points", "" if tokens > 8_000 else {}))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert reply.blocks == (ToolUse("toolu_01", "list_entry_points", {}),)


def test_thoughts_go_back_unchanged(connect: Connect, ask: Ask, tokens: int) -> None:
    use = {"type": "tool_use", "id": "toolu_01", "name": "read_code", "input": {"path": "a.py"}}
    server, chat = connect(Answer((THOUGHT, REDACTED, use), "tool_use"), Answer.text("done"))
    first = ask(max_tokens=tokens)
    reply = chat.send(first)
    assert isinstance(reply, Reply)
    assert reply.blocks[:2] == (Thought(THOUGHT), Thought(REDACTED))

    turns = (*first.messages, Message(Side.ASSISTANT, reply.blocks), Message(Side.USER, (ToolResult("toolu_01", "1 import os"),)))
    chat.send(ask(messages=turns, max_tokens=tokens))

    assert server.bodies[1]["messages"][1]["content"] == [THOUGHT, REDACTED, use]
    assert server.refused == []


@pytest.mark.parametrize("stop", list(Stop))
def test_every_stop_reason_has_its_name(connect: Connect, ask: Ask, tokens: int, stop: Stop) -> None:
    _, chat = connect(Answer.text("so far", stop_reason=stop.value))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert (reply.stop, reply.detail) == (stop, "")


def test_a_refusal_says_which_kind_and_why(connect: Connect, ask: Ask, tokens: int) -> None:
    details = {"type": "refusal", "category": "cyber", "explanation": "This looks\nlike an exploit."}
    _, chat = connect(Answer((), "refusal", stop_details=details, usage={"input_tokens": 10, "output_tokens": 0}))

    reply = chat.send(ask(max_tokens=tokens))

    assert reply == Reply((), Stop.REFUSAL, Usage(1, 10), "claude-haiku-5-5", "cyber: This looks like an exploit.")


def test_a_refusal_without_a_category_is_one_all_the_same(connect: Connect, ask: Ask, tokens: int) -> None:
    _, chat = connect(Answer((), "refusal", stop_details={"type": "refusal", "category": None, "explanation": None}))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert (reply.stop, reply.detail) == (Stop.REFUSAL, "")


def test_the_sequence_that_stopped_a_reply_is_told(connect: Connect, ask: Ask, tokens: int) -> None:
    _, chat = connect(Answer.text("so far", stop_reason="stop_sequence", stop_sequence="END"))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert (reply.stop, reply.detail) == (Stop.STOP_SEQUENCE, "END")


def test_both_kinds_of_cache_writes_are_counted_apart(connect: Connect, ask: Ask, tokens: int) -> None:
    usage = {
        "input_tokens": 1,
        "output_tokens": 2,
        "cache_creation_input_tokens": 700,
        "cache_creation": {"ephemeral_5m_input_tokens": 300, "ephemeral_1h_input_tokens": 400},
        "cache_read_input_tokens": 5_000,
    }
    _, chat = connect(Answer.text("ok", usage=usage))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert reply.usage == Usage(1, 1, 2, 300, 400, 5_000)


@pytest.mark.parametrize(("ttl", "expected"), [(Ttl.MINUTES_5, (700, 0)), (Ttl.HOUR_1, (0, 700))])
def test_cache_writes_without_a_split_count_as_what_was_asked_for(connect: Connect, ask: Ask, ttl: Ttl, expected: tuple[int, int]) -> None:
    usage = {"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 700}
    _, chat = connect(Answer.text("ok", usage=usage), settings=ChatSettings(ttl=ttl))

    reply = chat.send(ask())

    assert isinstance(reply, Reply)
    assert (reply.usage.cache_write_tokens, reply.usage.cache_write_1h_tokens) == expected


def test_a_stream_whose_block_kinds_came_later_than_this_code_is_still_read(connect: Connect, ask: Ask, tokens: int) -> None:
    later: dict[str, Json] = {"type": "something_new", "data": [1, 2]}
    _, chat = connect(Answer((later, {"type": "text", "text": "ok"})))

    reply = chat.send(ask(max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert reply.blocks == (Thought(later), Text("ok"))


def test_lone_surrogates_reach_neither_side(connect: Connect, ask: Ask, tokens: int) -> None:
    server, chat = connect(Answer.text("bad \ud800 text", split=100))

    reply = chat.send(ask("file \udce9.py", max_tokens=tokens))

    assert isinstance(reply, Reply)
    assert reply.blocks == (Text("bad \ufffd text"),)
    assert server.bodies[0]["messages"][0]["content"][0]["text"] == "file \ufffd.py"


def test_prompts_are_counted_without_being_answered(connect: Connect, ask: Ask) -> None:
    server, chat = connect()

    count = chat.count(ask())

    assert isinstance(count, int)
    assert count > 0
    assert [request.path for request in server.requests] == ["/v1/messages/count_tokens"]
    assert server.refused == []


def test_a_model_that_is_there_is_found_and_one_that_is_gone_is_told(connect: Connect) -> None:
    _, chat = connect(models=["claude-haiku-5-5"])

    assert chat.check("claude-haiku-5-5") is None
    gone = chat.check("claude-haiku-2")
    assert isinstance(gone, NoReply)
    assert (gone.trouble, gone.charged) == (Trouble.UNKNOWN_MODEL, False)


def test_a_model_without_a_price_is_never_asked(connect: Connect, ask: Ask) -> None:
    server, chat = connect(Answer.text("for free"))

    with pytest.raises(ConfigError, match="there is no price for the model 'mystery'") as caught:
        chat.send(ask(model="mystery"))

    assert "[models" in caught.value.hint
    assert server.requests == []


def test_many_threads_share_one_chat(connect: Connect, ask: Ask) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- this test alone needs it

    def echo(body: dict[str, Any]) -> Answer:
        return Answer.text(body["messages"][0]["content"][0]["text"])

    server, chat = connect(echo)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda number: chat.send(ask(f"case {number}", max_tokens=1_000 if number % 2 else 20_000)), range(40)))

    assert [reply.blocks for reply in replies if isinstance(reply, Reply)] == [(Text(f"case {number}"),) for number in range(40)]
    assert server.refused == []


def test_effort_is_sent_where_the_model_takes_it(connect: Connect, ask: Ask) -> None:
    server, chat = connect(Answer.text("ok"), Answer.text("ok"))

    chat.send(ask(effort=Effort.XHIGH))
    chat.send(ask())

    assert [body.get("output_config") for body in server.bodies] == [{"effort": "xhigh"}, None]
    assert json.dumps(server.bodies).count("adaptive") == 2
