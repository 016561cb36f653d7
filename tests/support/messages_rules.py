"""What the Messages API demands of a request, as strictly as it does: `mistakes(body)` lists what it would refuse."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALLOWED = {"model", "max_tokens", "messages", "system", "tools", "tool_choice", "thinking", "output_config", "stream", "metadata", "stop_sequences"}
_TOOL_KEYS = {"name", "description", "input_schema", "strict", "cache_control", "type"}
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,128}")
_TOOL_ID = re.compile(r"[a-zA-Z0-9_-]+")
_EFFORTS = {"low", "medium", "high", "xhigh", "max"}
_THINKING_ALWAYS = ("claude-opus-5-5", "claude-fable-5-1")
_NEVER_FORCED = (*_THINKING_ALWAYS, "claude-sonnet-5-5")
_MAX_OUTPUT = 128_000
_MAX_MARKS = 4
_BLOCK_KEYS = {
    "text": {"type", "text", "cache_control"},
    "thinking": {"type", "thinking", "signature"},
    "redacted_thinking": {"type", "data"},
    "tool_use": {"type", "id", "name", "input", "cache_control"},
    "tool_result": {"type", "tool_use_id", "content", "is_error", "cache_control"},
}
# What strict schemas must not use.
_STRICT_UNKNOWN = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems"}


def mistakes(body: object, *, counting: bool = False) -> list[str]:
    """Everything wrong with the body of a request; `counting` for count_tokens, which takes no max_tokens and no stream."""
    if not isinstance(body, dict):
        return ["the body is not an object"]
    return [
        *_top(body, counting=counting),
        *_system(body.get("system")),
        *_messages(body.get("messages")),
        *_tools(body),
        *_marks(body),
    ]


def _top(body: dict[str, Any], *, counting: bool) -> Iterator[str]:
    for key in sorted(set(body) - _ALLOWED):
        yield f"{key}: Extra inputs are not permitted"
    if not isinstance(body.get("model"), str) or not body["model"]:
        yield "model: Field required"
    tokens = body.get("max_tokens")
    if counting:
        if tokens is not None or "stream" in body:
            yield "max_tokens: Extra inputs are not permitted"
    elif not isinstance(tokens, int) or isinstance(tokens, bool) or not 1 <= tokens <= _MAX_OUTPUT:
        yield f"max_tokens: {tokens!r} is not a number from 1 to {_MAX_OUTPUT}"
    effort = body.get("output_config", {}).get("effort", "high")
    if effort not in _EFFORTS:
        yield f"output_config.effort: {effort!r}"
    thinking = body.get("thinking", {"type": "adaptive"})
    if thinking != {"type": "adaptive"} and body.get("model") in _THINKING_ALWAYS:
        yield f'"thinking.type.{thinking.get("type")}" is not supported for this model'
    choice = body.get("tool_choice", {"type": "auto"})
    if choice["type"] in {"any", "tool"} and body.get("model") in _NEVER_FORCED:
        yield "tool_choice: forced tool use is not supported for this model"
    elif choice["type"] in {"any", "tool"} and thinking.get("type") == "adaptive" and "thinking" in body:
        yield "Thinking may not be enabled when tool_choice forces tool use."


def _system(system: object) -> Iterator[str]:
    if system is None or isinstance(system, str):
        return
    if not isinstance(system, list) or not system:
        yield "system: expected text or a list of text blocks"
        return
    for index, block in enumerate(system):
        yield from _block(f"system.{index}", block, {"text"})


def _messages(messages: object) -> Iterator[str]:
    if not isinstance(messages, list) or not messages:
        yield "messages: at least one message is required"
        return
    if messages[0].get("role") != "user":
        yield "messages: first message must use the user role"
    if messages[-1].get("role") != "user":
        yield "messages: this model does not support assistant message prefill"
    open_uses: list[str] = []
    for index, message in enumerate(messages):
        where = f"messages.{index}"
        if set(message) != {"role", "content"} or message["role"] not in {"user", "assistant"}:
            yield f"{where}: expected a role and content"
            return
        content = [{"type": "text", "text": message["content"]}] if isinstance(message["content"], str) else message["content"]
        if not content:
            yield f"{where}: content must not be empty"
        kinds = {"text", "tool_result"} if message["role"] == "user" else {"text", "thinking", "redacted_thinking", "tool_use"}
        for number, block in enumerate(content):
            yield from _block(f"{where}.content.{number}", block, kinds)
        yield from _pairs(where, message["role"], content, open_uses)
        open_uses = [block["id"] for block in content if block.get("type") == "tool_use"]
    if any(first["role"] == second["role"] for first, second in pairwise(messages)):
        yield "messages: roles must alternate"  # the API joins them; ours has no reason to send such


def _pairs(where: str, role: str, content: list[dict[str, Any]], open_uses: list[str]) -> Iterator[str]:
    """Each tool call is answered in the very next message, once, before anything else in it."""
    results = [block.get("tool_use_id") for block in content if block.get("type") == "tool_result"]
    if role == "user":
        if sorted(map(str, results)) != sorted(open_uses):
            yield f"{where}: `tool_use` ids {open_uses} and `tool_result` ids {results} do not match"
        kinds = [block.get("type") == "tool_result" for block in content]
        if kinds != sorted(kinds, reverse=True):
            yield f"{where}: tool_result blocks must come first"
    ids = [block["id"] for block in content if block.get("type") == "tool_use"]
    if len(ids) != len(set(ids)):
        yield f"{where}: `tool_use` ids must be unique"


def _block(where: str, block: object, kinds: set[str]) -> Iterator[str]:
    if not isinstance(block, dict) or block.get("type") not in kinds:
        yield f"{where}: expected one of {sorted(kinds)}, found {block!r}"
        return
    kind = block["type"]
    for key in sorted(set(block) - _BLOCK_KEYS[kind]):
        yield f"{where}.{key}: Extra inputs are not permitted"
    if kind == "text" and (not isinstance(block.get("text"), str) or not block["text"]):
        yield f"{where}: text content blocks must be non-empty"
    if kind == "thinking" and not (isinstance(block.get("thinking"), str) and block.get("signature")):
        yield f"{where}: a thinking block needs its signature"
    if kind == "tool_use" and not (_TOOL_ID.fullmatch(str(block.get("id"))) and isinstance(block.get("input"), dict) and block.get("name")):
        yield f"{where}: a tool_use needs id, name and an object as input"
    if kind == "tool_result" and not isinstance(block.get("content", ""), str):
        yield f"{where}: content of a tool_result"


def _tools(body: dict[str, Any]) -> Iterator[str]:
    tools = body.get("tools", [])
    names = [tool.get("name") for tool in tools]
    if len(names) != len(set(names)):
        yield "tools: Tool names must be unique."
    for index, tool in enumerate(tools):
        where = f"tools.{index}"
        for key in sorted(set(tool) - _TOOL_KEYS):
            yield f"{where}.{key}: Extra inputs are not permitted"
        if not _TOOL_NAME.fullmatch(str(tool.get("name"))):
            yield f"{where}.name: {tool.get('name')!r}"
        schema = tool.get("input_schema")
        if not isinstance(schema, dict) or schema.get("type") != "object":
            yield f"{where}.input_schema: must be of type object"
        elif tool.get("strict"):
            yield from _strict(f"{where}.input_schema", schema)
    choice = body.get("tool_choice")
    if choice is not None and choice.get("type") == "tool" and choice.get("name") not in names:
        yield f"tool_choice: Tool '{choice.get('name')}' not found in provided tools"
    uses = any(isinstance(message.get("content"), list) and _has_tools(message["content"]) for message in body.get("messages", []))
    if uses and not tools:
        yield "Requests which include `tool_use` or `tool_result` blocks must define tools"


def _has_tools(content: list[dict[str, Any]]) -> bool:
    return any(block.get("type") in {"tool_use", "tool_result"} for block in content)


def _strict(where: str, schema: object) -> Iterator[str]:
    """What grammar-constrained sampling asks of a schema, at any depth."""
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            yield from _strict(f"{where}.{index}", item)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield f"{where}: For 'object' type, 'additionalProperties' must be explicitly set to false"
    for key in sorted(_STRICT_UNKNOWN & set(schema)):
        yield f"{where}: property '{key}' is not supported"
    for key, value in schema.items():
        if key in {"properties", "$defs"}:
            for name, item in value.items():
                yield from _strict(f"{where}.{key}.{name}", item)
        elif key in {"items", "anyOf", "allOf"}:
            yield from _strict(f"{where}.{key}", value)


def _marks(body: dict[str, Any]) -> Iterator[str]:
    marks = list(_find_marks(body))
    if len(marks) > _MAX_MARKS:
        yield f"A maximum of {_MAX_MARKS} blocks with cache_control may be provided. Found {len(marks)}."
    for mark in marks:
        if mark.get("type") != "ephemeral" or mark.get("ttl", "5m") not in {"5m", "1h"} or set(mark) - {"type", "ttl"}:
            yield f"cache_control: {mark!r}"


def _find_marks(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        mark = value.get("cache_control")
        if isinstance(mark, dict):
            yield mark
        for key, item in value.items():
            if key not in {"input", "input_schema"}:
                yield from _find_marks(item)
    elif isinstance(value, list):
        for item in value:
            yield from _find_marks(item)
