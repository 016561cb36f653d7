"""find_references: where a name is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.syntax.project import ProjectIndex
from scanner.triage.tools.base import capped, closed
from scanner.triage.tools.find_definition import name_of
from scanner.triage.visible import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json
    from scanner.triage.view import View

_MOST_FILES: Final = 300
_MOST_FOUND: Final = 80


def _spelled(view: View, path: str, name: str) -> list[int]:
    """The lines on which a name is a symbol or a whole text, as frameworks are told names: `:name`, `"name"`, `"Class@name"`."""
    symbol = re.compile(rf"(?<![\w:]):{re.escape(name)}\b|[\"'`](?:[\w.\\]*[@.#:\\])?{re.escape(name)}[\"'`]")
    page = view.tree.page(path)
    lines = page.lines if page else ()
    return [number for number, line in enumerate(lines, 1) if symbol.search("".join(piece.text for piece in line if piece.code))]


class FindReferences:
    """Shows the lines at which a name stands."""

    spec = ToolSpec(
        "find_references",
        "Find every line of the scanned tree on which a name is spelled, its definition included, as an identifier, a symbol or "
        "a whole text. Names are compared by spelling, not resolved.",
        closed({"name": {"type": "string", "description": "An identifier; of a dotted name the last part is looked for."}}),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """One line for each place, in the order of files."""
        name = name_of(given, view)
        tree = view.tree
        index = ProjectIndex(tree.symbols(path) for path in tree.with_word(name.rpartition(".")[2], _MOST_FILES))
        last = name.rpartition(".")[2]
        found = {(span.path, span.start_line) for span in index.find_references(name)}
        places = sorted(found | {(path, line) for path in tree.with_word(last, _MOST_FILES) for line in _spelled(view, path, last)})
        if not places:
            return "Nothing in the scanned tree uses this name in code, as a symbol or as a text. search_code also looks into configuration files."
        output = [
            f"{len(places)} line{'' if len(places) == 1 else 's'}" + (f", the first {_MOST_FOUND} of them" if len(places) > _MOST_FOUND else "")
        ]
        for path, line in places[:_MOST_FOUND]:
            text = "".join((view.lines(path) or ())[line - 1 : line]).rstrip()
            symbol = view.word(tree.symbols(path).enclosing_symbol(line, 1)) or "the file"
            output.append(f"{view.shown(path)}:{line} in {symbol} | {shortened(text)}")
        return capped(output)
