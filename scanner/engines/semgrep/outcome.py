"""What one start of Semgrep came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.engines.semgrep.failures import death
from scanner.engines.semgrep.output import Output, parse_output
from scanner.engines.semgrep.process import End

if TYPE_CHECKING:
    from scanner.engines.semgrep.plan import Run
    from scanner.engines.semgrep.process import Ended

_ENOUGH_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run's output, or why there is none or not all of it (`failure`, empty when all went well); `log` is the end of its standard error."""

    run: Run
    output: Output | None = None
    failure: str = ""
    log: bytes = b""


def outcome_of(run: Run, ended: Ended, seconds: float) -> Outcome:
    """Judge an ended process; `seconds` is what all runs together may take. What a run says before it fails counts, the failure too."""
    if ended.end is not End.EXITED:
        return Outcome(run, None, death(ended, seconds), ended.stderr)
    output = parse_output(ended.stdout)
    if isinstance(output, str):
        reason = death(ended, seconds) if ended.code else output
        return Outcome(run, None, reason, ended.stderr)
    failures = [death(ended, seconds)] if ended.code else []
    if output.malformed:
        failures.append(f"printed entries in a shape we do not know: {output.malformed}")
    return Outcome(run, output, "; ".join(failures), ended.stderr)


def hopeless(outcomes: list[Outcome]) -> bool:
    """Whether starting it again is pointless: it cannot be started, or has given nothing several times over."""
    barren = [outcome for outcome in outcomes if outcome.output is None]
    return len(barren) >= _ENOUGH_FAILURES and len(barren) == len(outcomes)
