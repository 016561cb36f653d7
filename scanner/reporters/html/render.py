"""A report as one HTML page."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from scanner.reporters.html.about import rules_view, scan_view
from scanner.reporters.html.markup import tag, text
from scanner.reporters.html.payload import payload
from scanner.reporters.html.summary import masthead, summary

if TYPE_CHECKING:
    from scanner.core.report import ScanReport


def render_html(report: ScanReport) -> str:
    """The page, ending in a line end: one file that loads nothing. The same report gives the same text.

    Foreign text stands in it as escaped text and as JSON that the page's script shows as text. The page's policy lets that one script and that one
    style run, known by their hashes, and lets no script make markup of a string.
    """
    style, script = _asset("report.css"), _asset("report.js")
    where = report.provenance
    title = f"Casemate report{f' for {where.repository_uri}' if where and where.repository_uri else ''}"
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(title)}</title>\n"
        f"<style>{style}</style>\n"
    )
    body = (
        f"{masthead(report)}\n{summary(report)}\n"
        f"<noscript>{tag('p', 'The list of findings needs scripts, which this browser does not run.', class_='alarm')}</noscript>\n"
        f'{_findings_view()}\n<div id="print"></div>\n{_view("scan", scan_view(report))}\n{_view("rules", rules_view(report))}\n'
        f'<script type="application/json" id="data">{payload(report)}</script>\n'
        f"<script>{script}</script>\n"
    )
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n'


def _view(name: str, content: str) -> str:
    return f'<main class="view" id="view-{name}" role="tabpanel" aria-labelledby="tab-{name}" hidden>{content}</main>'


def _findings_view() -> str:
    """The filters, the list and the place for one finding; the script fills them."""
    return _asset("findings.html").strip()


def _policy(style: str, script: str) -> str:
    rules = (
        "default-src 'none'",
        f"script-src 'sha256-{_digest(script)}'",
        f"style-src 'sha256-{_digest(style)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(rules)


def _digest(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()


def _asset(name: str) -> str:
    return files("scanner.reporters.html").joinpath("assets", name).read_text("utf-8")
