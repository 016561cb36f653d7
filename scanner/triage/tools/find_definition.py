"""find_definition: where a name is defined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.syntax.project import ProjectIndex
from scanner.syntax.symbols import DefinitionKind
from scanner.triage.nearby import names_in
from scanner.triage.scene import with_decorators
from scanner.triage.tools.base import ToolError, capped, closed, numbered, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scanner.ports.chat import Json
    from scanner.triage.scene import Place
    from scanner.triage.view import View

_MOST_FILES: Final = 200
_MOST_FOUND: Final = 12
_MOST_LINES: Final = 60  # of one definition
_MOST_CONSTANT: Final = 12  # lines of one constant
_MOST_CONTEXT: Final = 25  # lines of imports and constants of a file
_FEW: Final = 3
_NAME: Final = re.compile(r"[^\W\d]\w*(?:(?:\.|::|->)[^\W\d]\w*)*")


def name_of(given: Mapping[str, Json], view: View) -> str:
    """The dotted name of the input, as the code has it."""
    name = text_of(given, "name").strip().removesuffix("()").lstrip("$@")
    if not _NAME.fullmatch(name):
        msg = "name must be an identifier, or several joined by dots; search_code finds any other text"
        raise ToolError(msg)
    return view.word_back(re.sub(r"::|->", ".", name))


class FindDefinition:
    """Shows the code of definitions."""

    spec = ToolSpec(
        "find_definition",
        "Find where a function, class, method or variable of the scanned tree is defined, and read it, with the "
        "imports and constants of its file. Names of libraries are not found.",
        closed(
            {
                "name": {
                    "type": "string",
                    "description": "An identifier, or a dotted name such as Shop.checkout; its last part is looked for when nothing has it in full.",
                }
            }
        ),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """Every definition of the name in the order of files, the first lines of each; then what their files import, and the constants they use."""
        name = name_of(given, view)
        tree = view.tree
        last = name.rpartition(".")[2]
        index = ProjectIndex(tree.symbols(path) for path in tree.with_word(last, _MOST_FILES))
        found = index.find_definitions(name)
        note = ""
        if not found and last != name:
            found = index.find_definitions(last)
            note = f", by its last part; nothing is called {view.word(name)} in full" if found else ""
        if not found:
            return _not_found(view, name)
        output = [f"{len(found)} found{note}"]
        places = [with_decorators(tree, item) for item in found[:_MOST_FOUND]]
        shown = [one for one in places if not any(one != other and _within(one, other) for other in places)]
        output += [line for one in dict.fromkeys(shown) for line in _code(view, one)]
        for path in dict.fromkeys(one.path for one in shown):
            output += _context(view, [one for one in shown if one.path == path])
        return capped(output)


def _code(view: View, one: Place) -> list[str]:
    """The head line of a definition, and its first lines."""
    kinds = {item.kind.value for item in view.tree.symbols(one.path).definitions if item.qualified == one.qualified}
    last = min(one.end, one.start + _MOST_LINES - 1)
    where = f"lines {one.start} to {one.end}" if one.end > one.start else f"line {one.start}"
    head = f"{view.shown(one.path)}, {where}: {'/'.join(sorted(kinds))} {view.word(one.qualified)}"
    left = [f"[lines {last + 1} to {one.end} left out]"] if last < one.end else []
    return [head, *numbered((view.lines(one.path) or ())[one.start - 1 : last], one.start), *left]


def _context(view: View, shown: Sequence[Place]) -> list[str]:
    """The imports of a file, and its constants that the shown definitions use."""
    path = shown[0].path
    symbols = view.tree.symbols(path)
    names = {name for one in shown for name in names_in(view.tree, path, one.start, min(one.end, one.start + _MOST_LINES))}
    constants = [
        item.span
        for item in symbols.definitions
        if item.kind is DefinitionKind.VARIABLE
        and item.parent < 0
        and item.name in names
        and item.span.end_line - item.span.start_line < _MOST_CONSTANT
    ]
    spans = [*(item.span for item in symbols.imports), *constants]
    numbers = sorted({line for span in spans for line in range(span.start_line, span.end_line + 1)})
    numbers = [line for line in numbers if not any(one.holds(path, line) for one in shown)][:_MOST_CONTEXT]
    lines = view.lines(path) or ()
    output = [text for line in numbers for text in numbered(lines[line - 1 : line], line) if lines[line - 1].strip()]
    return [f"{view.shown(path)}, what it imports and the constants used", *output] if output else []


def _not_found(view: View, name: str) -> str:
    """That there is nothing, and where the name is imported from if it is."""
    tree = view.tree
    parts = set(name.split("."))
    imports = [item for path in tree.with_word(name.partition(".")[0], _MOST_FILES) for item in tree.symbols(path).imports]
    modules = {
        view.prose(item.module.strip("'\" "))
        for item in imports
        if parts & {item.name, item.alias, re.split(r"[./\\:]+", item.module.strip("'\" "))[-1]}
    }
    if modules:
        return f"Nothing in the scanned tree defines this name. It is imported from {', '.join(sorted(modules)[:_FEW])}, which is not in the tree."
    return "Nothing in the scanned tree defines this name."


def _within(one: Place, other: Place) -> bool:
    """Whether a definition is shown with another one; of two with the same lines the outer one counts."""
    if one.path != other.path or not (other.start <= one.start and one.end <= other.end) or one.end >= other.start + _MOST_LINES:
        return False
    return (one.start, one.end) != (other.start, other.end) or len(one.qualified) > len(other.qualified)
