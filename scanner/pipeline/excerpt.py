"""Excerpts: the lines that reports may show, read once, with every secret masked before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.files import Unreadable, read_confined
from scanner.core.linehash import line_hashes
from scanner.core.problem import Problem, Stage
from scanner.core.report import Excerpt
from scanner.core.text import decode, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from scanner.core.finding import Finding
    from scanner.ports.redactor import Redactor

CONTEXT_LINES = 3
MAX_SPAN_LINES = 20  # of a wide span; its head tells what it is
MAX_LINE_CHARACTERS = 1_000
_READ_LIMIT = 64_000_000


def wanted_lines(findings: Iterable[Finding]) -> dict[str, tuple[set[int], set[int]]]:
    """By path: the lines to show, and among them those at which findings stand."""
    wanted: dict[str, tuple[set[int], set[int]]] = {}
    for finding in findings:
        for location in (*finding.trace.locations, *finding.related):
            span = location.span
            last = min(span.end_line, span.start_line + MAX_SPAN_LINES)
            shown, _ = wanted.setdefault(span.path, (set(), set()))
            shown.update(range(max(1, span.start_line - CONTEXT_LINES), last + CONTEXT_LINES + 1))
        wanted[finding.place.path][1].add(finding.place.start_line)
    return wanted


def read_excerpts(root: Path, findings: Iterable[Finding], redactor: Redactor) -> tuple[Mapping[str, Excerpt], tuple[Problem, ...]]:
    """An excerpt for each file that a finding touches, sorted by path. A file that cannot be read any more is a Problem, and has none."""
    excerpts: dict[str, Excerpt] = {}
    problems = []
    for path, (shown, primary) in sorted(wanted_lines(findings).items()):
        data = read_confined(root, path, _READ_LIMIT)
        if isinstance(data, Unreadable):
            why = data.detail or data.reason.value
            problems.append(Problem(Stage.REPORT, path, f"changed or vanished during the scan: {why}", incomplete=False))
            continue
        # The line hash too comes from the masked text: it is a short polynomial over a hundred characters, from which a password could be guessed.
        # Where nothing is masked it is the one GitHub would compute; where something is, GitHub keeps ours.
        masked = redactor.mask(decode(data))
        lines = split_lines(masked)
        kept = {number: lines[number - 1][:MAX_LINE_CHARACTERS] for number in sorted(shown) if number <= len(lines)}
        excerpts[path] = Excerpt(kept, line_hashes(masked, primary))
    return excerpts, tuple(problems)
