"""What all tools share: what one is, how inputs are read, how output is numbered and cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from scanner.triage.visible import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.ports.chat import Json, ToolSpec
    from scanner.triage.view import View

MOST_CHARACTERS: Final = 16_000  # of one tool's output
_MOST_NAME: Final = 200


class ToolError(Exception):
    """Told to the model, which may try again. The message is ours and quotes nothing from the tree."""


class Tool(Protocol):
    """One tool. It reads through the view it is given, so that both sides of a case can share it."""

    @property
    def spec(self) -> ToolSpec:
        """The tool as the model sees it; the same bytes in every request."""
        ...

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """The answer. Raises ToolError for what the model can put right."""
        ...


def closed(properties: Mapping[str, Json]) -> dict[str, Json]:
    """The schema of an input: an object with these properties, all required, and no others."""
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def text_of(given: Mapping[str, Json], key: str, most: int = _MOST_NAME) -> str:
    """A text of the input."""
    value = given.get(key)
    if not isinstance(value, str):
        msg = f"{key} must be a text"
        raise ToolError(msg)
    if len(value) > most:
        msg = f"{key} is longer than {most} characters"
        raise ToolError(msg)
    if "\0" in value:
        msg = f"{key} holds a NUL"
        raise ToolError(msg)
    return value


def number_of(given: Mapping[str, Json], key: str) -> int:
    """A line number of the input."""
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"{key} must be a whole number"
        raise ToolError(msg)
    return value


def file_of(view: View, given: Mapping[str, Json], key: str = "path") -> str:
    """The file of the snapshot that the input means. Whatever lies elsewhere, and whatever was left out of the scan, is not there."""
    path = view.path_of(text_of(given, key, 1_000))
    if path is None:
        msg = "there is no such file in the scanned tree; list_directory shows what there is"
        raise ToolError(msg)
    return path


def numbered(lines: Sequence[str], start: int, marked: frozenset[int] = frozenset()) -> list[str]:
    """Lines as they are shown, with their numbers; those in `marked` carry a `>`."""
    return [f"{'>' if number in marked else ' '}{number:>5} | {shortened(line)}" for number, line in enumerate(lines, start)]


def head_of(path: str, first: int, last: int, count: int) -> str:
    """The line above shown lines: which file, and which lines of how many."""
    if first == 1 and last == count:
        return f"{path}, all of its {count} lines" if count > 1 else f"{path}, its one line"
    return f"{path}, lines {first} to {last} of {count}" if last > first else f"{path}, line {first} of {count}"


def capped(lines: Iterable[str], most: int = MOST_CHARACTERS) -> str:
    """Whole lines up to a bound, with a word about what was left out."""
    kept: list[str] = []
    size = left = 0
    for line in lines:
        size += len(line) + 1
        if size > most:
            left += 1
        else:
            kept.append(line)
    return "\n".join([*kept, f"[{left} more lines left out]"] if left else kept)
