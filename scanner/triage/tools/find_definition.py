"""find_definition: where a name is defined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.syntax.project import ProjectIndex
from scanner.triage.tools.base import ToolError, capped, closed, numbered, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.ports.chat import Json
    from scanner.triage.view import View

_MOST_FILES: Final = 200
_MOST_FOUND: Final = 12
_MOST_LINES: Final = 60  # of one definition
_NAME: Final = re.compile(r"[^\W\d]\w*(?:(?:\.|::|->)[^\W\d]\w*)*")


def name_of(given: Mapping[str, Json], view: View) -> str:
    """The dotted name of the input, as the code has it."""
    name = text_of(given, "name").strip().removesuffix("()").lstrip("$@")
    if not _NAME.fullmatch(name):
        msg = "name must be an identifier, or several joined by dots"
        raise ToolError(msg)
    return view.word_back(re.sub(r"::|->", ".", name))


class FindDefinition:
    """Shows the code of definitions."""

    spec = ToolSpec(
        "find_definition",
        "Find where a function, class, method or variable of the scanned tree is defined, and read it. Names of libraries are not found.",
        closed({"name": {"type": "string", "description": "An identifier, or a dotted name such as Shop.checkout."}}),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """Every definition of the name in the order of files, the first lines of each."""
        name = name_of(given, view)
        tree = view.tree
        index = ProjectIndex(tree.symbols(path) for path in tree.with_word(name.rpartition(".")[2], _MOST_FILES))
        found = index.find_definitions(name)
        if not found:
            return "Nothing in the scanned tree defines this name."
        output = [f"{len(found)} found"]
        for item in found[:_MOST_FOUND]:
            first, last = item.span.start_line, item.span.end_line
            marks = [mark.span.start_line for mark in tree.symbols(item.span.path).decorators if mark.target == item.qualified]
            first = min([first, *(line for line in marks if line <= first)])
            shown = min(last, first + _MOST_LINES - 1)
            output.append(f"{view.shown(item.span.path)}, lines {first} to {last}: {item.kind.value} {view.word(item.qualified)}")
            output += numbered((view.lines(item.span.path) or ())[first - 1 : shown], first)
            output += [f"[lines {shown + 1} to {last} left out]"] if shown < last else []
        return capped(output)
