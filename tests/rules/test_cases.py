"""Every rule does what its cases say: it finds the vulnerable ones and leaves the safe ones alone."""

from __future__ import annotations

from scanner.app.cases import test_rules as run_rules
from scanner.ports.observer import SilentObserver


def test_every_case_of_every_rule_passes() -> None:
    outcome = run_rules(None, frozenset(), SilentObserver())
    assert outcome.failures == ()
    assert [problem.message for problem in outcome.problems if problem.incomplete] == []
    assert outcome.complete
    assert outcome.passed == outcome.cases > 1_000
