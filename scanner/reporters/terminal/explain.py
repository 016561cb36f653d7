"""What a finding means and how to mend it, said once for each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.reporters.terminal.ink import Segment, Tone
from scanner.reporters.terminal.prose import Paragraph, gist, lay, parse, up_to_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.rule import Rule
    from scanner.reporters.terminal.condense import Entry
    from scanner.reporters.terminal.ink import Ink, Line

_WHY_SENTENCES = 3
_WHY_CHARACTERS = 320
_FIX_PARAGRAPHS = 2
_SUSPICION_CELLS = 600


def explanation(ink: Ink, entry: Entry) -> Iterator[Line]:
    """Why the finding is suspected, then its rule's help and remediation at the rule's first finding."""
    if entry.finding.suspicion:
        yield ()
        yield from lay(ink, _label("Hint"), (Paragraph(ink.clip(entry.finding.suspicion, _SUSPICION_CELLS)),))
    if entry.explains:
        yield from _rule_lines(ink, entry.finding.rule)


def _rule_lines(ink: Ink, rule: Rule) -> Iterator[Line]:
    why, fix = parse(rule.help), parse(rule.remediation)
    if not ink.everything:
        start = gist(why, _WHY_SENTENCES, _WHY_CHARACTERS)
        why, fix = (Paragraph(start),) if start else (), up_to_code(fix, _FIX_PARAGRAPHS)
    for label, blocks in (("Why", why), ("Fix", fix)):
        if blocks:
            yield ()
            yield from lay(ink, _label(label), blocks)
    if ink.everything and rule.references:
        yield ()
        for index, url in enumerate(rule.references):
            yield (*_label("See" if index == 0 else ""), Segment(ink.show(url), Tone.PLAIN, url))


def _label(text: str) -> Line:
    return Segment("  "), Segment(text, Tone.STRONG), Segment(" " * (6 - len(text)))
