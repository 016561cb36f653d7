"""What talks to a language model. No SDK's type appears here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from scanner.core.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `cache` marks the end of a prefix that later requests share."""

    text: str
    cache: bool = False


@dataclass(frozen=True, slots=True)
class Thought:
    """What the model thought, opaque: it goes back unchanged with the reply it came in. `raw` is the block as the endpoint sent it."""

    raw: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ToolUse:
    """The model asks for a tool. `input` is what it sent, unchecked; None when it was no JSON object, then `malformed` holds the text."""

    id: str
    name: str
    input: Mapping[str, Json] | None
    malformed: str = ""


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool answered; `error` when the model may try again. `cache` as in Text."""

    id: str
    text: str
    error: bool = False
    cache: bool = False


Block = Text | Thought | ToolUse | ToolResult


class Side(StrEnum):
    """Who speaks."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn."""

    side: Side
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as the model sees it; `schema` is the JSON Schema of its input, closed, and enforced by the endpoint where it can (`strict`)."""

    name: str
    description: str
    schema: Mapping[str, Json]
    strict: bool = True


class Effort(StrEnum):
    """How hard the model shall think; the values are the API's."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One call. `system` and `tools` are the stable prefix; `force_tool` names the one tool that must be used, empty for free choice."""

    model: str
    system: tuple[Text, ...]
    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    max_tokens: int = 4096
    effort: Effort | None = None
    force_tool: str = ""


class Stop(StrEnum):
    """Why a reply ended; the values are the API's."""

    END_TURN = "end_turn"
    TOOL_USE = "tool_use"
    MAX_TOKENS = "max_tokens"
    STOP_SEQUENCE = "stop_sequence"
    PAUSE_TURN = "pause_turn"
    REFUSAL = "refusal"
    CONTEXT = "model_context_window_exceeded"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and the tokens it took; `usage.cost_usd` is not filled in here, since adapters know no prices."""

    blocks: tuple[Block, ...]
    stop: Stop
    usage: Usage
    model: str = ""
    detail: str = ""


class Trouble(StrEnum):
    """How a call can fail. The first three end triage before or at the first case; the others cost one case."""

    AUTHENTICATION = "authentication"
    UNKNOWN_MODEL = "unknown-model"
    BAD_REQUEST = "bad-request"
    TOO_LARGE = "too-large"  # the prompt does not fit
    RATE_LIMITED = "rate-limited"
    OVERLOADED = "overloaded"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    BROKEN = "broken"  # an answer that is not the API's

    @property
    def fatal(self) -> bool:
        """Whether every other call would fail the same way."""
        return self in {Trouble.AUTHENTICATION, Trouble.UNKNOWN_MODEL}


@dataclass(frozen=True, slots=True)
class NoReply:
    """A call that gave no reply, after the adapter's own retries. `usage` is what the endpoint charged all the same (a stream that was cut off).

    `charged` says whether money may have been spent: then the whole reservation counts as spent.
    """

    trouble: Trouble
    detail: str = ""
    charged: bool = False
    usage: Usage = field(default_factory=Usage)


class ChatModel(Protocol):
    """Sends one request. It never raises for what the endpoint or the network did."""

    def send(self, request: ChatRequest) -> Reply | NoReply:
        """The reply, or why there is none. Safe to call from several threads."""
        ...
