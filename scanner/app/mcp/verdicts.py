"""Recording a verdict. The client says what it found and quotes the code; code decides whether that holds, and what becomes of it.

A refutation of a finding below high severity whose evidence holds becomes a decision in `.casemate/triage.yaml`: with an owner, an end within a year,
and a hash of the code it rests on, so that it lapses when that code changes. From high severity on a person decides: an agent that reads hostile code
can be talked into a verdict, so it gets the command that a person can run. A confirmation or an open question changes no file: it is kept for the
session. Nothing else is ever written, and a decision that still stands is not replaced.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from scanner.app.decisions import save
from scanner.app.mcp.arguments import text
from scanner.core.decision import DECISIONS_FILE, Decision
from scanner.core.files import Unreadable, read_confined
from scanner.core.rule import Severity
from scanner.core.verdict import Confirmed, Refuted, Undecided
from scanner.pipeline.grounds import grounds
from scanner.stores.decisions import read_decisions
from scanner.triage.adjudicate import Adjudicator
from scanner.triage.answer import MOST_RATIONALE, NO_REASON, Claim, Malformed, Side, read_claim, schema
from scanner.triage.scene import Scene
from scanner.triage.tools.base import ToolError
from scanner.triage.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.app.mcp.session import Session, Workspace
    from scanner.core.finding import Finding
    from scanner.core.verdict import Verdict
    from scanner.ports.chat import Json
    from scanner.ports.observer import Observer

LONGEST: Final = 366  # days that a recorded decision lasts at most
PERSON: Final = Severity.HIGH  # from here on a person writes the decision
_MOST_BYTES: Final = 8_000_000
_MOST_REASON: Final = 1_200
_MOST_PLACES: Final = 6
_MOST_COMPLAINTS: Final = 10
_NO_CONDITIONS: Final[Mapping[str, Json]] = {"access": "network", "authentication": "none", "interaction": "none", "configuration": "none"}

POLICY: Final = (
    "Every citation must read as quoted, in code. A confirmation must cite source, sink and each function between; a refutation one of the reasons "
    "that get_finding names, with the code that makes it so, and a program checks that this code can. A refutation needs an owner and a day on which "
    f"it ends (at most {LONGEST} days from now). One that holds, of a finding below {PERSON.label} severity, is written to {DECISIONS_FILE} as a "
    "decision that suppresses the finding, lapses when the code changes, and is meant to be reviewed like code; from that severity on you get the "
    "command with which a person can decide so. Confirmed and undecided verdicts are kept for this session only. No code is ever changed."
)


def verdict_schema() -> dict[str, Json]:
    """The input of `record_verdict`: what triage's models submit, the finding, and who answers for the decision until when."""
    claim = schema()["properties"]
    own: dict[str, Json] = {
        "fingerprint": {"type": "string", "description": "The finding; the beginning of its fingerprint is enough."},
        **(claim if isinstance(claim, dict) else {}),
        "owner": {"type": "string", "description": "For a refutation: the person or team that answers for it."},
        "expires": {"type": "string", "description": "For a refutation: the day from which the finding is shown again, like 2027-01-31."},
    }
    return {"type": "object", "properties": own, "required": ["fingerprint", "verdict", "rationale", "citations"], "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class _Terms:
    """Who answers for a decision, and until when."""

    owner: str
    expires: date


def record(session: Session, given: Mapping[str, Json], observer: Observer) -> dict[str, Json]:
    """Hear a verdict. Raises ToolError, in words that help to put it right, for one that does not hold."""
    work = session.workspace(observer)
    finding = session.named(text(given, "fingerprint"), observer)
    claim = _claim(given)
    terms = _terms(given, session, work) if claim.side is Side.REFUTED else None
    paths = {step.span.path for step in finding.trace.locations} | {path for quote in claim.quotes if (path := work.view.path_of(quote.path))}
    if any(work.changed(path) for path in sorted(paths)):
        msg = "the code has changed since the scan; call scan with rescan set, and judge it as it is now"
        raise ToolError(msg)
    verdict = _ruled(finding, claim, work)
    told = _told(verdict)
    if terms is not None and isinstance(verdict, Refuted):
        told |= _keep(session.ground.today(), work, finding, verdict, terms)
    session.verdicts[finding.fingerprint] = verdict
    return {"fingerprint": finding.fingerprint, **told}


def _told(verdict: Verdict) -> dict[str, Json]:
    here = "in this session; no file was changed"
    match verdict:
        case Confirmed():
            return {"verdict": "confirmed", "severity": verdict.severity.label, "recorded": here}
        case Undecided():
            return {"verdict": "undecided", "recorded": here}
        case Refuted():
            return {"verdict": "refuted", "reason": verdict.reason.value, "recorded": here}


def _claim(given: Mapping[str, Json]) -> Claim:
    if not text(given, "rationale", most=MOST_RATIONALE):
        msg = "rationale: say what decides the case"
        raise ToolError(msg)
    whole: dict[str, Json] = {"reason": NO_REASON, **given}
    if given.get("verdict") != Side.CONFIRMED.value:
        whole.setdefault("preconditions", dict(_NO_CONDITIONS))
    claim = read_claim(whole)
    if isinstance(claim, Malformed):
        raise ToolError(claim.message)
    return claim


def _terms(given: Mapping[str, Json], session: Session, work: Workspace) -> _Terms:
    if session.ground.isolated:
        msg = "nothing was recorded: this session was started with --isolated, so decisions of the repository do not count"
        raise ToolError(msg)
    today = session.ground.today()
    owner = one_line(work.view.tree.masked(text(given, "owner")))
    if not owner:
        msg = "owner: a refutation needs somebody who answers for it"
        raise ToolError(msg)
    day = text(given, "expires")
    try:
        expires = date.fromisoformat(day)
    except ValueError as error:
        msg = "expires: a refutation needs the day on which it ends, like 2027-01-31"
        raise ToolError(msg) from error
    if not today < expires <= today + timedelta(days=LONGEST):
        msg = f"expires: name a day after {today.isoformat()} and at most {LONGEST} days later"
        raise ToolError(msg)
    return _Terms(owner, expires)


def _ruled(finding: Finding, claim: Claim, work: Workspace) -> Verdict:
    adjudicator = Adjudicator(Scene(work.view.tree, finding), work.view, work.checklists.of(finding.rule))
    if complaints := adjudicator.complaints(claim):
        raise ToolError(_refused(complaints))
    ruling = adjudicator.rule(claim)
    if isinstance(ruling.verdict, Undecided) and claim.side is not Side.UNDECIDED:
        raise ToolError(_refused(step for step in ruling.steps if not step.startswith(("resolved ", "verdict "))))
    return ruling.verdict


def _refused(complaints: Iterable[str]) -> str:
    return f"nothing was recorded: {'; '.join([one_line(item) for item in complaints][:_MOST_COMPLAINTS])}"


def _keep(today: date, work: Workspace, finding: Finding, verdict: Refuted, terms: _Terms) -> dict[str, Json]:
    """Write the decision, unless one stands or a person has to; what became of it."""
    if finding.suppression is not None:
        msg = "nothing was recorded: the finding is suppressed already"
        raise ToolError(msg)
    known = _decisions(work)
    now = grounds(finding, work.index)
    old = next((item for item in known if item.fingerprint == finding.fingerprint), None)
    if old is not None and old.holds(now) and (old.expires is None or today < old.expires):
        msg = f"nothing was recorded: {DECISIONS_FILE} has a decision about this finding that holds"
        raise ToolError(msg)
    view = work.view
    places = ", ".join(f"{view.shown(item.span.path)}:{item.span.start_line}" for item in verdict.citations[:_MOST_PLACES])
    said = one_line(view.tree.masked(verdict.rationale), _MOST_REASON)
    reason = f"{verdict.reason.value}: {said} (evidence at {places}; recorded through `casemate mcp`)"
    if finding.severity >= PERSON:
        options = ["--reason", reason, "--owner", terms.owner, "--expires", terms.expires.isoformat()]
        return {"for_a_person": shlex.join(["casemate", "suppress", finding.fingerprint, *options])}
    fresh = Decision(
        fingerprint=finding.fingerprint,
        rule=finding.rule.id,
        path=finding.place.path,
        symbol=finding.symbol,
        reason=reason,
        owner=terms.owner,
        decided=today,
        code=now.code,
        helpers=now.helpers,
        expires=terms.expires,
    )
    save(work.config, [*(item for item in known if item is not old), fresh])
    return {"recorded": f"in {DECISIONS_FILE}; the next scan applies it"}


def _decisions(work: Workspace) -> tuple[Decision, ...]:
    """What was decided before. File and directory are the repository's: a link in their place would lead elsewhere, and is refused."""
    folder, _, name = DECISIONS_FILE.partition("/")
    for path in (work.root / folder, work.root / DECISIONS_FILE, work.root / folder / f".{name}.new"):
        if path.is_symlink():
            msg = f"nothing was recorded: {folder} of this repository holds a symbolic link where {DECISIONS_FILE} must be"
            raise ToolError(msg)
    if not os.path.lexists(work.root / DECISIONS_FILE):
        return ()
    data = read_confined(work.root, DECISIONS_FILE, _MOST_BYTES)
    if isinstance(data, Unreadable):
        msg = f"nothing was recorded: {DECISIONS_FILE} cannot be read"
        raise ToolError(msg)
    return read_decisions(data, DECISIONS_FILE)
