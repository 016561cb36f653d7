from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from scanner.core.errors import ExitCode
from scanner.core.finding import Finding
from scanner.core.location import Span, Trace
from scanner.core.report import Gate, ScanReport
from scanner.core.rule import Precision, Rule, Severity
from scanner.reporters.sarif.profiles import SarifProfile
from scanner.reporters.sarif.render import render_sarif

if TYPE_CHECKING:
    from collections.abc import Callable

OASIS = Path(__file__).parents[3] / "golden" / "reporters" / "sarif" / "sarif-schema-2.1.0.json"


@pytest.fixture(scope="session")
def rule() -> Rule:
    return Rule(
        id="python-eval",
        engine="semgrep",
        title="Code from text",
        cwe=(95,),
        severity=Severity.HIGH,
        precision=Precision.MEDIUM,
        message="Text is run as code",
        help="It runs whatever it is given.",
        remediation="Parse it.",
        digest="0" * 64,
    )


@pytest.fixture(scope="session")
def finding(rule: Rule) -> Finding:
    return Finding("f" * 64, rule, "Text is run as code", Trace.at(Span("app.py", 3, 5, 3, 9)), ("semgrep",), Precision.MEDIUM)


@pytest.fixture(scope="session")
def report(rule: Rule, finding: Finding) -> ScanReport:
    return ScanReport("1.2.3", (finding,), (rule,), Gate(Severity.HIGH, 1, ExitCode.FINDINGS))


@pytest.fixture(scope="session")
def run_of() -> Callable[..., dict[str, Any]]:
    """Renders a report and gives its one run."""

    def render(report: ScanReport, profile: SarifProfile = SarifProfile.GITHUB) -> dict[str, Any]:
        log = json.loads(render_sarif(report, profile))
        return dict(log["runs"][0])

    return render


@pytest.fixture(scope="session")
def oasis() -> Callable[[object], None]:
    """Validates a log against the schema of OASIS."""
    validator = jsonschema.Draft4Validator(json.loads(OASIS.read_bytes()))

    def validate(log: object) -> None:
        validator.validate(log)

    return validate
