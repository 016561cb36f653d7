"""The order of findings, and the exit code that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import ExitCode
from scanner.core.finding import Trust
from scanner.core.rule import Precision, Severity
from scanner.pipeline.gate import decide
from scanner.pipeline.rank import rank

if TYPE_CHECKING:
    from .conftest import MakeFinding, MakeRule


def test_severity_comes_first_then_confidence_then_who_controls_the_data(make_rule: MakeRule, make_finding: MakeFinding) -> None:
    low = make_finding(make_rule("low", severity=Severity.LOW))
    unsure = make_finding(make_rule("unsure", precision=Precision.LOW))
    library = make_finding(make_rule("sure"), 1, trust=Trust.LIBRARY)
    remote = make_finding(make_rule("sure"), 9, trust=Trust.REMOTE)
    assert rank([low, unsure, library, remote]) == (remote, library, unsure, low)


@pytest.mark.parametrize(
    ("threshold", "complete", "code", "failing"),
    [
        (Severity.HIGH, True, ExitCode.FINDINGS, 1),
        (Severity.CRITICAL, True, ExitCode.CLEAN, 0),
        (None, True, ExitCode.CLEAN, 0),
        (Severity.HIGH, False, ExitCode.INCOMPLETE, 1),
        (Severity.CRITICAL, False, ExitCode.INCOMPLETE, 0),
    ],
)
def test_the_exit_code_says_findings_or_incomplete(
    threshold: Severity | None, complete: bool, code: ExitCode, failing: int, make_rule: MakeRule, make_finding: MakeFinding
) -> None:
    gate = decide([make_finding(make_rule())], threshold, complete=complete)
    assert (gate.exit_code, gate.failing) == (code, failing)
