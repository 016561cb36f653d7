"""Reading what a client sent. Whatever does not fit is a ToolError that says what would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from scanner.triage.tools.base import ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json

T = TypeVar("T")

_MOST_PATHS: Final = 50
_MOST_PATH: Final = 1_000


def known_only(given: Mapping[str, Json], schema: Mapping[str, Json]) -> None:
    """Refuse keys that the schema does not have, and the lack of those that it requires."""
    properties, required = schema["properties"], schema.get("required", [])
    names = list(properties) if isinstance(properties, dict) else []
    if unknown := sorted(set(given) - set(names)):
        msg = f"unknown input {unknown[0][:50]!r}; this tool takes {', '.join(names) or 'none'}"
        raise ToolError(msg)
    if missing := [str(name) for name in (required if isinstance(required, list) else []) if name not in given]:
        msg = f"{missing[0]} is missing"
        raise ToolError(msg)


def text(given: Mapping[str, Json], key: str, default: str = "", most: int = 300) -> str:
    """A text of at most so many characters."""
    value = given.get(key, default)
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        msg = f"{key} must be a text of at most {most} characters"
        raise ToolError(msg)
    return value.strip()


def number(given: Mapping[str, Json], key: str, default: int, bounds: tuple[int, int]) -> int:
    """A whole number within bounds, both included."""
    value = given.get(key, default)
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        msg = f"{key} must be a whole number from {low} to {high}"
        raise ToolError(msg)
    return value


def flag(given: Mapping[str, Json], key: str) -> bool:
    """True or false, false where it is missing."""
    value = given.get(key, False)
    if not isinstance(value, bool):
        msg = f"{key} must be true or false"
        raise ToolError(msg)
    return value


def one_of(given: Mapping[str, Json], key: str, choices: Mapping[str, T], default: T) -> T:
    """One of some names."""
    if key not in given:
        return default
    value = given[key]
    if not isinstance(value, str) or value not in choices:
        msg = f"{key} must be one of {', '.join(choices)}"
        raise ToolError(msg)
    return choices[value]


def paths(given: Mapping[str, Json], known: tuple[str, ...]) -> tuple[str, ...]:
    """Files and directories among the known paths, empty for all of them. Raises ToolError for whatever is not among them."""
    value = given.get("paths", [])
    if not isinstance(value, list) or len(value) > _MOST_PATHS or not all(isinstance(item, str) and len(item) <= _MOST_PATH for item in value):
        msg = f"paths must be a list of at most {_MOST_PATHS} texts"
        raise ToolError(msg)
    names = tuple(str(item).strip().removeprefix("./").rstrip("/") for item in value)
    if any(name in {"", "."} and not str(item).strip().startswith("/") for name, item in zip(names, value, strict=True)):
        return ()
    for name, item in zip(names, value, strict=True):
        if not any(below(path, name) for path in known) or str(item).strip().startswith("/"):
            msg = "paths: there is no such scanned file or directory below the root; list_directory shows what there is"
            raise ToolError(msg)
    return names


def below(path: str, folder: str) -> bool:
    """Whether a path is a file or lies in a directory of this name."""
    return path == folder or path.startswith(f"{folder}/")
