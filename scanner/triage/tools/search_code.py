"""search_code: lines that match a pattern."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING, Final

from scanner.ports.chat import ToolSpec
from scanner.triage.tools.base import ToolError, capped, closed, text_of
from scanner.triage.tools.pattern import MAX_PATTERN, BadPatternError, TooMuchWorkError, compile_pattern
from scanner.triage.visible import MAX_LINE, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.ports.chat import Json
    from scanner.triage.tools.pattern import LinearPattern
    from scanner.triage.view import View

_MOST_FOUND: Final = 60
_MOST_PAGES: Final = 2_000
_NEUTRAL: Final = re.compile(r"(?:fn|name|type|space|file)_?[0-9a-f]{0,6}")
_GLOB: Final = re.compile(r"[^\x00-\x1f]{0,200}")


class SearchCode:
    """Shows matching lines of all files, those without a grammar included."""

    spec = ToolSpec(
        "search_code",
        "Search all scanned files line by line with a regular expression, without regard to case (no look-around, no back-references). "
        "Also finds configuration and templates.",
        closed(
            {
                "pattern": {"type": "string", "description": f"At most {MAX_PATTERN} characters."},
                "glob": {"type": "string", "description": "Which paths: src/*.py, *.html. Empty or * for all; * also matches /."},
            }
        ),
    )

    def run(self, view: View, given: Mapping[str, Json]) -> str:
        """One line for each match, in the order of files."""
        try:
            pattern = compile_pattern(text_of(given, "pattern", 10_000))
        except BadPatternError as error:
            raise ToolError(str(error)) from error
        glob = text_of(given, "glob").strip() or "*"
        if not _GLOB.fullmatch(glob) or glob.count("*") + glob.count("[") > 6:  # noqa: PLR2004 - each star multiplies what fnmatch may try
            msg = "the glob is too complicated"
            raise ToolError(msg)
        found: list[str] = []
        note = ""
        try:
            for line in _matches(view, pattern, glob):
                if len(found) >= _MOST_FOUND:
                    note = f"[there are more; these are the first {_MOST_FOUND}]"
                    break
                found.append(line)
        except TooMuchWorkError:
            note = "[the search stopped here: the pattern matches too much of the tree; make it more specific]"
        if not found:
            return note or "No line matches."
        return capped([*found, *([note] if note else [])])


def _matches(view: View, pattern: LinearPattern, glob: str) -> Iterator[str]:
    tree = view.tree
    chosen = {path for path in tree.paths if glob == "*" or fnmatch.fnmatchcase(view.shown(path), glob)}
    renamed = any(_NEUTRAL.search(word) for word in pattern.needed)  # a name that only the neutral view has stands in no file
    looked = 0
    for path, data in tree.raw():
        if path not in chosen or not (renamed or pattern.may_match(data)):
            continue
        looked += 1
        if looked > _MOST_PAGES:
            raise TooMuchWorkError
        for number, line in enumerate(view.lines(path) or (), 1):
            if pattern.search(line[:MAX_LINE]):
                yield f"{view.shown(path)}:{number} | {shortened(line.rstrip())}"
