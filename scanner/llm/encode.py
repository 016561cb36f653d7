"""Requests as the Messages API takes them."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scanner.llm.models import Thinking
from scanner.ports.chat import Text, Thought, ToolResult, ToolUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.llm.models import Model
    from scanner.ports.chat import Block, ChatRequest, Json, Message, ToolSpec

# What the API allows in one request (platform.claude.com, prompt caching).
_MAX_MARKS: Final = 4
# How a tool call that was no JSON object goes back: under the key the API's documentation proposes for it.
_MALFORMED: Final = "INVALID_JSON"
# Tokens that a request takes beside its text: what the API adds around tools, and around each turn and block. Generous, for an upper bound.
_OVERHEAD: Final = 4_000
_OVERHEAD_BLOCK: Final = 64


class Ttl(StrEnum):
    """How long a cached prefix lives. The longer life costs more to write."""

    MINUTES_5 = "5m"
    HOUR_1 = "1h"


def encode(request: ChatRequest, model: Model, ttl: Ttl = Ttl.MINUTES_5) -> dict[str, Json]:
    """The body of the call, without `stream`. What the model cannot do is left out: effort, strictness, a forced tool, cache marks, thinking."""
    request = _within_marks(request, _MAX_MARKS if model.caching else 0)
    body: dict[str, Json] = {"model": request.model, "max_tokens": min(request.max_tokens, model.max_output)}
    system: list[Json] = [_text(text, ttl) for text in request.system if text.text]
    if system:
        body["system"] = system
    body["messages"] = [_message(message, ttl) for message in request.messages]
    if request.tools:
        body["tools"] = [_tool(tool, strict=tool.strict and model.strict_tools) for tool in request.tools]
    forced = bool(request.force_tool) and model.forced_tools
    if forced:
        body["tool_choice"] = {"type": "tool", "name": request.force_tool}
    if model.thinking is Thinking.ADAPTIVE and not forced:  # the API does not combine the two
        body["thinking"] = {"type": "adaptive"}
    if request.effort in model.efforts:
        body["output_config"] = {"effort": request.effort.value}
    return _sendable(body)


def prompt_bound(request: ChatRequest) -> int:
    """More tokens than the prompt of a request can have: a token is at least one byte of its text, and what the API adds is bounded."""
    parts = [*(len(text.text.encode("utf-8", "replace")) for text in request.system)]
    for message in request.messages:
        parts += (_size(block) for block in message.blocks)
    for tool in request.tools:
        parts.append(len(json.dumps([tool.name, tool.description, tool.schema]).encode("utf-8")))
    return sum(parts) + _OVERHEAD_BLOCK * (len(parts) + len(request.messages)) + _OVERHEAD


def _size(block: Block) -> int:
    match block:
        case Text(text=text) | ToolResult(text=text):
            return len(text.encode("utf-8", "replace"))
        case Thought(raw=raw):
            return len(json.dumps(dict(raw)))
        case ToolUse(name=name, input=given, malformed=malformed):
            return len(json.dumps([name, None if given is None else dict(given), malformed]))


def _message(message: Message, ttl: Ttl) -> Json:
    blocks: list[Json] = [_block(block, ttl) for block in message.blocks if not (isinstance(block, Text) and not block.text)]  # the API takes none
    return {"role": message.side.value, "content": blocks}


def _block(block: Block, ttl: Ttl) -> Json:
    match block:
        case Text():
            return _text(block, ttl)
        case Thought(raw=raw):
            return dict(raw)
        case ToolUse(id=name, name=tool, input=given, malformed=malformed):
            value: Json = {_MALFORMED: malformed} if given is None else dict(given)
            return {"type": "tool_use", "id": name, "name": tool, "input": value}
        case ToolResult(id=name, text=text, error=error, cache=cache):
            result: dict[str, Json] = {"type": "tool_result", "tool_use_id": name, "content": text}
            if error:
                result["is_error"] = True
            return result | _mark(ttl, cache=cache)


def _text(text: Text, ttl: Ttl) -> dict[str, Json]:
    return {"type": "text", "text": text.text} | _mark(ttl, cache=text.cache)


def _mark(ttl: Ttl, *, cache: bool) -> dict[str, Json]:
    if not cache:
        return {}
    control: dict[str, Json] = {"type": "ephemeral"}
    if ttl is not Ttl.MINUTES_5:
        control["ttl"] = ttl.value
    return {"cache_control": control}


def _tool(tool: ToolSpec, *, strict: bool) -> Json:
    value: dict[str, Json] = {"name": tool.name, "description": tool.description, "input_schema": dict(tool.schema)}
    if strict:
        value["strict"] = True
    return value


def _within_marks(request: ChatRequest, allowed: int) -> ChatRequest:
    """The request with at most so many cache marks: the first half keeps the prefix that requests share, the last half the newest turns."""
    marks = list(_marks(request))
    if len(marks) <= allowed:
        return request
    half = allowed // 2
    kept = {*marks[:half], *marks[len(marks) - (allowed - half) :]} if allowed else set()
    system = tuple(text if (-1, index) in kept else replace(text, cache=False) for index, text in enumerate(request.system))
    messages = tuple(
        replace(message, blocks=tuple(block if (turn, index) in kept else _unmarked(block) for index, block in enumerate(message.blocks)))
        for turn, message in enumerate(request.messages)
    )
    return replace(request, system=system, messages=messages)


def _marks(request: ChatRequest) -> Iterator[tuple[int, int]]:
    """Where the marks are, in the order of the prompt: turn (-1 is the system's) and block. Nothing marks a block that is not sent."""
    for index, text in enumerate(request.system):
        if text.cache and text.text:
            yield -1, index
    for turn, message in enumerate(request.messages):
        for index, block in enumerate(message.blocks):
            if isinstance(block, (Text, ToolResult)) and block.cache and (block.text or isinstance(block, ToolResult)):
                yield turn, index


def _unmarked(block: Block) -> Block:
    return replace(block, cache=False) if isinstance(block, (Text, ToolResult)) else block


def _sendable(body: Mapping[str, Json]) -> dict[str, Json]:
    """The body with every lone surrogate replaced by U+FFFD, which UTF-8 can carry. Names of files that are no text hold such."""
    return {key: _clean(value) for key, value in body.items()}


def _clean(value: Json) -> Json:
    match value:
        case str():
            return clean_text(value)
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {clean_text(key): _clean(item) for key, item in value.items()}
        case _:
            return value


def clean_text(text: str) -> str:
    """The text with lone surrogates replaced by U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
