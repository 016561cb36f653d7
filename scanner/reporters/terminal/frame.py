"""Code as the reader knows it: numbered lines with the span marked, cut around it where a line is too long."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from scanner.core.text import character_index, utf16_length
from scanner.reporters.neutral import cell_edges, cells
from scanner.reporters.terminal.ink import Segment, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.location import Span
    from scanner.core.report import Excerpt
    from scanner.reporters.terminal.ink import Ink, Line

MARKER = ">"
_SPAN_LINES = 4
_LOOK_AROUND = 2_000  # characters on either side of a span that can matter to any window


@dataclass(frozen=True, slots=True)
class Cut:
    """One line as it is shown: the text before, within and behind the marked part, whether anything left of it was cut, and where it starts."""

    before: str
    marked: str
    behind: str
    shifted: bool

    @property
    def carets(self) -> tuple[int, int]:
        """How many cells stand before the marked part, and how many it takes, at least one."""
        return cells(self.before), max(1, cells(self.marked))


def frame(ink: Ink, excerpt: Excerpt | None, span: Span, tone: Tone, indent: str) -> list[Line]:
    """The lines of a span with one line of context on either side (two when everything is shown) and carets under its first line.

    Lines the excerpt does not hold are left out; without any there is no frame. Every line of a wider span bears a marker, up to four of them.
    """
    if excerpt is None or span.start_line not in excerpt.lines:
        return []
    last = last_line(span)
    wide = last - span.start_line > _SPAN_LINES  # one line over is shown: to say that it is missing would take as much room
    shown_last = span.start_line + _SPAN_LINES - 1 if wide else last
    context = 2 if ink.everything else 1
    number_width = len(str(shown_last + context))
    room = ink.width - len(indent) - len(MARKER) - number_width - 4
    first = cut_line(ink, excerpt.lines[span.start_line], span, room)
    around = 0 if first.shifted else context
    above = _with_code(excerpt, range(span.start_line - around, span.start_line))
    within = [number for number in range(span.start_line + 1, shown_last + 1) if number in excerpt.lines]
    below = _with_code(excerpt, reversed(range(last + 1, last + 1 + around)))[::-1] if shown_last == last else []

    def gutter(number: int | None, *, marked: bool = False) -> Line:
        label = "" if number is None else str(number)
        return (
            Segment(indent),
            Segment(MARKER if marked else " ", tone),
            Segment(f" {label:>{number_width}} {ink.glyphs.bar} ", Tone.QUIET),
        )

    def plain(number: int, *, marked: bool = False) -> Line:
        return (*gutter(number, marked=marked), Segment(ink.clip(excerpt.lines[number].rstrip(), room)))

    before, width = first.carets
    lines = [plain(number) for number in above]
    lines.append((*gutter(span.start_line, marked=True), *_toned(first, Tone.STRONG)))
    lines.append((*gutter(None), Segment(" " * before), Segment("^" * width, tone)))
    lines.extend(plain(number, marked=True) for number in within)
    lines.extend(plain(number) for number in below)
    if shown_last < last:
        lines.append((*gutter(None), Segment(f"{ink.glyphs.ellipsis} to line {last}", Tone.QUIET)))
    return lines


def code_line(ink: Ink, excerpt: Excerpt | None, span: Span, width: int) -> Line:
    """The line a span starts on, without its indentation, cut to `width` cells around the span; nothing when the excerpt does not hold it."""
    if excerpt is None or span.start_line not in excerpt.lines:
        return ()
    text = excerpt.lines[span.start_line]
    cut = cut_line(ink, text, span, width, skip=len(text) - len(text.lstrip(" \t")))
    return _toned(cut, Tone.STRONG, Tone.QUIET)


def last_line(span: Span) -> int:
    """The last line that holds any of a span: one that ends before a line's first column does not reach that line."""
    if span.end_column == 1 and span.end_line > span.start_line:
        return span.end_line - 1
    return span.end_line


def cut_line(ink: Ink, text: str, span: Span, width: int, skip: int = 0) -> Cut:
    """The span's first line in at most `width` cells, the start of the span always among them; `skip` characters of indentation are left away."""
    line = text.rstrip()
    start = max(character_index(text, span.start_column), skip)
    end = character_index(text, span.end_column) if span.end_line == span.start_line else len(line)
    lost = utf16_length(text) < span.start_column - 1
    low = max(skip, start - _LOOK_AROUND)
    high = min(max(len(line), start, end), start + _LOOK_AROUND)
    shown = ink.pieces(text[low:high])
    edges = cell_edges(shown)
    marks = (start - low, max(start, min(end, high)) - low)
    ellipsis = ink.glyphs.ellipsis
    left, right = 0, len(shown)
    if low > skip or edges[-1] > width:
        left, right = _window(edges, marks, width - 2 * cells(ellipsis))
    cut_left = left > 0 or low > skip
    cut_right = right < len(shown) or high < len(line)
    before = "".join(shown[left : marks[0]])
    marked = "".join(shown[marks[0] : min(marks[1], right)])
    behind = "".join(shown[max(marks[0], min(marks[1], right)) : right])
    return Cut((ellipsis if cut_left else "") + before, marked, behind + (ellipsis if cut_right or lost else ""), cut_left)


def _window(edges: tuple[int, ...], marks: tuple[int, int], room: int) -> tuple[int, int]:
    """The pieces to show, as indices: as much as fits into `room` cells, from the start if the marked part fits there, else around it."""
    start, end = edges[marks[0]], edges[marks[1]]
    first = 0
    if end > room:
        lead = (room - (end - start)) // 2 if end - start <= room else room // 4
        target = max(0, min(start - lead, edges[-1] - room))
        first = next(index for index, edge in enumerate(edges) if edge >= target)
    last = max(index for index, edge in enumerate(edges) if edge - edges[first] <= room)
    return min(first, marks[0]), last


def _toned(cut: Cut, marked: Tone, around: Tone = Tone.PLAIN) -> Line:
    return Segment(cut.before, around), Segment(cut.marked, marked), Segment(cut.behind, around)


def _with_code(excerpt: Excerpt, numbers: Iterable[int]) -> list[int]:
    """The lines of a context, from the first one that has any code on it, since an empty one at the edge of a frame tells nothing."""
    known = [number for number in numbers if number in excerpt.lines]
    return list(dropwhile(lambda number: not excerpt.lines[number].strip(), known))
