"""Small reports to render."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.coverage import Coverage, EngineRun
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding
from scanner.core.location import Span, Trace
from scanner.core.report import Excerpt, Gate, ScanReport
from scanner.core.rule import Precision, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def make_rule() -> Callable[..., Rule]:
    """A rule by id and severity."""

    def make(rule_id: str = "some-rule", severity: Severity = Severity.HIGH, **changes: str) -> Rule:
        texts = {"title": "A title", "help": f"The help of {rule_id}.", "remediation": f"The remedy of {rule_id}.", **changes}
        return Rule(
            id=rule_id,
            engine="taint",
            title=texts["title"],
            cwe=(79,),
            severity=severity,
            precision=Precision.HIGH,
            message="A message",
            help=texts["help"],
            remediation=texts["remediation"],
            digest="0" * 64,
        )

    return make


@pytest.fixture
def make_finding() -> Callable[..., Finding]:
    """A finding of a rule at a line of `app.py`."""

    def make(rule: Rule, line: int = 1, *, span: Span | None = None, message: str = "A message") -> Finding:
        trace = Trace.at(span or Span("app.py", line, 1, line, 5))
        return Finding(fingerprint="f", rule=rule, message=message, trace=trace, engines=("taint",), confidence=rule.precision)

    return make


@pytest.fixture
def make_report() -> Callable[..., ScanReport]:
    """A complete report of two files over `lines`, which are those of `app.py`."""

    def make(*findings: Finding, lines: tuple[str, ...] = (), coverage: Coverage | None = None, gate: Gate | None = None) -> ScanReport:
        seen = Coverage(files=2, lines=30, languages=(("python", 2),), engines=(EngineRun("taint", "1", 2, 10),))
        return ScanReport(
            version="1",
            findings=findings,
            rules=(),
            gate=gate or Gate(Severity.HIGH, 0, ExitCode.CLEAN),
            coverage=coverage or seen,
            excerpts={"app.py": Excerpt(dict(enumerate(lines, start=1)), {})},
        )

    return make
