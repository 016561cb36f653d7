"""The way data takes from source to sink, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.location import Role
from scanner.reporters.neutral import cells
from scanner.reporters.terminal.frame import code_line
from scanner.reporters.terminal.ink import Segment, Tone, count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scanner.core.location import Location, Span, Trace
    from scanner.core.report import Excerpt
    from scanner.reporters.terminal.ink import Ink, Line

_INDENT = "  "
_NOTE_CELLS = 200
_ENDS = 4  # steps kept at either end of a long flow
_RELATED = 5
_ROLE_CELLS = max(len(role.value) for role in Role)


def location_text(span: Span) -> str:
    """A span's start as editors take it, not yet neutral."""
    return f"{span.path}:{span.start_line}:{span.start_column}"


def flow_lines(ink: Ink, trace: Trace, excerpts: Mapping[str, Excerpt]) -> Iterator[Line]:
    """Every step with its place, part, note and code; of a long flow the middle is counted only, unless everything is wanted."""
    steps = trace.locations
    if len(steps) == 1:
        return
    files = len({step.span.path for step in steps})
    yield ()
    through = f" through {count(files, 'file')}" if files > 1 else ""
    yield (Segment(_INDENT), Segment("Flow", Tone.STRONG), Segment(f"  {count(len(steps), 'step')}{through}", Tone.QUIET))
    shown = _kept(len(steps), trace.primary, everything=ink.everything)
    number_cells = len(str(len(steps)))
    previous = -1
    for index in shown:
        if index > previous + 1:
            yield (Segment(_INDENT * 2), Segment(f"{ink.glyphs.ellipsis} {count(index - previous - 1, 'step')} between", Tone.QUIET))
        previous = index
        step = steps[index]
        number = Segment(f"{_INDENT * 2}{index + 1:>{number_cells}} ")
        yield from _step(ink, number, step, None if index == trace.primary else excerpts.get(step.span.path))


def place_lines(ink: Ink, related: Sequence[Location], excerpts: Mapping[str, Excerpt]) -> Iterator[Line]:
    """Further places that belong to a finding."""
    if not related:
        return
    yield ()
    yield (Segment(_INDENT), Segment("Related", Tone.STRONG))
    shown = related if ink.everything else related[:_RELATED]
    for location in shown:
        yield from _step(ink, Segment(_INDENT * 2), location, excerpts.get(location.span.path))
    if len(shown) < len(related):
        yield (Segment(_INDENT * 2), Segment(f"and {len(related) - len(shown):,} more", Tone.QUIET))


_ROLE_TONES = {Role.SOURCE: Tone.STRONG, Role.SINK: Tone.STRONG, Role.STEP: Tone.QUIET, Role.CONTEXT: Tone.QUIET}


def _kept(steps: int, primary: int, *, everything: bool) -> list[int]:
    """The indices to show. A gap of one would take the line it saves, so there is none."""
    if everything or steps <= 2 * _ENDS + 1:
        return list(range(steps))
    kept = {*range(_ENDS), primary, *range(steps - _ENDS, steps)}
    return [index for index in range(steps) if index in kept or (index - 1 in kept and index + 1 in kept)]


def _step(ink: Ink, start: Segment, step: Location, excerpt: Excerpt | None) -> Iterator[Line]:
    """Part, place and note on one line where they fit, else the note below; then the code, unless the frame above shows it."""
    label: Line = (start, Segment(f"{step.role.value:<{_ROLE_CELLS}}  ", _ROLE_TONES[step.role]))
    indent = sum(cells(segment.text) for segment in label)
    margin = Segment(" " * indent)
    location = Segment(ink.show(location_text(step.span)), Tone.PLACE)
    note = ink.clip(step.note, _NOTE_CELLS)
    if indent + cells(location.text) + 2 + cells(note) <= ink.width:
        yield (*label, location, Segment(f"  {note}"))
    else:
        yield (*label, location)
        yield from ink.hang((margin,), note) if note else ()
    code = code_line(ink, excerpt, step.span, ink.width - indent)
    if code:
        yield (margin, *code)
