"""A streamed message, put together from its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.llm.decode import UnreadableError, brief, parse, read_usage, tidy

if TYPE_CHECKING:
    from scanner.llm.encode import Ttl
    from scanner.ports.chat import Json

# Which field of a block each kind of delta prolongs.
_TEXTS: Final = {"text_delta": "text", "thinking_delta": "thinking", "signature_delta": "signature"}


class Assembly:
    """One message as it comes in. Feed it every event in order; `complete` says whether the message is whole."""

    def __init__(self, ttl: Ttl) -> None:
        """Nothing has come in yet."""
        self._ttl = ttl
        self._message: dict[str, Json] | None = None
        self._blocks: dict[int, dict[str, Json]] = {}
        self._json: dict[int, list[str]] = {}
        self._texts: dict[tuple[int, str], list[str]] = {}
        self.complete = False

    @property
    def started(self) -> bool:
        """Whether the endpoint has begun to answer."""
        return self._message is not None

    def feed(self, event: object) -> None:
        """Take one event. Raises UnreadableError for one that does not fit; kinds that are not known are passed over, as the API asks."""
        value = tidy(event)
        if not isinstance(value, dict):
            msg = f"an event that is no object: {brief(repr(value))}"
            raise UnreadableError(msg)
        match value:
            case {"type": "message_start", "message": dict(message)}:
                self._message = dict(message)
            case {"type": "content_block_start", "index": int(index), "content_block": dict(block)}:
                self._blocks[index] = dict(block)
            case {"type": "content_block_delta", "index": int(index), "delta": dict(delta)}:
                self._prolong(index, delta)
            case {"type": "message_delta"}:
                self._finish(value)
            case {"type": "message_stop"}:
                self.complete = self.started
            case {"type": "message_start" | "content_block_start" | "content_block_delta"}:
                msg = f"an event with missing parts: {brief(repr(value))}"
                raise UnreadableError(msg)
            case _:
                pass

    def message(self) -> Json:
        """The message so far, of the shape that is not streamed. A tool's input that is no JSON object is left as text."""
        if self._message is None:
            return None
        for (index, field), parts in self._texts.items():
            self._blocks[index][field] = f"{self._blocks[index].get(field) or ''}{''.join(parts)}"
        self._texts.clear()
        for index, parts in self._json.items():
            self._blocks[index]["input"] = _input("".join(parts))
        self._json.clear()
        return {**self._message, "content": [self._blocks[index] for index in sorted(self._blocks)]}

    def usage(self) -> Usage:
        """What the endpoint has counted so far, one call without counts where that cannot be read."""
        try:
            return read_usage((self._message or {}).get("usage"), self._ttl)
        except UnreadableError:
            return Usage(calls=1)

    def _prolong(self, index: int, delta: dict[str, Json]) -> None:
        if index not in self._blocks:
            msg = f"a delta for block {index}, which has not begun"
            raise UnreadableError(msg)
        match delta:
            case {"type": "input_json_delta", "partial_json": str(part)}:
                self._json.setdefault(index, []).append(part)
            case {"type": str(kind)} if kind in _TEXTS:
                field = _TEXTS[kind]
                more = delta.get(field)
                if not isinstance(more, str):
                    msg = f"a {kind} without {field}"
                    raise UnreadableError(msg)
                self._texts.setdefault((index, field), []).append(more)
            case _:
                pass  # citations, and kinds that came later

    def _finish(self, event: dict[str, Json]) -> None:
        """Take what is known at the end: the stop reason, and the final counts, which replace the first ones."""
        delta, usage = event.get("delta"), event.get("usage")
        if self._message is None or not isinstance(delta, dict):
            msg = f"an event out of place: {brief(repr(event))}"
            raise UnreadableError(msg)
        self._message |= {key: item for key, item in delta.items() if item is not None}
        known = self._message.get("usage")
        if isinstance(usage, dict):
            self._message["usage"] = {**(known if isinstance(known, dict) else {}), **{key: item for key, item in usage.items() if item is not None}}


def _input(text: str) -> Json:
    """The input of a tool call: an object, or the text where it is none. No text at all is a call without arguments."""
    if not text:
        return {}
    try:
        value = parse(text)
    except UnreadableError:
        return text
    return value if isinstance(value, dict) else text
