"""The tools of the server: what each is called, what it takes and what it does. No SDK's type appears here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.app.mcp.arguments import below, flag, known_only, number, one_of, paths, text
from scanner.app.mcp.shown import brief, detail, marked, overview, page_of, rule_json, text_of
from scanner.app.mcp.verdicts import POLICY, record, verdict_schema
from scanner.app.settings import PRECISIONS, SEVERITIES
from scanner.core.nearest import nearest
from scanner.triage.tools.base import ToolError
from scanner.triage.tools.toolbox import SPECS, SUBMIT, use

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scanner.app.mcp.session import Session
    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport
    from scanner.core.rule import Precision, Severity
    from scanner.ports.chat import Json
    from scanner.ports.observer import Observer

_PAGE: Final = 20
_MOST_PAGE: Final = 40
_FAR: Final = 1_000_000
_FILTERS: Final[Mapping[str, Json]] = {
    "paths": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Files and directories as the tools show them; findings that stand there or whose flow passes there. Empty for all.",
    },
    "min_severity": {"type": "string", "enum": list(SEVERITIES), "description": "Default: what the repository's settings say, else low."},
    "min_confidence": {"type": "string", "enum": list(PRECISIONS), "description": "Default: what the repository's settings say, else medium."},
    "offset": {"type": "integer", "minimum": 0, "description": "How many findings to pass over; next_offset of the page before."},
    "limit": {"type": "integer", "minimum": 0, "maximum": _MOST_PAGE, "description": f"How many findings a page has. Default {_PAGE}."},
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One tool. `run` takes the session, the input and who hears of progress; it raises ToolError or ScannerError. `writes`: it may change a file."""

    name: str
    description: str
    schema: Mapping[str, Json]
    run: Callable[[Session, Mapping[str, Json], Observer], str]
    writes: bool = False


def call(session: Session, name: str, given: Mapping[str, Json], observer: Observer) -> str:
    """Run a tool. Raises ToolError for what the client can put right, ScannerError when a scan is impossible."""
    offer = OFFERS.get(name)
    if offer is None:
        msg = f"there is no such tool; there are {', '.join(OFFERS)}"
        raise ToolError(msg)
    known_only(given, offer.schema)
    return offer.run(session, given, observer)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which findings are asked about."""

    folders: tuple[str, ...]
    severity: Severity
    confidence: Precision

    def takes(self, finding: Finding) -> bool:
        if finding.severity < self.severity or finding.confidence < self.confidence:
            return False
        if not self.folders:
            return True
        touched = {step.span.path for step in finding.trace.locations}
        return any(below(path, folder) for path in touched for folder in self.folders)


def _wanted(session: Session, given: Mapping[str, Json], observer: Observer) -> _Wanted:
    work = session.workspace(observer)
    return _Wanted(
        folders=paths(given, work.view.tree.paths),
        severity=one_of(given, "min_severity", SEVERITIES, work.config.min_severity),
        confidence=one_of(given, "min_confidence", PRECISIONS, work.config.min_confidence),
    )


def _scan(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
    report = session.report(text(given, "diff"), observer, fresh=flag(given, "rescan"))
    return _told(session, report, given, observer)


def _list(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
    return _told(session, session.current(observer), given, observer)


def _told(session: Session, report: ScanReport, given: Mapping[str, Json], observer: Observer) -> str:
    """What is chosen of a report: the overview, for a scan, and one page of findings."""
    wanted = _wanted(session, given, observer)
    view = session.workspace(observer).view
    chosen = [finding for finding in report.findings if wanted.takes(finding)]
    head = overview(report, chosen, view)
    rule = text(given, "rule")
    status = one_of(given, "status", _STATUS, None)
    listed = [finding for finding in chosen if rule in {"", finding.rule.id} and status in {None, finding.suppression is None}]
    return text_of({**head, **_page(session, listed, given, observer)})


_STATUS: Final[Mapping[str, bool | None]] = {"all": None, "open": True, "suppressed": False}


def _page(session: Session, findings: Sequence[Finding], given: Mapping[str, Json], observer: Observer) -> dict[str, Json]:
    view = session.workspace(observer).view
    offset = number(given, "offset", 0, (0, _FAR))
    limit = number(given, "limit", _PAGE, (0, _MOST_PAGE))
    page = page_of(brief(finding, view, session.verdicts.get(finding.fingerprint)) for finding in findings[offset : offset + limit])
    end = offset + len(page)
    return {"listed": len(findings), "offset": offset, "next_offset": end if end < len(findings) else None, "findings": page}


def _get(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
    finding = session.named(text(given, "fingerprint"), observer)
    return text_of(detail(finding, session.workspace(observer), session.verdicts.get(finding.fingerprint)))


def _explain(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
    work = session.workspace(observer)
    name = text(given, "rule")
    rule = work.rules.get(name)
    if rule is None:
        close = nearest(name, work.rules)
        msg = "there is no such rule" + (f"; did you mean {close[0]}?" if close else "")
        raise ToolError(msg)
    return text_of(rule_json(rule, work))


def _record(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
    return text_of(record(session, given, observer))


def _reader(name: str) -> Callable[[Session, Mapping[str, Json], Observer], str]:
    """A tool of triage, behind the same walls: it reads files of the scan and no others, with secrets masked."""

    def run(session: Session, given: Mapping[str, Json], observer: Observer) -> str:
        work = session.workspace(observer)
        answer = use(name, given, work.view)
        if answer.error:
            raise ToolError(answer.text)
        path = work.view.path_of(str(given.get("path", "")))
        note = "\nThis file has changed since the scan; call scan with rescan set to see it as it is." if path and work.changed(path) else ""
        return marked(answer.text, session.ground.marker) + note

    return run


def _object(properties: Mapping[str, Json], *required: str) -> dict[str, Json]:
    return {"type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False}


_FINGERPRINT: Final[Mapping[str, Json]] = {
    "fingerprint": {"type": "string", "description": "As scan and list_findings show it; its beginning is enough."}
}

_OWN: Final = (
    Offer(
        "scan",
        "Scan the root for security bugs: flows of untrusted data, known mistakes, secrets. Returns counts, what was not looked at and why, and the "
        "first findings, most pressing first. The scan is kept for the session; set rescan after files have changed. Nothing found means something "
        "only when complete is true.",
        _object(
            {
                **_FILTERS,
                "diff": {
                    "type": "string",
                    "description": "A git revision: compare with its merge base, by the settings, rules and decisions that hold there. Each finding "
                    "then has a state; new ones are what the change brings. Empty: no comparison.",
                },
                "rescan": {"type": "boolean", "description": "Forget what is known and look again."},
            }
        ),
        _scan,
    ),
    Offer(
        "list_findings",
        "List findings of the last scan, page by page, most pressing first. Without a scan before, the root is scanned.",
        _object(
            {
                **_FILTERS,
                "rule": {"type": "string", "description": "Only findings of this rule."},
                "status": {"type": "string", "enum": list(_STATUS), "description": "Default all."},
            }
        ),
        _list,
    ),
    Offer(
        "get_finding",
        "Everything about one finding: the rule and how to fix it, what decides whether it is true, the path from source to sink step by step, and "
        "the code around each step.",
        _object(_FINGERPRINT, "fingerprint"),
        _get,
    ),
    Offer(
        "explain_rule",
        "Explain one rule: what is wrong, how it is attacked, how to fix it.",
        _object({"rule": {"type": "string", "description": "The rule's id, as findings show it."}}, "rule"),
        _explain,
    ),
    Offer("record_verdict", f"Record your verdict on a finding. {POLICY}", verdict_schema(), _record, writes=True),
)

OFFERS: Final[Mapping[str, Offer]] = {
    offer.name: offer
    for offer in (*_OWN, *(Offer(spec.name, spec.description, spec.schema, _reader(spec.name)) for spec in SPECS if spec.name != SUBMIT))
}
"""Every tool by its name, in the order in which clients see them."""
