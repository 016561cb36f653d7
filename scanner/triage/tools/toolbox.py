"""All tools together, as a loop uses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.triage.answer import schema
from scanner.triage.tools.base import ToolError, capped
from scanner.triage.tools.find_definition import FindDefinition
from scanner.triage.tools.find_references import FindReferences
from scanner.triage.tools.list_directory import ListDirectory
from scanner.triage.tools.list_entry_points import ListEntryPoints
from scanner.triage.tools.read_code import ReadCode
from scanner.triage.tools.search_code import SearchCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.ports.chat import Json
    from scanner.triage.tools.base import Tool
    from scanner.triage.view import View

SUBMIT: Final = "submit_verdict"
_READER: Final = ReadCode()
_TOOLS: Final[tuple[Tool, ...]] = (_READER, FindDefinition(), FindReferences(), SearchCode(), ListDirectory(), ListEntryPoints())
_BY_NAME: Final[Mapping[str, Tool]] = {tool.spec.name: tool for tool in _TOOLS}

SPECS: Final = (
    *(tool.spec for tool in _TOOLS),
    ToolSpec(
        SUBMIT,
        "Give your verdict and end the case. Every citation is checked by a program against the files: path, lines and quoted code must match, "
        "and comments and docstrings count for nothing.",
        schema(),
    ),
)
"""What every request offers, in a fixed order: part of the prefix that requests share."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said; `error` when it was a complaint."""

    text: str
    error: bool = False


def use(name: str, given: Mapping[str, Json], view: View) -> Answer:
    """Run one tool. A name that is no tool and an input that makes no sense are complaints."""
    tool = _BY_NAME.get(name)
    if tool is None:
        return Answer(f"there is no such tool; there are {', '.join(spec.name for spec in SPECS)}", error=True)
    unknown = sorted(set(given) - set(_keys(tool)))
    if unknown:
        return Answer(f"unknown input; this tool takes {', '.join(_keys(tool)) or 'none'}", error=True)
    try:
        return Answer(capped(tool.run(view, given).split("\n")))
    except ToolError as error:
        return Answer(str(error), error=True)


def opened_files(used: Iterable[tuple[str, Mapping[str, Json], str]], view: View) -> tuple[str, ...]:
    """The files of the tree that were opened by these calls of tools, in their order, each once."""
    wanted = (str(given.get("path", "")) for name, given, _ in used if name == _READER.spec.name)
    return tuple(dict.fromkeys(path for shown in wanted if (path := view.path_of(shown)) is not None))


def _keys(tool: Tool) -> list[str]:
    properties = tool.spec.schema["properties"]
    return list(properties) if isinstance(properties, dict) else []
