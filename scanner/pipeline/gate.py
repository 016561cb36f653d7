"""Gate: from findings and coverage to one exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scanner.core.errors import ExitCode
from scanner.core.report import Gate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.finding import Finding
    from scanner.core.rule import Severity


def decide(findings: Iterable[Finding], threshold: Severity | None, *, complete: bool) -> Gate:
    """The decision. An incomplete scan outranks its findings: a part of the truth is not a count, and the report holds both."""
    failing = 0 if threshold is None else sum(1 for finding in findings if finding.suppression is None and finding.severity >= threshold)
    code = ExitCode.INCOMPLETE if not complete else ExitCode.FINDINGS if failing else ExitCode.CLEAN
    return Gate(threshold, failing, code)
