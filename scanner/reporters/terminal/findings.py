"""Findings, in full or as one line each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.finding import State
from scanner.core.rule import Severity
from scanner.core.text import split_lines
from scanner.reporters.neutral import cells
from scanner.reporters.terminal.explain import explanation
from scanner.reporters.terminal.flow import flow_lines, location_text, place_lines
from scanner.reporters.terminal.frame import code_line, frame
from scanner.reporters.terminal.ink import TONES, Segment, Tone, count, listed
from scanner.reporters.terminal.verdict import verdict_lines
from scanner.reporters.words import STATES, TRUST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.core.finding import Finding
    from scanner.core.report import Excerpt
    from scanner.reporters.terminal.condense import Entry, Group, Listing
    from scanner.reporters.terminal.ink import Ink, Line

_INDENT = "  "
_FILES_NAMED = 3
_MESSAGE_LINES = 6
_MESSAGE_CELLS = 600
_PATH_CELLS = 44
_SNIPPET_CELLS = 16


def group_lines(ink: Ink, group: Group, excerpts: Mapping[str, Excerpt], by_name: int) -> Iterator[Line]:
    """A severity's heading, its findings in full, then the others, of each rule no more than `by_name` on lines of their own."""
    yield ()
    yield ink.heading(f"{group.severity.label.capitalize()}, {count(group.size, 'finding')}", TONES[group.severity])
    for entry in group.entries:
        yield ()
        yield from _entry_lines(ink, entry, excerpts)
    for listing in group.listings:
        yield ()
        yield from _listing_lines(ink, listing, excerpts, by_name)


def _entry_lines(ink: Ink, entry: Entry, excerpts: Mapping[str, Excerpt]) -> Iterator[Line]:
    finding = entry.finding
    tone = TONES[finding.severity]
    badge = Segment(finding.severity.label.upper(), Tone.ALARM if finding.severity is Severity.CRITICAL else tone)
    yield from ink.hang((badge, Segment("  ")), f"{finding.rule.title} (#{entry.number})", Tone.STRONG)
    symbol = f" in {ink.clip(finding.symbol, ink.width // 2)}" if finding.symbol else ""
    yield (Segment(_INDENT), Segment(ink.show(location_text(finding.place)), Tone.PLACE), Segment(symbol, Tone.QUIET))
    yield from _facts(ink, entry)
    if _tells_more(finding):
        yield ()
        yield from _message(ink, finding.message)
    framed = frame(ink, excerpts.get(finding.place.path), finding.place, tone, _INDENT)
    if framed:
        yield ()
        yield from framed
    yield from flow_lines(ink, finding.trace, excerpts)
    yield from place_lines(ink, finding.related, excerpts)
    yield from verdict_lines(ink, finding.judgement)
    if ink.explains:
        yield from explanation(ink, entry)


def _facts(ink: Ink, entry: Entry) -> Iterator[Line]:
    """Rule, weakness, confidence, who controls the data, who agrees and where the rule is explained, in as many lines as they take."""
    finding = entry.finding
    rule = finding.rule
    url = f"https://cwe.mitre.org/data/definitions/{rule.cwe[0]}.html"
    facts = [
        Segment(ink.show(rule.id), Tone.QUIET),
        Segment(", ".join(f"CWE-{number}" for number in rule.cwe), Tone.QUIET, url),
        Segment(f"confidence {finding.confidence.label}", Tone.QUIET),
    ]
    if finding.trust is not None:
        facts.append(Segment(TRUST[finding.trust], Tone.QUIET))
    if finding.state is not None:
        facts.append(Segment(STATES[finding.state], Tone.STRONG if finding.state is State.NEW else Tone.QUIET))
    if len(finding.engines) > 1:
        facts.append(Segment(ink.clip(f"{' and '.join(finding.engines)} agree", ink.width // 2), Tone.STRONG))
    elif ink.everything:
        facts.extend(Segment(ink.clip(f"found by {engine}", ink.width // 2), Tone.QUIET) for engine in finding.engines)
    facts.extend(Segment(ink.clip(f"also {other.id} ({other.engine})", ink.width // 2), Tone.QUIET) for other in finding.also)
    if ink.explains and not entry.explains:
        facts.append(Segment(f"explained at #{entry.explained_at}", Tone.QUIET))
    dot = Segment(f" {ink.glyphs.dot} ", Tone.QUIET)
    line: Line = ()
    for fact in facts:
        longer = (*line, dot, fact) if line else (Segment(_INDENT), fact)
        if line and sum(cells(segment.text) for segment in longer) > ink.prose_width:
            yield line
            longer = (Segment(_INDENT), fact)
        line = longer
    yield line


def _tells_more(finding: Finding) -> bool:
    """Whether the message says anything that the title above it does not."""
    return finding.message.strip().rstrip(".").casefold() != finding.rule.title.strip().rstrip(".").casefold()


def _message(ink: Ink, message: str) -> Iterator[Line]:
    """What the engine says; a message may quote scanned code, so it has a bound."""
    lines = [line for line in split_lines(message) if line.strip()]
    bound = 10 if ink.everything else 1
    for line in lines[: _MESSAGE_LINES * bound]:
        yield from ink.hang((Segment(_INDENT),), ink.clip(line, _MESSAGE_CELLS * bound))
    if len(lines) > _MESSAGE_LINES * bound:
        yield (Segment(_INDENT), Segment(ink.glyphs.ellipsis, Tone.QUIET))


def _listing_lines(ink: Ink, listing: Listing, excerpts: Mapping[str, Excerpt], by_name: int) -> Iterator[Line]:
    """A line each for the first findings of a rule, then how many more there are and where."""
    rule = listing.findings[0].rule
    if listing.explained_at:
        label = f"{len(listing.findings):,} more of {rule.id}" + (f", explained at #{listing.explained_at}" if ink.explains else "")
    else:
        label = f"{rule.title}: {count(len(listing.findings), 'finding')} of {rule.id}"
    yield from ink.hang((Segment(_INDENT),), label, Tone.STRONG)
    # One more is listed rather than spoken about: the line that says so would take as much room.
    cut = len(listing.findings) if len(listing.findings) == by_name + 1 else by_name
    shown, rest = listing.findings[:cut], listing.findings[cut:]
    column = max(cells(ink.show(location_text(finding.place))) for finding in shown)
    for finding in shown:
        yield _listed_line(ink, finding, excerpts.get(finding.place.path), min(column, ink.width // 2))
    if rest:
        files = Counter(finding.place.path for finding in rest)
        # Counter.most_common keeps the order of the report among files with as many.
        named = [ink.clip_path(path, _PATH_CELLS) + (f" ({number:,})" if number > 1 else "") for path, number in files.most_common()]
        words = [f"and {len(rest):,} in {count(len(files), 'file')}:", *listed(named, _FILES_NAMED)]
        yield from ink.hang((Segment(_INDENT * 2),), words, Tone.QUIET)


def _listed_line(ink: Ink, finding: Finding, excerpt: Excerpt | None, column: int) -> Line:
    location = ink.show(location_text(finding.place))
    padding = " " * max(2, column - cells(location) + 2)
    line: Line = (Segment(_INDENT * 2), Segment(location, Tone.PLACE), Segment(padding))
    room = ink.width - sum(cells(segment.text) for segment in line)
    return line if room < _SNIPPET_CELLS else (*line, *code_line(ink, excerpt, finding.place, room))
