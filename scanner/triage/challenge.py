"""The other side: when a verdict is challenged, by whom, and what stands afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scanner.core.rule import Severity
from scanner.core.verdict import Argument, Cause, Confirmed, Refuted, Undecided, side_of
from scanner.triage.prompts import DEFEND, PROSECUTE

if TYPE_CHECKING:
    from scanner.core.finding import Finding
    from scanner.core.verdict import Verdict
    from scanner.triage.settings import TriageSettings

_ARGUED: Final = frozenset({Cause.UNSURE, Cause.UNSUPPORTED})
"""Undecided by argument, not by accident."""


def challenger_role(verdict: Verdict, finding: Finding, settings: TriageSettings) -> str | None:
    """The part of whoever challenges this verdict, None when it stands unchallenged.

    A refutation is challenged at high severity and above, a confirmation when it would fail the build; a setting extends it to all.
    """
    match verdict:
        case Refuted():
            return PROSECUTE if settings.challenge_all or finding.severity >= Severity.HIGH else None
        case Confirmed():
            fails = settings.fail_on is not None and verdict.severity >= settings.fail_on
            return DEFEND if settings.challenge_all or fails else None
        case Undecided():
            return None


def reconciled(first: Verdict, second: Verdict) -> Verdict:
    """What stands after a challenge. Verdicts are compared by their class, never by their words.

    To close a finding both sides must say so. A confirmation stands when the other side looked and did not refute it with evidence; a challenge that
    did not take place (no money, no answer) leaves nothing standing.
    """
    match first, second:
        case (Refuted(), Refuted()) | (Confirmed(), Confirmed()):
            return first
        case (Refuted(), Confirmed()) | (Confirmed(), Refuted()):
            return _disputed(first, second, Cause.DISAGREEMENT, "Two independent reviews came to opposite answers; both gave evidence that holds.")
        case Confirmed(), Undecided() if second.cause in _ARGUED:
            return first
        case _, Undecided():
            words = (
                f"A review said {side_of(first)}; the challenge that this needs came to no answer ({second.cause.value}). {second.rationale}".strip()
            )
            cause = Cause.DISAGREEMENT if second.cause in _ARGUED else second.cause
            return _disputed(first, second, cause, words)
        case _:
            return first


def _disputed(first: Verdict, second: Verdict, cause: Cause, words: str) -> Undecided:
    argued = [verdict for verdict in (first, second) if not isinstance(verdict, Undecided) or verdict.cause in _ARGUED]
    arguments = tuple(Argument(side_of(verdict), verdict.rationale, verdict.citations) for verdict in argued)
    return Undecided(cause, words, arguments=arguments)
