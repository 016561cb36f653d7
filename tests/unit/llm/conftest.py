"""A server that speaks the Messages API, and the real client connected to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings
from scanner.llm.endpoints import Direct
from scanner.llm.model_list import load_catalogue
from scanner.llm.transport import Network
from scanner.ports.chat import ChatRequest, Message, Side, Text, ToolSpec
from tests.support.messages_server import MessagesServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.messages_server import Script

KEY = "sk-test-0123456789"
READ = ToolSpec(
    "read_code",
    "Read lines of a file.",
    {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"], "additionalProperties": False},
)


class Connect(Protocol):
    """Makes a server with a script, and a chat that talks to it."""

    def __call__(self, *script: Any, settings: ChatSettings | None = None, **server: Any) -> tuple[MessagesServer, AnthropicChat]: ...


class Ask(Protocol):
    """Makes a request."""

    def __call__(self, words: str = "is it true?", **changes: Any) -> ChatRequest: ...


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK's own pauses between attempts are no part of what is tested."""
    monkeypatch.setattr("anthropic._base_client.INITIAL_RETRY_DELAY", 0.001)


@pytest.fixture
def connect() -> Iterator[Connect]:
    opened: list[tuple[MessagesServer, AnthropicChat]] = []

    def make(*script: Any, settings: ChatSettings | None = None, **server: Any) -> tuple[MessagesServer, AnthropicChat]:
        steps: Script = script[0] if len(script) == 1 and callable(script[0]) else script
        there = MessagesServer(steps, **server).__enter__()
        here = AnthropicChat(Direct(KEY, there.url), load_catalogue(), settings or ChatSettings(network=Network(silence=5.0)))
        opened.append((there, here))
        return there, here

    yield make
    for there, here in opened:
        here.close()
        there.__exit__(None, None, None)


@pytest.fixture
def ask() -> Ask:
    def make(words: str = "is it true?", **changes: Any) -> ChatRequest:
        plain = ChatRequest("claude-haiku-5-5", (Text("You review code."),), (Message(Side.USER, (Text(words),)),), (READ,), 1_000)
        return replace(plain, **changes)

    return make


@pytest.fixture(params=["whole", "streamed"])
def tokens(request: pytest.FixtureRequest) -> int:
    """How long the reply may be: short ones come whole, long ones are streamed."""
    return 1_000 if request.param == "whole" else 20_000
