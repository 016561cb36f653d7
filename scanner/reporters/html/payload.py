"""The findings as the page's script reads them: every text neutral, every place resolved to files, lines and the part of the line to mark."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TYPE_CHECKING

from scanner.core.text import character_index, utf16_length
from scanner.core.verdict import Confirmed, Undecided, side_of
from scanner.reporters.neutral import neutral, pieces
from scanner.reporters.terminal.prose import Code, parse
from scanner.reporters.words import PARTS, STATES, TRUST, ground, mended, money, needs, outcome, spent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scanner.core.finding import Finding, Suppression
    from scanner.core.location import Location, Span
    from scanner.core.report import Excerpt, ScanReport
    from scanner.core.rule import Rule
    from scanner.core.verdict import Argument, Citation, Judgement

LINE_AT_MOST = 600  # characters of a line that are shown; longer ones are generated code, of which the marked part is shown
_LEAD = 120  # characters kept before the marked part of a line that is cut
_NOTE_AT_MOST = 2_000
_QUOTED_LINES = 40
_ELLIPSIS = "…"
_SAFE_LINK = re.compile(r"https://[!-~]+")
# What could end the script element or a line of script: the same characters to a JSON parser, inert to an HTML parser.
_INERT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Data = dict[str, object]


def payload(report: ScanReport) -> str:
    """JSON that may stand in a script element; the script's comments say what its short names hold."""
    maker = _Maker(report.excerpts)
    open_and_suppressed = [maker.finding(finding) for finding in report.findings]
    gone = [_gone(finding, maker) for finding in report.fixed]
    data: Data = {
        "findings": [*open_and_suppressed, *gone],
        "rules": [_rule(rule) for rule in maker.rules],
        "files": [{"path": neutral(path), "lines": maker.lines(path)} for path in maker.files],
        "compared": bool(report.compared),
        "triaged": report.triaged,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_INERT)


def _gone(finding: Finding, maker: _Maker) -> Data:
    """A finding of the earlier scan: its code is not that of the excerpts."""
    return _Maker.plain(maker).finding(finding) | {"gone": "fixed" if mended(finding) else "not looked at again"}


class _Maker:
    """Turns findings into data; files and rules get numbers in the order in which they are met."""

    def __init__(self, excerpts: Mapping[str, Excerpt]) -> None:
        self.excerpts = excerpts
        self.files: dict[str, int] = {}
        self.rules: dict[Rule, int] = {}

    def plain(self) -> _Maker:
        """The same numbering, without any code."""
        other = _Maker({})
        other.files, other.rules = self.files, self.rules
        return other

    def finding(self, finding: Finding) -> Data:
        """One finding."""
        optional: Data = {
            "symbol": neutral(finding.symbol),
            "suspicion": _lines(finding.suspicion),
            "trust": finding.trust and TRUST[finding.trust],
            "also": [f"{rule.id} ({neutral(rule.engine)})" for rule in finding.also],
            "related": [self._step(location) for location in finding.related],
            "suppression": finding.suppression and self._suppression(finding.suppression),
            "judgement": finding.judgement and self._judgement(finding.judgement),
            "state": finding.state and STATES[finding.state],
        }
        return {
            "rule": self.rules.setdefault(finding.rule, len(self.rules)),
            "severity": int(finding.severity),
            "message": _lines(finding.message),
            "confidence": finding.confidence.label,
            "engines": [neutral(engine) for engine in finding.engines],
            "fingerprint": neutral(finding.fingerprint),
            "steps": [self._step(location) for location in finding.trace.locations],
            "primary": finding.trace.primary,
            "outcome": outcome(finding.judgement),
            **{key: value for key, value in optional.items() if value},
        }

    def lines(self, path: str) -> dict[str, str]:
        """What reports may show of a file."""
        excerpt = self.excerpts.get(path)
        known = {} if excerpt is None else excerpt.lines
        return {str(number): _clipped(neutral(known[number]), LINE_AT_MOST) for number in sorted(known)}

    def _step(self, location: Location) -> Data:
        return {"at": self._spot(location.span), "role": location.role.value, **_if("note", _clipped(neutral(location.note), _NOTE_AT_MOST))}

    def _spot(self, span: Span) -> list[object]:
        """File, first and last line, first column, then the marked part of the first line as offsets, and that line where it had to be cut."""
        number = self.files.setdefault(span.path, len(self.files))
        spot: list[object] = [number, span.start_line, span.end_line, span.start_column]
        excerpt = self.excerpts.get(span.path)
        line = None if excerpt is None else excerpt.lines.get(span.start_line)
        if line is None:
            return spot
        start, end = _marks(line, span)
        if len(line) <= LINE_AT_MOST:
            return [*spot, *_offsets(line, start, end)]
        first = max(0, start - _LEAD)
        window = line[first : first + LINE_AT_MOST]
        lead = _ELLIPSIS if first else ""
        tail = _ELLIPSIS if first + LINE_AT_MOST < len(line) else ""
        marks = _offsets(window, start - first, min(end - first, len(window)))
        return [*spot, *(mark + len(lead) for mark in marks), f"{lead}{neutral(window)}{tail}"]

    def _suppression(self, suppression: Suppression) -> Data:
        place = _if("at", suppression.place and self._spot(suppression.place))
        return {"kind": suppression.kind.value, "why": _lines(suppression.justification), **place}

    def _judgement(self, judgement: Judgement) -> Data:
        verdict = judgement.verdict
        confirmed = verdict if isinstance(verdict, Confirmed) else None
        optional: Data = {
            "ground": ground(verdict),
            "severity": confirmed and confirmed.severity.label,
            "needs": confirmed and [list(pair) for pair in needs(confirmed.preconditions)],
            "arguments": [self._argument(item) for item in verdict.arguments] if isinstance(verdict, Undecided) else None,
            "models": [neutral(model) for model in judgement.models],
            "cached": judgement.cached,
        }
        return {
            "verdict": side_of(verdict),
            "rationale": _lines(verdict.rationale),
            "citations": [self._citation(item) for item in verdict.citations],
            "cost": money(judgement.usage.cost_usd),
            "spent": spent(judgement.usage),
            **{key: value for key, value in optional.items() if value},
        }

    def _citation(self, citation: Citation) -> Data:
        quoted = citation.quote.split("\n")
        shown = [_clipped(neutral(line), LINE_AT_MOST) for line in quoted[:_QUOTED_LINES]]
        number = self.files.setdefault(citation.span.path, len(self.files))
        at = [number, citation.span.start_line, citation.span.end_line, citation.span.start_column]
        return {"at": at, "part": PARTS[citation.part], "quote": shown, **_if("note", _lines(citation.note))}

    def _argument(self, argument: Argument) -> Data:
        citations = [self._citation(item) for item in argument.citations]
        return {"side": neutral(argument.side), "rationale": _lines(argument.rationale), "citations": citations}


def _if(key: str, value: object) -> Data:
    return {key: value} if value else {}


def _rule(rule: Rule) -> Data:
    return {
        "id": rule.id,
        "title": neutral(rule.title),
        "cwe": list(rule.cwe),
        "engine": neutral(rule.engine),
        "why": _blocks(rule.help),
        "fix": _blocks(rule.remediation),
        "links": [link for link in rule.references if _SAFE_LINK.fullmatch(link)],
    }


def _blocks(markdown: str) -> list[object]:
    """A rule's Markdown as blocks: a list of lines for code, otherwise a mark and stretches of words and of code in turns."""
    return [
        {"code": [neutral(line) for line in block.lines]} if isinstance(block, Code) else {"mark": neutral(block.mark), "words": _turns(block.text)}
        for block in parse(markdown)
    ]


def _turns(words: str) -> list[str]:
    return [neutral(stretch) for stretch in words.split("`")]


def _lines(words: str) -> str:
    """Foreign text of several lines, each of them neutral."""
    return _clipped("\n".join(map(neutral, re.split(r"\r\n|\r|\n", words.strip()))), _NOTE_AT_MOST)


def _clipped(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1] + _ELLIPSIS


def _marks(line: str, span: Span) -> tuple[int, int]:
    """The characters of a span's first line that belong to it."""
    start = character_index(line, span.start_column)
    end = character_index(line, span.end_column) if span.end_line == span.start_line else len(line)
    return start, max(start, end)


def _offsets(line: str, start: int, end: int) -> Sequence[int]:
    """Where characters of a line stand in its neutral form, in UTF-16 units, as scripts count."""
    if line.isascii() and line.isprintable():
        return start, end
    edges = list(_edges(pieces(line)))
    return edges[start], edges[end]


def _edges(shown: Iterable[str]) -> Iterable[int]:
    return accumulate(map(utf16_length, shown), initial=0)
