"""What a model submits, parsed once: a claim, which proves nothing until code has checked it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from scanner.core.verdict import Access, Needed, Part, Preconditions, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json

E = TypeVar("E", bound=StrEnum)

NO_REASON: Final = "none"
UNKNOWN: Final = "unknown"
MOST_CITATIONS: Final = 40
MOST_QUOTED: Final = 2_000  # characters
MOST_RATIONALE: Final = 4_000


class Side(StrEnum):
    """The answer itself."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as submitted: the path as the model saw it, and lines that may not exist."""

    path: str
    start: int
    end: int
    text: str
    part: Part


@dataclass(frozen=True, slots=True)
class Claim:
    """One submitted verdict. `reason` is there for a refutation that gave one."""

    side: Side
    reason: Reason | None
    rationale: str
    quotes: tuple[Quote, ...]
    preconditions: Preconditions


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why an input is no claim, in words the model can act on."""

    message: str


_PARTS: Final = (
    "source, sink, hop: the path. mitigation: what makes a refuted finding false; the line of the sink itself where the reason is what it does. "
    "context: anything else that the answer rests on, such as a protection that fails, or what shows a finding without path to be true."
)


def schema() -> dict[str, Json]:
    """The input of `submit_verdict`: closed, everything required, nothing that strict endpoints refuse."""
    quote: dict[str, Json] = {
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "The file, as shown in the blocks."},
            "start_line": {"type": "integer"},
            "end_line": {"type": "integer"},
            "quote": {
                "type": "string",
                "description": "The code on these lines without the line numbers. White space does not matter; a line may break off.",
            },
            "part": {"type": "string", "enum": [part.value for part in Part], "description": _PARTS},
        },
        "required": ["path", "start_line", "end_line", "quote", "part"],
        "additionalProperties": False,
    }
    needed: list[Json] = [*(item.value for item in Needed), UNKNOWN]
    access: list[Json] = [*(item.value for item in Access), UNKNOWN]
    preconditions: dict[str, Json] = {
        "type": "object",
        "description": "What an attacker needs, for a confirmed finding; otherwise unknown everywhere.",
        "properties": {
            "access": {"type": "string", "enum": access},
            "authentication": {"type": "string", "enum": needed, "description": "none; some: any account; much: an administrator's."},
            "interaction": {"type": "string", "enum": needed, "description": "What a victim must do."},
            "configuration": {"type": "string", "enum": needed, "description": "some: a setting other than the default."},
        },
        "required": ["access", "authentication", "interaction", "configuration"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "verdict": {"type": "string", "enum": [side.value for side in Side]},
            "reason": {"type": "string", "enum": [NO_REASON, *(reason.value for reason in Reason)], "description": "Why it is refuted; else none."},
            "rationale": {"type": "string", "description": "At most 200 words: what decides the case, step by step."},
            "citations": {"type": "array", "items": quote},
            "preconditions": preconditions,
        },
        "required": ["verdict", "reason", "rationale", "citations", "preconditions"],
        "additionalProperties": False,
    }


def read_claim(value: Mapping[str, Json]) -> Claim | Malformed:
    """The claim in a tool's input, or what is wrong with it."""
    try:
        side = _member(Side, value, "verdict")
        reason = _text(value, "reason")
        quotes = value.get("citations")
        if not isinstance(quotes, list) or len(quotes) > MOST_CITATIONS:
            return Malformed(f"citations: a list of at most {MOST_CITATIONS} is needed")
        return Claim(
            side=side,
            reason=None if reason == NO_REASON or side is not Side.REFUTED else _member(Reason, value, "reason"),
            rationale=_text(value, "rationale").strip()[:MOST_RATIONALE],
            quotes=tuple(_quote(item) for item in quotes),
            preconditions=_preconditions(value.get("preconditions")),
        )
    except ValueError as error:
        return Malformed(str(error))


def _quote(value: Json) -> Quote:
    if not isinstance(value, dict):
        msg = "citations: every one is an object"
        raise ValueError(msg)  # noqa: TRY004 - one exception says that an input is malformed, and the message which part
    text = _text(value, "quote")
    if len(text) > MOST_QUOTED:
        msg = f"citations: quote at most {MOST_QUOTED} characters at once"
        raise ValueError(msg)
    return Quote(_text(value, "path"), _line(value, "start_line"), _line(value, "end_line"), text, _member(Part, value, "part"))


def _preconditions(value: Json) -> Preconditions:
    if not isinstance(value, dict):
        msg = "preconditions: an object is needed"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return Preconditions(
        access=_known(Access, value, "access", Access.NETWORK),
        authentication=_known(Needed, value, "authentication", Needed.NONE),
        interaction=_known(Needed, value, "interaction", Needed.NONE),
        configuration=_known(Needed, value, "configuration", Needed.NONE),
    )


def _known(kind: type[E], value: Mapping[str, Json], key: str, least: E) -> E:
    """What is not known lowers nothing: it counts as what asks the least of an attacker."""
    return least if value.get(key) == UNKNOWN else _member(kind, value, key)


def _member(kind: type[E], value: Mapping[str, Json], key: str) -> E:
    text = _text(value, key)
    try:
        return kind(text)
    except ValueError as error:
        msg = f"{key}: expected one of {', '.join(item.value for item in kind)}"
        raise ValueError(msg) from error


def _text(value: Mapping[str, Json], key: str) -> str:
    item = value.get(key)
    if not isinstance(item, str):
        msg = f"{key}: a text is needed"
        raise ValueError(msg)  # noqa: TRY004 - as above
    return item


def _line(value: Mapping[str, Json], key: str) -> int:
    item = value.get(key)
    if isinstance(item, bool) or not isinstance(item, int) or not 1 <= item <= 10_000_000:  # noqa: PLR2004 - more lines than a file can have
        msg = f"{key}: a line number is needed"
        raise ValueError(msg)
    return item
