"""Answers of the Messages API as replies. Everything in them is checked: what does not fit is no reply, never an exception."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.llm.encode import Ttl, clean_text
from scanner.ports.chat import NoReply, Reply, Stop, Text, Thought, ToolUse, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Block, Json

_MAX_DEPTH: Final = 64
_SHOWN: Final = 300


class UnreadableError(Exception):
    """An answer is not of the shape the API promises; `str(error)` says what is wrong. It never leaves this room."""


def parse(text: str | bytes) -> Json:
    """The JSON value of a text. Raises UnreadableError for anything else: other formats, numbers that are not finite, nesting without end."""
    try:
        return tidy(json.loads(text))
    except (ValueError, RecursionError) as error:  # a number of too many digits is a plain ValueError
        msg = f"not JSON: {brief(str(error))}"
        raise UnreadableError(msg) from error


def tidy(value: object, depth: int = 0) -> Json:
    """A JSON value that can be written again: lone surrogates replaced, no NaN, no infinity, nesting bounded. Raises UnreadableError."""
    if depth > _MAX_DEPTH:
        msg = f"nested more than {_MAX_DEPTH} deep"
        raise UnreadableError(msg)
    match value:
        case None | bool() | int():
            return value
        case str():
            return clean_text(value)
        case float() if math.isfinite(value):
            return value
        case list():
            return [tidy(item, depth + 1) for item in value]
        case dict():
            return {clean_text(str(key)): tidy(item, depth + 1) for key, item in value.items()}
        case _:
            msg = f"not a JSON value: {brief(repr(value))}"
            raise UnreadableError(msg)


def decode(message: Json, ttl: Ttl = Ttl.MINUTES_5) -> Reply | NoReply:
    """The reply in a message of the API; `ttl` says which writes are counted where the message only has their sum.

    An answer that is none is BROKEN, and charged: the endpoint did work for it.
    """
    usage = Usage(calls=1)
    try:
        table = _table(message)
        usage = read_usage(table.get("usage"), ttl)
        stop = _stop(table.get("stop_reason"))
        model = table.get("model")
        return Reply(_blocks(table.get("content")), stop, usage, model if isinstance(model, str) else "", _detail(stop, table))
    except UnreadableError as error:
        return NoReply(Trouble.BROKEN, f"the answer is not the API's: {error}", charged=True, usage=usage)


def _table(message: Json) -> dict[str, Json]:
    if isinstance(message, dict) and message.get("type") == "message":
        return message
    msg = f"not a message: {brief(json.dumps(message))}"
    raise UnreadableError(msg)


def _blocks(content: Json) -> tuple[Block, ...]:
    if isinstance(content, list):
        return tuple(_block(block) for block in content)
    msg = "a message without content"
    raise UnreadableError(msg)


def read_usage(value: Json, ttl: Ttl) -> Usage:
    """The tokens of one call. Raises UnreadableError where counts are missing or make no sense."""
    if not isinstance(value, dict):
        msg = "a message without usage"
        raise UnreadableError(msg)
    written = _count(value, "cache_creation_input_tokens")
    split = value.get("cache_creation")
    short = _count(split, "ephemeral_5m_input_tokens") if isinstance(split, dict) else 0
    long = _count(split, "ephemeral_1h_input_tokens") if isinstance(split, dict) else 0
    rest = max(0, written - short - long)  # an endpoint that does not split them up wrote what was asked for
    return Usage(
        calls=1,
        input_tokens=_count(value, "input_tokens", required=True),
        output_tokens=_count(value, "output_tokens", required=True),
        cache_write_tokens=short + (rest if ttl is Ttl.MINUTES_5 else 0),
        cache_write_1h_tokens=long + (rest if ttl is Ttl.HOUR_1 else 0),
        cache_read_tokens=_count(value, "cache_read_input_tokens"),
    )


def _count(table: Mapping[str, Json], key: str, *, required: bool = False) -> int:
    value = table.get(key)
    if value is None and not required:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        msg = f"usage.{key} is {brief(json.dumps(value))}"
        raise UnreadableError(msg)
    return value


def _stop(value: Json) -> Stop:
    if value not in tuple(Stop):
        msg = f"stop_reason is {brief(json.dumps(value))}"
        raise UnreadableError(msg)
    return Stop(str(value))


def _detail(stop: Stop, message: Mapping[str, Json]) -> str:
    """What the API adds to a stop reason: the category and explanation of a refusal, the sequence that stopped it."""
    if stop is Stop.STOP_SEQUENCE:
        return brief(str(message.get("stop_sequence") or ""))
    details = message.get("stop_details")
    if not isinstance(details, dict):
        return ""
    return brief(": ".join(part for part in (details.get("category"), details.get("explanation")) if isinstance(part, str) and part))


def _block(value: Json) -> Block:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        msg = f"a content block without a type: {brief(json.dumps(value))}"
        raise UnreadableError(msg)
    match value:
        case {"type": "text", "text": str(text)}:
            return Text(text)
        case {"type": "tool_use", "id": str(name), "name": str(tool), "input": dict(given)}:
            return ToolUse(name, tool, given)
        case {"type": "tool_use", "id": str(name), "name": str(tool)}:
            other = value.get("input")
            return ToolUse(name, tool, None, other if isinstance(other, str) else json.dumps(other))
        case {"type": "text" | "tool_use"}:
            msg = f"a content block with missing parts: {brief(json.dumps(value))}"
            raise UnreadableError(msg)
        case _:
            return Thought(value)  # thoughts, and kinds of blocks that came later: they go back as they are


def brief(text: str) -> str:
    """The text in one line of bounded length, for messages."""
    line = " ".join("".join(char if char.isprintable() else " " for char in clean_text(text[: 4 * _SHOWN])).split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "..."
