"""Whatever an endpoint sends: it is read, or it is told to be broken, and nothing is ever raised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.llm.decode import UnreadableError, brief, decode, parse, tidy
from scanner.llm.encode import Ttl
from scanner.llm.stream import Assembly
from scanner.ports.chat import NoReply, Reply, Trouble
from scanner.ports.chat_json import canonical, reply_from, reply_json
from tests.support.messages_server import Answer, events, message_json

if TYPE_CHECKING:
    from scanner.ports.chat import Json

words = st.text(max_size=30)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | words
anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=12)
keys = st.sampled_from(
    [
        "type",
        "content",
        "usage",
        "stop_reason",
        "model",
        "stop_details",
        "text",
        "id",
        "name",
        "input",
        "input_tokens",
        "output_tokens",
        "index",
        "delta",
    ]
)
values = st.sampled_from(
    ["message", "text", "tool_use", "end_turn", "refusal", "message_start", "message_delta", "content_block_start", "content_block_delta", "x"]
)
likely = st.recursive(leaves | values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6), max_leaves=20)
blocks = st.lists(
    st.one_of(
        words.map(lambda text: {"type": "text", "text": text}),
        words.map(lambda text: {"type": "thinking", "thinking": text, "signature": "c2ln"}),
        st.dictionaries(words, st.lists(words, max_size=2) | st.integers(), max_size=3).map(
            lambda given: {"type": "tool_use", "id": "toolu_01", "name": "look", "input": given}
        ),
    ),
    max_size=4,
)


@given(likely | anything)
@example({"type": "message", "stop_reason": {}, "usage": {"input_tokens": 1, "output_tokens": 1}, "content": []})
def test_no_value_makes_it_fall_over(value: Any) -> None:
    try:
        found = decode(tidy(value))
    except UnreadableError:
        return  # no value that JSON has

    assert isinstance(found, Reply) or (found.trouble, found.charged) == (Trouble.BROKEN, True)
    assert reply_from(json.loads(canonical(reply_json(found)))) == found  # what came in can be written down


@given(st.lists(likely | anything, max_size=6))
def test_no_stream_makes_it_fall_over(sent: list[Any]) -> None:
    assembly = Assembly(Ttl.MINUTES_5)
    for event in sent:
        try:
            assembly.feed(event)
        except UnreadableError:
            break

    assert assembly.usage().calls == 1
    assert isinstance(decode(assembly.message()), (Reply, NoReply))


@given(st.binary(max_size=60) | words.map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_make_it_fall_over(data: bytes) -> None:
    try:
        value = parse(data)
    except UnreadableError as error:
        assert "\n" not in str(error)  # noqa: PT017 -- either outcome is right
        return
    assert canonical(value)


@given(blocks, st.integers(1, 9))
def test_a_stream_says_the_same_as_the_whole_message(content: list[dict[str, Json]], split: int) -> None:
    answer = Answer(tuple(content), split=split)
    assembly = Assembly(Ttl.MINUTES_5)
    for chunk in events(answer, {"model": "m"}):
        assembly.feed(json.loads(chunk.decode("utf-8").split("data: ", 1)[1]))

    assert assembly.complete
    assert decode(assembly.message()) == decode(tidy(message_json(answer, {"model": "m"})))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")], {"a": object()}, {1, 2}])
def test_what_json_cannot_say_is_unreadable(value: object) -> None:
    with pytest.raises(UnreadableError):
        tidy(value)


@given(words)
def test_messages_are_short_and_on_one_line(text: str) -> None:
    shown = brief(text * 100)

    assert len(shown) <= 303
    assert all(char.isprintable() for char in shown)
