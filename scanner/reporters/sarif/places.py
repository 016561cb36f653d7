"""Places in code as SARIF's locations, with the code that stands there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import sarif_om as om

from scanner.core.text import character_index, utf16_length
from scanner.reporters.sarif.text import code, prose
from scanner.reporters.uris import path_to_uri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.location import Location, Span
    from scanner.core.report import Excerpt

ROOT = "%SRCROOT%"
CONTEXT_LINES = 2  # before and after; what a reader needs to recognise the place
CONTEXT_AT_MOST = 12  # lines, for spans that run on
LINE_AT_MOST = 2_000  # characters; longer lines are generated or packed code, which nobody reads in a report


class Detail(IntEnum):
    """How much code goes into the file; less where a service's size limit asks for it."""

    LOCATIONS = 0
    SNIPPETS = 1
    CONTEXT = 2


@dataclass(slots=True)
class Places:
    """Makes locations out of spans. Objects that are equal are shared, since a large log names the same files again and again."""

    excerpts: Mapping[str, Excerpt]
    detail: Detail
    _artifacts: dict[str, om.ArtifactLocation]
    _spots: dict[Span, om.PhysicalLocation]

    @classmethod
    def of(cls, excerpts: Mapping[str, Excerpt], detail: Detail = Detail.CONTEXT) -> Places:
        """Places in these files."""
        return cls(excerpts, detail, {}, {})

    def file(self, path: str) -> om.ArtifactLocation:
        """A file below the root: a relative, normalised, percent-encoded reference. A directory keeps its closing slash."""
        known = self._artifacts.get(path)
        if known is None:
            normal = "/".join(PurePosixPath(path).parts) + ("/" if path.endswith("/") else "")
            known = self._artifacts[path] = om.ArtifactLocation(uri=path_to_uri(normal), uri_base_id=ROOT)
        return known

    def whole_file(self, path: str) -> om.Location:
        """A location that says which file, and nothing more."""
        return om.Location(physical_location=om.PhysicalLocation(artifact_location=self.file(path)))

    def spot(self, span: Span) -> om.PhysicalLocation:
        """A place with the code at it, without its surroundings."""
        known = self._spots.get(span)
        if known is None:
            known = self._spots[span] = om.PhysicalLocation(artifact_location=self.file(span.path), region=self._region(span))
        return known

    def scene(self, span: Span) -> om.PhysicalLocation:
        """A place with the lines around it."""
        return om.PhysicalLocation(artifact_location=self.file(span.path), region=self._region(span), context_region=self._context(span))

    def step(self, location: Location, number: int = -1) -> om.Location:
        """One location of a trace, or (with a number) one that belongs to a finding; its message says what happens there."""
        note = prose(location.note) or location.role.value
        return om.Location(id=number, physical_location=self.spot(location.span), message=om.Message(text=note))

    def _region(self, span: Span) -> om.Region:
        """One line with its four numbers: services drop or mark regions of several lines, so a longer span is clipped to the end of its first."""
        line = self._line(span.path, span.start_line)
        end = span.end_column
        if span.end_line > span.start_line:
            end = max(span.start_column, utf16_length(line or "") + 1)
        snippet = None
        if line is not None and self.detail >= Detail.SNIPPETS and len(line) <= LINE_AT_MOST:
            snippet = line[character_index(line, span.start_column) : character_index(line, end)]
        return om.Region(
            start_line=span.start_line,
            start_column=span.start_column,
            end_line=span.start_line,
            end_column=end,
            snippet=om.ArtifactContent(text=code(snippet)) if snippet else None,
        )

    def _context(self, span: Span) -> om.Region | None:
        """The lines around a span as far as they are known; a context says more than its region, so one line alone is none."""
        if self.detail < Detail.CONTEXT:
            return None
        lines: dict[int, str] = {}
        first = span.start_line
        while first > span.start_line - CONTEXT_LINES and self._quotable(span.path, first - 1):
            first -= 1
        for number in range(first, min(span.end_line + CONTEXT_LINES, first + CONTEXT_AT_MOST - 1) + 1):
            line = self._line(span.path, number)
            if line is None or len(line) > LINE_AT_MOST:
                break
            lines[number] = line
        last = max(lines, default=first)
        while last > span.end_line and not lines[last]:
            del lines[last]  # among others the empty line behind a file's last line end
            last -= 1
        if span.start_line not in lines or last == first:
            return None
        snippet = om.ArtifactContent(text="\n".join(map(code, lines.values())))
        return om.Region(start_line=first, end_line=last, snippet=snippet)

    def _quotable(self, path: str, number: int) -> bool:
        line = self._line(path, number)
        return line is not None and len(line) <= LINE_AT_MOST

    def _line(self, path: str, number: int) -> str | None:
        excerpt = self.excerpts.get(path)
        return None if excerpt is None else excerpt.lines.get(number)
