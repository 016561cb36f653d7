"""Small makers of core values, for tests that care about one field at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from scanner.core.finding import Candidate, Finding
from scanner.core.location import Location, Role, Span, Trace
from scanner.core.rule import Precision, Rule, Severity

if TYPE_CHECKING:
    from scanner.core.finding import Trust


class MakeRule(Protocol):
    """Makes a rule."""

    def __call__(self, name: str = ..., cwe: int = ..., severity: Severity = ..., precision: Precision = ..., engine: str = ...) -> Rule: ...


class MakeCandidate(Protocol):
    """Makes a candidate of a rule at a place."""

    def __call__(
        self, rule: Rule, line: int = ..., columns: tuple[int, int] = ..., *, path: str = ..., steps: int = ..., end_line: int = ...
    ) -> Candidate: ...


class MakeFinding(Protocol):
    """Makes a finding of a rule at a line."""

    def __call__(self, rule: Rule, line: int = ..., *, path: str = ..., trust: Trust | None = ..., end_line: int = ...) -> Finding: ...


@pytest.fixture
def make_rule() -> MakeRule:
    def make(
        name: str = "some-rule",
        cwe: int = 89,
        severity: Severity = Severity.HIGH,
        precision: Precision = Precision.HIGH,
        engine: str = "semgrep",
    ) -> Rule:
        return Rule(name, engine, "Title", (cwe,), severity, precision, "Message.", "Help.", "Fix.", "digest")

    return make


@pytest.fixture
def make_candidate() -> MakeCandidate:
    def make(
        rule: Rule,
        line: int = 1,
        columns: tuple[int, int] = (1, 10),
        *,
        path: str = "a.py",
        steps: int = 0,
        end_line: int = 0,
    ) -> Candidate:
        span = Span(path, line, columns[0], end_line or line, columns[1])
        flow = tuple(Location(Span(path, 1, 1, 1, 2), Role.STEP) for _ in range(steps))
        return Candidate(rule.engine, rule.id, "Message.", Trace((*flow, Location(span))))

    return make


@pytest.fixture
def make_finding() -> MakeFinding:
    def make(rule: Rule, line: int = 1, *, path: str = "a.py", trust: Trust | None = None, end_line: int = 0) -> Finding:
        span = Span(path, line, 1, end_line or line, 10)
        return Finding(f"{path}-{line}", rule, "Message.", Trace.at(span), (rule.engine,), rule.precision, trust=trust)

    return make
