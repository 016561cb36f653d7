"""read_code: some lines of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.triage.tools.base import ToolError, capped, closed, file_of, head_of, number_of, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json
    from scanner.triage.view import View

_MOST_LINES: Final = 250


class ReadCode:
    """Shows lines with their numbers."""

    spec = ToolSpec(
        "read_code",
        f"Read lines of a file, at most {_MOST_LINES} at once. Lines count from 1. Several calls in one turn read several files.",
        closed(
            {
                "path": {"type": "string", "description": "A file as shown by the other tools."},
                "start_line": {"type": "integer"},
                "end_line": {"type": "integer"},
            }
        ),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """The lines, cut to the file and to the bound."""
        path = file_of(view, given)
        start, end = number_of(given, "start_line"), number_of(given, "end_line")
        if start < 1 or end < start:
            msg = "start_line is at least 1 and end_line no smaller"
            raise ToolError(msg)
        lines = view.lines(path)
        if lines is None:
            msg = "this file cannot be read"
            raise ToolError(msg)
        if start > len(lines):
            msg = f"the file has {len(lines)} line{'' if len(lines) == 1 else 's'}"
            raise ToolError(msg)
        end = min(end, len(lines), start + _MOST_LINES - 1)
        return capped([head_of(view.shown(path), start, end, len(lines)), *numbered(lines[start - 1 : end], start)])
