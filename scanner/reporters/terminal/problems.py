"""What went wrong without ending the scan, and what people chose not to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.finding import SuppressionKind
from scanner.core.verdict import Refuted
from scanner.reporters.terminal.flow import location_text
from scanner.reporters.terminal.ink import Segment, Tone, count, listed
from scanner.reporters.words import ground, mended, short

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
_COMPARED_CELLS = 40


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
        yield from ink.hang((Segment("    "),), f"{_where(finding)}: {ink.clip(suppression.justification, _REASON_CELLS) or 'no reason given'}")


def fixed_lines(ink: Ink, fixed: Sequence[Finding], compared: str) -> Iterator[Line]:
    """The findings of the earlier scan that are gone, at the places they had there, then those whose files were not looked at this time."""
    named = ink.clip(short(compared), _COMPARED_CELLS)
    for title, findings in (
        ("Fixed", [finding for finding in fixed if mended(finding)]),
        ("Not looked at again", [finding for finding in fixed if not mended(finding)]),
    ):
        if not findings:
            continue
        yield ()
        yield ink.heading(f"{title}, {count(len(findings), 'finding')} of {named}")
        yield ()
        for finding in findings:
            yield (
                Segment("  "),
                Segment(ink.show(location_text(finding.place)), Tone.PLACE),
                Segment(f"  {finding.severity.label}  {ink.show(finding.rule.id)}", Tone.QUIET),
            )


def _where(finding: Finding) -> str:
    """Who silenced a finding: a person in the code or outside it, or triage."""
    verdict = finding.judgement.verdict if finding.judgement else None
    suppression = finding.suppression
    if suppression is not None and suppression.kind is SuppressionKind.IN_SOURCE:
        return "in the code"
    return f"refuted, {ground(verdict)}" if isinstance(verdict, Refuted) else "outside the code"
