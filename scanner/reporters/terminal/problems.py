"""What went wrong without ending the scan, and what people chose not to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import SuppressionKind
from scanner.reporters.terminal.flow import location_text
from scanner.reporters.terminal.ink import Segment, Tone, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.finding import Finding
    from scanner.core.problem import Problem, Stage
    from scanner.reporters.terminal.ink import Ink, Line

_SHOWN = 8
_SUBJECTS = 3
_SUBJECT_CELLS = 80
_MESSAGE_CELLS = 400
_REASON_CELLS = 300


def problem_lines(ink: Ink, problems: Sequence[Problem]) -> Iterator[Line]:
    """Problems, those that left something out first; the same message about several subjects is said once."""
    if not problems:
        return
    subjects: dict[tuple[bool, Stage, str], dict[str, None]] = {}
    for problem in problems:
        subjects.setdefault((problem.incomplete, problem.stage, problem.message), {})[problem.subject] = None
    ordered = sorted(subjects.items(), key=lambda item: not item[0][0])
    shown = ordered if ink.everything else ordered[:_SHOWN]
    yield ()
    yield ink.heading(f"Problems, {sum(map(len, subjects.values())):,}")
    yield ()
    for (incomplete, stage, message), about in shown:
        mark = Segment("! ", Tone.CRITICAL) if incomplete else Segment("- ", Tone.QUIET)
        subjects_named = listed([ink.clip(subject, _SUBJECT_CELLS) for subject in about], len(about) if ink.everything else _SUBJECTS)
        words = [*subjects_named[:-1], f"{subjects_named[-1]}:", *ink.clip(message, _MESSAGE_CELLS).split()]
        yield from ink.hang((Segment("  "), mark, Segment(f"{stage.value:<8}  ", Tone.QUIET)), words)
    if len(shown) < len(ordered):
        hidden = sum(len(about) for _, about in ordered[len(shown) :])
        yield (Segment("    "), Segment(f"and {hidden:,} more: -v shows them", Tone.QUIET))
    if any(incomplete for incomplete, _, _ in subjects):
        yield ()
        yield from ink.hang((Segment("  "), Segment("! ", Tone.CRITICAL)), "something was not looked at because of it", Tone.QUIET)


def suppressed_lines(ink: Ink, suppressed: Sequence[Finding]) -> Iterator[Line]:
    """The suppressed findings with the reasons given for them."""
    if not suppressed:
        return
    yield ()
    yield ink.heading(f"Suppressed, {count(len(suppressed), 'finding')}")
    yield ()
    for finding in suppressed:
        suppression = finding.suppression
        if suppression is None:
            continue
        yield (
            Segment("  "),
            Segment(ink.show(location_text(finding.place)), Tone.PLACE),
            Segment(f"  {finding.severity.label}  {ink.show(finding.rule.id)}", Tone.QUIET),
        )
        where = "in the code" if suppression.kind is SuppressionKind.IN_SOURCE else "outside the code"
        yield from ink.hang((Segment("    "),), f"{where}: {ink.clip(suppression.justification, _REASON_CELLS) or 'no reason given'}")
