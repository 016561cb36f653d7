"""What a model made of a finding, and on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.verdict import CONFIRMED, REFUTED, UNDECIDED, Confirmed, Undecided, side_of
from scanner.reporters.neutral import cells
from scanner.reporters.terminal.ink import Segment, Tone
from scanner.reporters.words import NOT_LOOKED_AT, PARTS, ground, line_of, needs_text, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.verdict import Citation, Judgement, Verdict
    from scanner.reporters.terminal.ink import Ink, Line

_INDENT = "  "
_RATIONALE_CELLS = 600
_NOTE_CELLS = 160
_CITED = 4
_SIDE_CELLS = 40
_TONES = {CONFIRMED: Tone.CRITICAL, REFUTED: Tone.GOOD, UNDECIDED: Tone.MEDIUM}


def verdict_lines(ink: Ink, judgement: Judgement | None) -> Iterator[Line]:
    """The verdict with its reason, the rationale, the places it rests on, and both sides where they differ; nothing where no model looked."""
    if judgement is None or outcome(judgement) == NOT_LOOKED_AT:
        return
    verdict = judgement.verdict
    name = side_of(verdict)
    yield ()
    label = (Segment(_INDENT), Segment("Verdict", Tone.STRONG), Segment(_INDENT), Segment(name, _TONES[name]), Segment(_INDENT))
    yield from ink.hang(label, _terms(verdict), Tone.QUIET)
    yield from _said(ink, verdict.rationale, verdict.citations, _INDENT * 2)
    if isinstance(verdict, Undecided):
        for argument in verdict.arguments:
            side = ink.clip(argument.side, _SIDE_CELLS)
            yield (Segment(_INDENT * 2), Segment("One side: ", Tone.QUIET), Segment(side, _TONES.get(argument.side, Tone.PLAIN)))
            yield from _said(ink, argument.rationale, argument.citations, _INDENT * 3)


def _terms(verdict: Verdict) -> str:
    if isinstance(verdict, Confirmed):
        return f"{verdict.severity.label}; {needs_text(verdict.preconditions)}"
    return ground(verdict)


def _said(ink: Ink, rationale: str, citations: Sequence[Citation], indent: str) -> Iterator[Line]:
    bound = 10 if ink.everything else 1
    if rationale:
        yield from ink.hang((Segment(indent),), ink.clip(" ".join(rationale.split()), _RATIONALE_CELLS * bound))
    shown = citations if ink.everything else citations[:_CITED]
    column = max((cells(ink.show(line_of(item.span))) for item in shown), default=0)
    for item in shown:
        yield from _cited(ink, item, indent, min(column, ink.width * 3 // 5))
    if len(shown) < len(citations):
        yield (Segment(indent), Segment(f"and {len(citations) - len(shown):,} more", Tone.QUIET))


def _cited(ink: Ink, citation: Citation, indent: str, column: int) -> Iterator[Line]:
    """One place as `path:line`, whole so that it can be clicked, and what it proves."""
    place = ink.show(line_of(citation.span))
    note = f": {ink.clip(citation.note, _NOTE_CELLS)}" if citation.note else ""
    words = f"{PARTS[citation.part]}{note}"
    head: Line = (Segment(indent), Segment(place, Tone.PLACE))
    if cells(place) > column:
        yield head
        yield from ink.hang((Segment(indent + _INDENT),), words, Tone.QUIET)
    else:
        yield from ink.hang((*head, Segment(" " * (column - cells(place) + 2))), words, Tone.QUIET)
