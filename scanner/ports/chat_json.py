"""Requests and replies as canonical JSON: what an audit writes, what a replay looks up, and what a cache key is made of.

One text for one value: keys sorted, no white space, ASCII only. The digest of a request is the SHA-256 of its text.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from scanner.core.usage import COUNTS, Usage
from scanner.ports.chat import NoReply, Reply, Stop, Text, Thought, ToolResult, ToolUse, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Block, ChatRequest, Json


def canonical(value: object) -> str:
    """The one JSON text of a value. Lone surrogates become escapes, as JSON allows."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def request_json(request: ChatRequest) -> dict[str, Json]:
    """A request as plain values, with everything in it that an answer depends on."""
    return {
        "model": request.model,
        "system": [block_json(text) for text in request.system],
        "messages": [{"side": message.side.value, "blocks": [block_json(block) for block in message.blocks]} for message in request.messages],
        "tools": [{"name": tool.name, "description": tool.description, "schema": dict(tool.schema), "strict": tool.strict} for tool in request.tools],
        "max_tokens": request.max_tokens,
        "effort": request.effort.value if request.effort else None,
        "force_tool": request.force_tool,
    }


def request_digest(request: ChatRequest) -> str:
    """The name of a request: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(request_json(request)).encode("ascii")).hexdigest()


def block_json(block: Block) -> dict[str, Json]:
    """One block; `type` says which."""
    match block:
        case Text():
            return {"type": "text", "text": block.text, "cache": block.cache}
        case Thought():
            return {"type": "thought", "raw": dict(block.raw)}
        case ToolUse():
            given: Json = None if block.input is None else dict(block.input)
            return {"type": "tool_use", "id": block.id, "name": block.name, "input": given, "malformed": block.malformed}
        case ToolResult():
            return {"type": "tool_result", "id": block.id, "text": block.text, "error": block.error, "cache": block.cache}


def reply_json(reply: Reply | NoReply) -> dict[str, Json]:
    """A reply, or why there was none; `type` says which."""
    if isinstance(reply, NoReply):
        return {
            "type": "no_reply",
            "trouble": reply.trouble.value,
            "detail": reply.detail,
            "charged": reply.charged,
            "usage": usage_json(reply.usage),
        }
    return {
        "type": "reply",
        "blocks": [block_json(block) for block in reply.blocks],
        "stop": reply.stop.value,
        "usage": usage_json(reply.usage),
        "model": reply.model,
        "detail": reply.detail,
    }


def usage_json(usage: Usage) -> dict[str, Json]:
    """Counts, and the money as text, which loses nothing."""
    return {**usage.counts, "cost_usd": str(usage.cost_usd)}


def usage_from(value: Mapping[str, Json]) -> Usage:
    """What `usage_json` wrote. Raises KeyError, TypeError, ValueError or ArithmeticError for anything else."""
    counts = {name: _number(value[name]) for name in COUNTS}
    return Usage(**counts, cost_usd=Decimal(_text(value["cost_usd"])))


def reply_from(value: Mapping[str, Json]) -> Reply | NoReply:
    """What `reply_json` wrote. Raises KeyError, TypeError, ValueError or ArithmeticError for anything else."""
    usage = usage_from(_mapping(value["usage"]))
    if value["type"] == "no_reply":
        return NoReply(Trouble(_text(value["trouble"])), _text(value["detail"]), bool(value["charged"]), usage)
    blocks = value["blocks"]
    if not isinstance(blocks, list):
        msg = f"blocks are a list, not {blocks!r}"
        raise TypeError(msg)
    return Reply(tuple(_block(_mapping(block)) for block in blocks), Stop(_text(value["stop"])), usage, _text(value["model"]), _text(value["detail"]))


def _block(value: Mapping[str, Json]) -> Block:
    match value["type"]:
        case "text":
            return Text(_text(value["text"]), bool(value["cache"]))
        case "thought":
            return Thought(_mapping(value["raw"]))
        case "tool_use":
            given = value["input"]
            return ToolUse(_text(value["id"]), _text(value["name"]), None if given is None else _mapping(given), _text(value["malformed"]))
        case "tool_result":
            return ToolResult(_text(value["id"]), _text(value["text"]), bool(value["error"]), bool(value["cache"]))
        case other:
            msg = f"there is no block of type {other!r}"
            raise ValueError(msg)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        msg = f"expected a text, not {value!r}"
        raise TypeError(msg)
    return value


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        msg = f"expected a whole number, not {value!r}"
        raise TypeError(msg)
    return value


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        msg = f"expected a mapping, not {value!r}"
        raise TypeError(msg)
    return value
