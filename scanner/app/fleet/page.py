"""The overview of a fleet: one HTML file without scripts, fonts, images or network, in which nothing that comes from a repository is markup."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from scanner.core.rule import Severity
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.stores.inventory import Standing

_SEVERITIES: Final = tuple(severity.label for severity in sorted(Severity, reverse=True))
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --dim: #777; --bad: #c62828; --warn: #b26a00 }
@media (prefers-color-scheme: dark) { :root { --dim: #999; --bad: #ff7b72; --warn: #e3b341 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem }
h1 { font-size: 1.4rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } p { margin: .25rem 0 }
table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; text-align: left }
th { font-weight: 600 } td { vertical-align: top } td.name { overflow-wrap: anywhere }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.dim { color: var(--dim) } .failed, .critical, .high { color: var(--bad) } .incomplete, .medium { color: var(--warn) }
"""


def render_page(standings: Sequence[Standing], rules: Iterable[tuple[str, str, str, int, int]], when: str) -> str:
    """The page for the repositories of one run; links lead to the reports beside it. The same rows give the same text."""
    ordered = sorted(standings, key=lambda item: (*_pressing(item), item.target))
    body = "".join((_head(standings, when), _troubles(ordered), _repositories(ordered), _rules(rules)))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>Casemate fleet</title><style>{_STYLE}</style></head>\n<body>{body}</body></html>\n'
    )


def _text(text: str) -> str:
    return escape(neutral(text.replace("\r", " ").replace("\n", " ")))


def _pressing(item: Standing) -> tuple[int, ...]:
    return tuple(-item.open.get(severity, 0) for severity in _SEVERITIES)


def _head(standings: Sequence[Standing], when: str) -> str:
    statuses = Counter(item.status for item in standings)
    found = Counter({name: sum(item.open.get(name, 0) for item in standings) for name in _SEVERITIES})
    counts = ", ".join(f'<span class="{name}">{found[name]:,} {name}</span>' for name in _SEVERITIES if found[name]) or "none"
    states = ", ".join(f'<span class="{_text(name)}">{count:,} {_text(name)}</span>' for name, count in sorted(statuses.items()))
    files, lines = sum(item.files for item in standings), sum(item.lines for item in standings)
    return (
        f'<h1>Casemate fleet</h1><p class="dim">{_text(when)}</p><p>{len(standings):,} in this fleet: {states}.</p>'
        f"<p>Open findings: {counts}.</p><p>{files:,} files, {lines:,} lines looked at.</p>"
    )


def _troubles(standings: Sequence[Standing]) -> str:
    rows = [
        (_name(item), _status(item), _text(item.detail) if item.why else f"{item.gaps:,} {'gap' if item.gaps == 1 else 'gaps'}")
        for item in standings
        if item.status != "complete"
    ]
    if not rows:
        return ""
    note = '<p class="dim">Finding nothing there means nothing. <code>casemate fleet gaps</code> names every gap.</p>'
    return "<h2>Not looked at in full</h2>" + note + _table((("Repository", "name"), ("Status", ""), ("Why", "")), rows)


def _repositories(standings: Sequence[Standing]) -> str:
    heads = (
        ("Repository", "name"),
        ("Status", ""),
        *((name.capitalize(), "n") for name in _SEVERITIES),
        ("Files", "n"),
        ("Cost", "n"),
        ("Commit", ""),
    )
    rows = [
        (
            _name(item),
            _status(item),
            *(f'<span class="{name}">{item.open[name]:,}</span>' if item.open.get(name) else "" for name in _SEVERITIES),
            f"{item.files:,}" if item.files else "",
            f"${_text(item.cost_usd)}" if item.cost_usd.strip("0.") else "",
            f"<code>{_text(item.commit_id[:12])}</code>",
        )
        for item in standings
    ]
    return "<h2>Repositories</h2>" + _table(heads, rows)


def _rules(rules: Iterable[tuple[str, str, str, int, int]]) -> str:
    rows = [
        (f"<code>{_text(rule)}</code>", _text(title), f'<span class="{_text(severity)}">{_text(severity)}</span>', f"{count:,}", f"{repositories:,}")
        for rule, title, severity, count, repositories in rules
    ]
    if not rows:
        return ""
    heads = (("Rule", ""), ("Finds", ""), ("Severity", ""), ("Open", "n"), ("Repositories", "n"))
    return "<h2>Rules with open findings, in the whole inventory</h2>" + _table(heads, rows)


def _name(item: Standing) -> str:
    if item.status == "failed":
        return _text(item.target)
    place = f"repositories/{quote(item.folder, safe='')}"
    links = f'<span class="dim"><a href="{place}/report.sarif">sarif</a> <a href="{place}/report.json">json</a></span>'
    return f"{_text(item.target)} {links}"


def _status(item: Standing) -> str:
    words = f"{item.status}: {item.why}" if item.why else item.status
    return f'<span class="{_text(item.status)}">{_text(words)}</span>' + (' <span class="dim">(kept)</span>' if item.kept else "")


def _table(heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    classes = [f' class="{name}"' if name else "" for _, name in heads]
    top = "".join(f"<th{mark}>{title}</th>" for (title, _), mark in zip(heads, classes, strict=True))
    body = "".join("<tr>" + "".join(f"<td{mark}>{cell}</td>" for cell, mark in zip(row, classes, strict=True)) + "</tr>\n" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table>"
