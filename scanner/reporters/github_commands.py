"""A report as GitHub workflow commands: annotations beside the lines of a run. As text; printing it in a step's log is what makes them work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.rule import Severity
from scanner.core.verdict import CONFIRMED
from scanner.reporters.markdown_text import clipped
from scanner.reporters.neutral import neutral
from scanner.reporters.words import outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scanner.core.finding import Finding
    from scanner.core.report import ScanReport

AT_MOST = 10  # annotations of one level that GitHub shows of a step
_MESSAGE = 1_000
_TITLE = 200
_PATH = 4_096
_INCOMPLETE = "The scan is incomplete: something was not looked at. The summary says what."
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "notice",
    Severity.INFO: "notice",
}


def render_github_commands(report: ScanReport) -> str:
    """At most ten annotations a level, most severe first; the tenth says how many more there are. Empty when there is nothing to say.

    Every line is a command of ours: foreign text stands in escaped values only, where neither a line end nor a colon can start another command.
    """
    found: dict[str, list[Finding]] = {"error": [], "warning": [], "notice": []}
    for finding in sorted(report.brought, key=lambda item: -item.severity):
        found[_LEVELS[finding.severity]].append(finding)
    alarms = [] if report.complete else [_command("error", {"title": "Casemate"}, _INCOMPLETE)]
    lines = [
        *alarms,
        *_annotations("error", found["error"], AT_MOST - len(alarms)),
        *_annotations("warning", found["warning"], AT_MOST),
        *_annotations("notice", found["notice"], AT_MOST),
    ]
    return "".join(f"{line}\n" for line in lines)


def stopped(text: str, token: str) -> str:
    """Other text for the log of a step, within which GitHub obeys no command. Raises ValueError when the token could not end it alone.

    `token` is random and the caller's: letters and digits that the text does not hold.

    Reports for people quote scanned code, and the runner looks for commands anywhere in a line of the older form (`##[...]`).
    """
    if not token.isalnum() or token in text:
        msg = "the token that ends a quotation is made of letters and digits and does not occur in it"
        raise ValueError(msg)
    return f"::stop-commands::{token}\n{text.rstrip()}\n::{token}::\n"


def _annotations(level: str, findings: Sequence[Finding], room: int) -> Iterator[str]:
    shown = findings if len(findings) <= room else findings[: room - 1]
    for finding in shown:
        yield _annotation(level, finding)
    if len(shown) < len(findings):
        yield _command(level, {"title": "Casemate"}, f"{len(findings) - len(shown):,} more at this level are in the summary.")


def _annotation(level: str, finding: Finding) -> str:
    span = finding.place
    place = {"file": span.path, "line": str(span.start_line), "endLine": str(span.end_line)}
    if span.start_line == span.end_line:
        place |= {"col": str(span.start_column), "endColumn": str(max(span.end_column - 1, span.start_column))}
    said = "confirmed by triage: " if outcome(finding.judgement) == CONFIRMED else ""
    message = f"{said}{' '.join(finding.message.split())} ({finding.rule.id}, {finding.rule.weakness})"
    return _command(level, {**place, "title": clipped(f"{finding.severity.label}: {finding.rule.title}", _TITLE)}, message)


def _command(level: str, properties: dict[str, str], message: str) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {pairs}::{_data(clipped(neutral(message), _MESSAGE))}"


def _property(value: str) -> str:
    """A value between commas, as GitHub's toolkit escapes it."""
    return _data(clipped(neutral(value), _PATH)).replace(":", "%3A").replace(",", "%2C")


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
