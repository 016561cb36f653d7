"""The test server refuses what the API refuses: otherwise it would prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.messages_rules import mistakes

USER = {"role": "user", "content": [{"type": "text", "text": "hi"}]}
USE = {"type": "tool_use", "id": "t1", "name": "look", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": "x"}
TOOL: dict[str, Any] = {"name": "look", "input_schema": {"type": "object", "properties": {}, "additionalProperties": False}, "strict": True}
GOOD: dict[str, Any] = {"model": "m", "max_tokens": 5, "messages": [USER], "tools": [TOOL]}
MARK = {"cache_control": {"type": "ephemeral"}}


def turns(*roles: tuple[str, list[Any]]) -> dict[str, Any]:
    return {"messages": [{"role": role, "content": content} for role, content in roles]}


def test_a_good_request_is_taken() -> None:
    assert mistakes(GOOD) == []
    assert mistakes(GOOD | turns(("user", USER["content"]), ("assistant", [USE]), ("user", [RESULT]))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"messages": []},
        {"messages": [{"role": "system", "content": "x"}]},
        {"max_tokens": 0},
        {"max_tokens": None},
        {"temperature": 0.5},
        {"model": ""},
        turns(("assistant", [{"type": "text", "text": "x"}])),
        turns(("user", [{"type": "text", "text": "x"}]), ("user", [{"type": "text", "text": "x"}])),
        turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [{"type": "text", "text": "prefill"}])),
        turns(("user", [{"type": "text", "text": ""}])),
        turns(("user", [])),
        turns(("user", [{"type": "thinking", "thinking": "x", "signature": "s"}])),
        turns(("user", [RESULT])),
        turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [USE]), ("user", [{"type": "text", "text": "x"}])),
        turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [USE]), ("user", [{"type": "text", "text": "x"}, RESULT])),
        turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [USE, USE]), ("user", [RESULT, RESULT])),
        turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [{**USE, "input": "x"}]), ("user", [RESULT])),
        turns(
            ("user", [{"type": "text", "text": "x"}]),
            ("assistant", [{"type": "thinking", "thinking": "x"}]),
            ("user", [{"type": "text", "text": "x"}]),
        ),
        turns(("user", [{"type": "text", "text": "x", **MARK}] * 5)),
        turns(("user", [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral", "ttl": "2h"}}])),
        {"tools": [TOOL, TOOL]},
        {"tools": [{**TOOL, "name": "look at"}]},
        {"tools": [{**TOOL, "input_schema": {"type": "object"}}]},
        {"tools": [{**TOOL, "input_schema": {**TOOL["input_schema"], "properties": {"n": {"type": "integer", "minimum": 1}}}}]},
        {"tools": [{**TOOL, "input_schema": {**TOOL["input_schema"], "properties": {"n": {"type": "array", "items": {"type": "object"}}}}}]},
        {"tool_choice": {"type": "tool", "name": "leave"}},
        {"tool_choice": {"type": "tool", "name": "look"}, "thinking": {"type": "adaptive"}},
        {"tool_choice": {"type": "any"}, "model": "claude-opus-5-5"},
        {"model": "claude-opus-5-5", "thinking": {"type": "disabled"}},
        {"output_config": {"effort": "extreme"}},
        {"tools": [], **turns(("user", [{"type": "text", "text": "x"}]), ("assistant", [USE]), ("user", [RESULT]))},
    ],
    ids=str,
)
def test_a_bad_request_is_refused(change: dict[str, Any]) -> None:
    assert mistakes(GOOD | change) != []


def test_counting_takes_no_limit() -> None:
    assert mistakes({key: value for key, value in GOOD.items() if key != "max_tokens"}, counting=True) == []
    assert mistakes(GOOD, counting=True) != []
    assert mistakes([]) != []
