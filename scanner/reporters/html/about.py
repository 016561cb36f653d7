"""The views beside the findings: what was looked at, what went wrong, what it cost, and the rules that ran."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scanner.reporters.html.markup import facts, table, tag, text
from scanner.reporters.words import NOT_LOOKED_AT, money, outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.coverage import Coverage
    from scanner.core.report import ScanReport

_PATHS_AT_MOST = 500  # of one list; the JSON report has them all


def scan_view(report: ScanReport) -> str:
    """Coverage, problems and cost."""
    return "".join((_missing(report), _problems(report), _engines(report.coverage), _left_out(report.coverage), _cost(report), _origin(report)))


def rules_view(report: ScanReport) -> str:
    """The rules that ran, with how many open findings each has."""
    counts = Counter(finding.rule.id for finding in report.active)
    rows = [
        (
            text(rule.id),
            text(rule.title),
            tag("span", text(rule.severity.label), class_=f"severity {rule.severity.label}"),
            ", ".join(f"CWE-{number}" for number in rule.cwe),
            text(rule.precision.label),
            text(rule.engine),
            f"{counts[rule.id]:,}" if counts[rule.id] else "",
        )
        for rule in sorted(report.rules, key=lambda rule: (-counts[rule.id], -rule.severity, rule.id))
    ]
    heads = (("Rule", "path"), ("Finds", ""), ("Severity", ""), ("Weakness", ""), ("Precision", ""), ("Engine", ""), ("Open", "number"))
    return _section("Rules that ran", table(heads, rows, "Rules that ran") if rows else tag("p", "No rule ran."))


def _section(title: str, *content: str) -> str:
    return tag("section", tag("h2", text(title)), *content, class_="about")


def _missing(report: ScanReport) -> str:
    """What was not looked at although it should have been; nothing when the scan is complete."""
    if report.complete:
        return ""
    lost = [item for item in report.coverage.skipped if not item.reason.expected]
    words = [tag("p", "Something was not looked at, so finding nothing there means nothing.", class_="alarm")]
    if lost:
        rows = [(text(item.path), text(item.reason.value), text(item.detail)) for item in lost[:_PATHS_AT_MOST]]
        words.append(table((("Path", "path"), ("Why", ""), ("Detail", "")), rows, "Not looked at"))
        words.append(_more(lost))
    return _section("This scan is incomplete", *words)


def _problems(report: ScanReport) -> str:
    if not report.problems:
        return _section("Problems", tag("p", "None."))
    ordered = sorted(report.problems, key=lambda problem: not problem.incomplete)
    rows = [
        (
            text(problem.stage.value),
            text(problem.subject),
            text(" ".join(problem.message.split())),
            "something was not looked at" if problem.incomplete else "none on what was looked at",
        )
        for problem in ordered[:_PATHS_AT_MOST]
    ]
    heads = (("Stage", ""), ("About", "path"), ("What happened", ""), ("Effect", ""))
    return _section(f"Problems ({len(ordered):,})", table(heads, rows, "Problems"), _more(ordered))


def _engines(coverage: Coverage) -> str:
    languages = ", ".join(f"{name} {files:,}" for name, files in sorted(coverage.languages, key=lambda item: (-item[1], item[0])))
    known = facts((("files", f"{coverage.files:,}"), ("lines", f"{coverage.lines:,}"), ("languages", text(languages) or "none")))
    rows = [
        (
            text(run.engine),
            text(run.version),
            f"{run.files:,}",
            f"{run.rules:,}",
            "yes" if run.complete else tag("strong", "no", class_="alarm"),
            text(run.note),
        )
        for run in coverage.engines
    ]
    heads = (("Engine", ""), ("Version", ""), ("Files", "number"), ("Rules", "number"), ("Finished", ""), ("Note", ""))
    return _section("Looked at", known, table(heads, rows, "Engines") if rows else tag("p", "No engine ran.", class_="alarm"))


def _left_out(coverage: Coverage) -> str:
    expected = [item for item in coverage.skipped if item.reason.expected]
    parts = []
    if coverage.partial:
        rows = [(text(path),) for path in coverage.partial[:_PATHS_AT_MOST]]
        parts += [
            table((("Files with syntax errors, perhaps not understood everywhere", "path"),), rows, "Looked at in part"),
            _more(coverage.partial),
        ]
    if expected:
        counts = sorted(Counter(item.reason.value for item in expected).items(), key=lambda item: (-item[1], item[0]))
        rows_ = [(text(reason), f"{number:,}") for reason, number in counts]
        parts.append(table((("Left out as the settings say", ""), ("Paths", "number")), rows_, "Left out"))
    return _section("Left out or looked at in part", *(parts or [tag("p", "Nothing.")]))


def _cost(report: ScanReport) -> str:
    if not report.triaged:
        return _section("Model", tag("p", "No model took part. The findings are the static engines' word."))
    usage = report.usage
    unseen = outcomes(report.active)[NOT_LOOKED_AT]
    return _section(
        "Model",
        facts(
            (
                ("cost", money(usage.cost_usd)),
                ("calls", f"{usage.calls:,}"),
                ("tokens in", f"{usage.prompt_tokens:,}, {usage.cache_read_share:.0%} of them read from the cache"),
                ("tokens out", f"{usage.output_tokens:,}"),
                ("not looked at", "every open finding was looked at" if not unseen else f"{unseen:,} of {len(report.active):,} open findings"),
            )
        ),
    )


def _origin(report: ScanReport) -> str:
    where = report.provenance
    known = [("scanner", f"Casemate {text(report.version)}")]
    if where is not None:
        known += [("repository", text(where.repository_uri)), ("branch", text(where.branch)), ("revision", text(where.revision))]
    if report.compared:
        known.append(("compared with", text(report.compared)))
    return _section("Origin", facts((name, value) for name, value in known if value))


def _more(items: Sequence[object]) -> str:
    rest = len(items) - _PATHS_AT_MOST
    return tag("p", f"and {rest:,} more: the JSON report has them all", class_="note") if rest > 0 else ""
