"""What is sent: cache marks, tools, thinking, and an upper bound for the length of it all."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.llm.encode import Ttl, encode, prompt_bound
from scanner.llm.model_list import load_catalogue
from scanner.llm.models import Thinking
from scanner.ports.chat import ChatRequest, Effort, Message, Side, Text, Thought, ToolResult, ToolSpec, ToolUse
from tests.support.messages_rules import mistakes

HAIKU = load_catalogue().model("claude-haiku-5-5")
PLAIN = replace(HAIKU, thinking=Thinking.NONE, efforts=(), strict_tools=False, forced_tools=True, caching=False)
MARK = '"cache_control": {"type": "ephemeral"}'
TOOL = ToolSpec("submit", "Say it.", {"type": "object", "properties": {}, "additionalProperties": False})


def turns(number: int) -> tuple[Message, ...]:
    """A conversation with so many tool calls, every result and the first message marked."""
    said = [Message(Side.USER, (Text("brief", cache=True),))]
    for index in range(number):
        said += [
            Message(Side.ASSISTANT, (ToolUse(f"t{index}", "submit", {}),)),
            Message(Side.USER, (ToolResult(f"t{index}", f"result {index}", cache=True),)),
        ]
    return tuple(said)


def request(**changes: object) -> ChatRequest:
    plain = ChatRequest("claude-haiku-5-5", (Text("system", cache=True), Text("rule", cache=True)), turns(1), (TOOL,))
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(8))
def test_at_most_four_places_are_marked_the_first_and_the_newest(number: int) -> None:
    body = encode(request(messages=turns(number)), HAIKU)

    assert mistakes(body) == []
    marked = ["system", "rule", "brief", *(f"result {index}" for index in range(number))]
    expected = marked if len(marked) <= 4 else [*marked[:2], *marked[-2:]]
    text = json.dumps(body)
    assert text.count(MARK) == len(expected)
    assert [
        place for place in marked if f'{{"type": "text", "text": "{place}", {MARK}}}' in text or f'"content": "{place}", {MARK}}}' in text
    ] == expected


def test_a_longer_life_is_asked_for_where_it_is_set() -> None:
    body = encode(request(), HAIKU, Ttl.HOUR_1)

    assert json.dumps(body).count('"cache_control": {"type": "ephemeral", "ttl": "1h"}') == 4


def test_a_model_without_caching_gets_no_marks() -> None:
    assert "cache_control" not in json.dumps(encode(request(), PLAIN))


def test_what_a_model_cannot_do_is_left_out() -> None:
    asked = request(effort=Effort.MAX, force_tool="submit")

    able = encode(asked, replace(HAIKU, forced_tools=True))
    unable = encode(asked, PLAIN)
    listed = encode(asked, HAIKU)

    assert (able["output_config"], able["tool_choice"]) == ({"effort": "max"}, {"type": "tool", "name": "submit"})
    assert "thinking" not in able  # the API does not combine it with a forced tool
    assert (listed["thinking"], "tool_choice" in listed) == ({"type": "adaptive"}, False)
    assert {"output_config", "thinking"} & set(unable) == set()
    assert json.dumps(able).count('"strict": true') == 1
    assert "strict" not in json.dumps(unable)


def test_an_answer_is_never_asked_to_be_longer_than_the_model_can() -> None:
    assert encode(request(max_tokens=999_999), HAIKU)["max_tokens"] == 128_000


def test_empty_texts_are_not_sent_and_their_marks_do_not_count() -> None:
    said = (Message(Side.USER, (Text("", cache=True), Text("hello", cache=True))), *turns(3)[1:])
    body = encode(request(system=(Text("", cache=True),), messages=said), HAIKU)

    assert mistakes(body) == []
    assert "system" not in body
    assert json.dumps(body).count("cache_control") == 4


def test_a_call_that_was_no_json_goes_back_as_an_object() -> None:
    said = (
        Message(Side.USER, (Text("hello"),)),
        Message(Side.ASSISTANT, (ToolUse("t1", "submit", None, '{"a'),)),
        Message(Side.USER, (ToolResult("t1", "not JSON", error=True),)),
    )
    body = encode(request(messages=said), HAIKU)

    assert mistakes(body) == []
    assert body["messages"][1]["content"][0]["input"] == {"INVALID_JSON": '{"a'}  # type: ignore[index, call-overload]
    assert body["messages"][2]["content"][0]["is_error"] is True  # type: ignore[index, call-overload]


def test_the_prefix_is_the_same_bytes_whatever_follows() -> None:
    first, second = encode(request(), HAIKU), encode(request(messages=(Message(Side.USER, (Text("another case"),)),)), HAIKU)

    assert json.dumps([first["tools"], first["system"]]) == json.dumps([second["tools"], second["system"]])


@given(st.text(), st.text(), st.integers(0, 9))
def test_the_bound_of_a_prompt_is_above_its_bytes(words: str, result: str, number: int) -> None:
    asked = request(
        system=(Text(words),),
        messages=(Message(Side.USER, (Text(words), Thought({"type": "thinking", "thinking": words}), ToolResult("t", result))), *turns(number)),
    )

    assert prompt_bound(asked) > len(words.encode("utf-8", "replace")) * 3 + len(result.encode("utf-8", "replace"))
