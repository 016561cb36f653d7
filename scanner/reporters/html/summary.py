"""The head of the page: what was scanned, what follows, and the counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.core.errors import ExitCode
from scanner.core.finding import State
from scanner.core.rule import Severity
from scanner.reporters.html.markup import tag, text
from scanner.reporters.markdown_text import clipped
from scanner.reporters.words import STATES, VERDICTS, finding_word, money, outcomes, short, states

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scanner.core.report import ScanReport

_NAME = 60  # characters of a foreign name in the head, which stays small whatever is scanned
_SCANNED = 200
_BAR = 1_000  # units of the bar's width


def masthead(report: ScanReport) -> str:
    """The name of what was scanned, and the views of the page."""
    where = report.provenance
    known = [where.repository_uri, where.branch, short(where.revision)] if where else []
    scanned = "".join(tag("span", text(clipped(part, _SCANNED))) for part in known if part)
    problems = len(report.problems)
    noted = tag("span", f"{problems:,}", tag("span", " problem" if problems == 1 else " problems", class_="sr"), class_="number") if problems else ""
    tabs = "".join(
        tag("button", label, type="button", role="tab", id=f"tab-{name}", aria_controls=f"view-{name}", aria_selected="false", tabindex="-1")
        for name, label in (("findings", "Findings"), ("scan", f"Scan {noted}"), ("rules", "Rules"))
    )
    return tag(
        "header",
        tag("p", tag("strong", "Casemate"), scanned, class_="scanned"),
        tag("div", tabs, role="tablist", aria_label="Views", class_="tabs"),
        tag("button", "Theme: system", type="button", id="theme"),
        tag("button", "Keys", type="button", id="keys", aria_haspopup="dialog"),
        class_="masthead",
    )


def summary(report: ScanReport) -> str:
    """The counts, one cell each for what the report can tell."""
    cells = [_gate(report), _severities(report)]
    if report.triaged:
        cells.append(_verdicts(report))
    if report.compared:
        cells.append(_states(report))
    cells.append(_coverage(report))
    return tag("section", *cells, class_="summary", aria_label="Summary")


def _cell(name: str, figure: str, *notes: str, kind: str = "") -> str:
    return tag("div", tag("h2", text(name)), tag("p", figure, class_="figure"), *notes, class_=f"cell {kind}".strip())


def _note(words: str) -> str:
    return tag("p", text(words), class_="note")


def _gate(report: ScanReport) -> str:
    gate = report.gate
    kind = "good" if gate.exit_code == ExitCode.CLEAN else "bad"
    if not report.complete:
        return _cell("Result", "Incomplete", _note("Something was not looked at, so finding nothing there means nothing."), kind="bad")
    if gate.threshold is None:
        return _cell("Result", "No threshold", _note("Findings do not fail the scan."))
    found = f"{_count(gate.failing, finding_word(report))} at or over {gate.threshold.label}; exit {int(gate.exit_code)}"
    if gate.failing and gate.exit_code == ExitCode.CLEAN:  # --exit-zero: nobody should read that as a success
        return _cell("Result", "Over the threshold", _note(f"{found}, as asked for"), kind="bad")
    return _cell("Result", "Passed" if gate.exit_code == ExitCode.CLEAN else "Failed", _note(found), kind=kind)


def _severities(report: ScanReport) -> str:
    counts = Counter(finding.severity for finding in report.active)
    named = [(severity.label, counts[severity]) for severity in sorted(Severity, reverse=True) if counts[severity]]
    kept = len(report.findings) - len(report.active)
    notes = [_bar(named), _legend(named)]
    rest = [f"{kept:,} suppressed" if kept else "", f"{report.hidden:,} below the settings" if report.hidden else ""]
    if any(rest):
        notes.append(_note(", ".join(filter(None, rest))))
    return _cell("Open findings", f"{len(report.active):,}", *notes, kind="wide")


def _bar(named: list[tuple[str, int]]) -> str:
    """Shares as a drawing whose widths are attributes: the page's policy forbids styles on elements."""
    total = sum(number for _, number in named)
    if not total:
        return ""
    rects, position = [], 0
    for index, (name, _) in enumerate(named):
        end = round(_BAR * sum(number for _, number in named[: index + 1]) / total)
        rects.append(f'<rect class="{name}" x="{position}" y="0" width="{max(end - position, 4)}" height="6"></rect>')
        position = end
    return f'<svg class="bar" viewBox="0 0 {_BAR} 6" preserveAspectRatio="none" aria-hidden="true">{"".join(rects)}</svg>'


def _legend(named: Iterable[tuple[str, int]], kinds: Mapping[str, str] | None = None) -> str:
    items = (tag("li", tag("b", f"{number:,}"), f" {text(name)}", class_=(kinds or {}).get(name, name.replace(" ", "-"))) for name, number in named)
    return tag("ul", *items, class_="legend")


def _verdicts(report: ScanReport) -> str:
    counts = outcomes(report.findings)
    named = [(name, counts[name]) for name in VERDICTS if counts[name]]
    cost = _note(f"{money(report.usage.cost_usd)} for {_count(report.usage.calls, 'call')} of a model")
    return _cell("Verdicts", f"{counts[VERDICTS[0]]:,} confirmed", _legend(named), cost, kind="wide")


def _states(report: ScanReport) -> str:
    counts = states(report)
    named = [(STATES[state], counts[state]) for state in State if counts[state] and state is not State.NEW]
    return _cell("Compared", f"{counts[State.NEW]:,} new", _legend(named), _note(f"with {clipped(short(report.compared), _NAME)}"), kind="wide")


def _coverage(report: ScanReport) -> str:
    coverage = report.coverage
    engines = clipped(", ".join(run.engine for run in coverage.engines), _NAME) or "no engine ran"
    return _cell("Looked at", _count(coverage.files, "file"), _note(f"{_count(coverage.lines, 'line')}; {engines}"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
