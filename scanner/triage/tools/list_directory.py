"""list_directory: what lies in a directory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.triage.tools.base import ToolError, capped, closed, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json
    from scanner.triage.view import View

_MOST: Final = 300
_SMALL: Final = 50  # files up to which all below a directory are named


class ListDirectory:
    """Shows the scanned files of a directory, and its directories with how many files they hold."""

    spec = ToolSpec(
        "list_directory",
        f"List what the scan holds in a directory: all files below it when they are at most {_SMALL}, else its files and directories.",
        closed({"path": {"type": "string", "description": "A directory; . for the root."}}),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """Directories first, then files, each sorted; of a small directory every file below it."""
        wanted = text_of(given, "path", 1_000).strip().removeprefix("./").strip("/")
        prefix = "" if wanted in {"", "."} else f"{wanted}/"
        inside = [shown.removeprefix(prefix) for shown in map(view.shown, view.tree.paths) if shown.startswith(prefix)]
        if not inside:
            msg = "there is no such directory in the scanned tree"
            raise ToolError(msg)
        if len(inside) <= _SMALL:
            return capped(sorted(inside))
        folders = Counter(name.partition("/")[0] for name in inside if "/" in name)
        files = sorted(name for name in inside if "/" not in name)
        entries = [*(f"{name}/ ({count} files)" for name, count in sorted(folders.items())), *files]
        left = len(entries) - _MOST
        return capped([*entries[:_MOST], *([f"[{left} more left out]"] if left > 0 else [])])
