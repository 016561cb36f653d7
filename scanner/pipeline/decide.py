"""Decisions of people: they silence a finding until the code they rest on changes or their day comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.core.finding import Suppression, SuppressionKind
from scanner.core.problem import Problem, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from scanner.core.decision import Decision, Grounds
    from scanner.core.finding import Finding


def apply_decisions(
    findings: Sequence[Finding], decisions: Iterable[Decision], grounds_of: Callable[[Finding], Grounds], today: date | None
) -> tuple[tuple[Finding, ...], tuple[Problem, ...], frozenset[str]]:
    """The findings with the suppressions that hold, in the same order; a Problem for each decision that no longer does; and the fingerprints met.

    `grounds_of` gives what a decision has to rest on to hold; it is asked only about findings that somebody decided about.
    Without a day nothing expires.
    """
    by_mark = {decision.fingerprint: decision for decision in decisions}
    judged: list[Finding] = []
    problems: list[Problem] = []
    met: set[str] = set()
    for finding in findings:
        decision = by_mark.get(finding.fingerprint)
        if decision is None:
            judged.append(finding)
            continue
        met.add(decision.fingerprint)
        reopened = _reopened(decision, finding, grounds_of, today)
        if reopened:
            problems.append(Problem(Stage.SUPPRESS, _subject(decision), reopened, incomplete=False))
            judged.append(finding)
        elif finding.suppression is None:
            words = f"{decision.reason} ({decision.owner}, {decision.decided.isoformat()})"
            judged.append(replace(finding, suppression=Suppression(SuppressionKind.EXTERNAL, words, decision.place)))
        else:
            judged.append(finding)
    return tuple(judged), tuple(problems), frozenset(met)


def unmet(decisions: Iterable[Decision], met: frozenset[str]) -> tuple[Problem, ...]:
    """A Problem for each decision about something that is not found any more. Only a scan that looked everywhere can say so."""
    return tuple(
        Problem(
            Stage.SUPPRESS, _subject(decision), f"{decision.rule} is not found any more; `casemate suppressions --prune` removes it", incomplete=False
        )
        for decision in decisions
        if decision.fingerprint not in met
    )


def _reopened(decision: Decision, finding: Finding, grounds_of: Callable[[Finding], Grounds], today: date | None) -> str:
    if decision.expires is not None and today is not None and today >= decision.expires:
        return f"the suppression of {decision.rule} at {_at(finding)} ended on {decision.expires.isoformat()}; the finding is open again"
    if not decision.holds(grounds_of(finding)):
        return f"the code that the suppression of {decision.rule} at {_at(finding)} rests on has changed; the finding is open again"
    return ""


def _at(finding: Finding) -> str:
    return f"{finding.place.path}:{finding.place.start_line}"


def _subject(decision: Decision) -> str:
    return f"{decision.place.path}:{decision.place.start_line}" if decision.place else decision.fingerprint
