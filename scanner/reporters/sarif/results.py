"""Findings as results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sarif_om as om

from scanner.core.location import Role
from scanner.reporters.sarif.rules import LEVELS
from scanner.reporters.sarif.text import NAME_LENGTH, prose, sentence
from scanner.reporters.sarif.triage import triage_properties

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.finding import Finding, Suppression
    from scanner.core.location import Location, Span, Trace
    from scanner.reporters.sarif.places import Places
    from scanner.reporters.sarif.profiles import Terms

LINE_HASH = "primaryLocationLineHash"
FINGERPRINT = "casemateFinding/v1"  # DefectDojo's import takes `name/v` and a number only

_IMPORTANCE = {Role.SOURCE: "essential", Role.SINK: "essential", Role.STEP: "important", Role.CONTEXT: "unimportant"}


@dataclass(frozen=True, slots=True)
class Results:
    """Makes results out of findings, each pointing at its rule by `rule_index`, the rules' places by id.

    `baseline` gives their states in a log that compares, where every result has one.
    """

    places: Places
    rule_index: Mapping[str, int]
    terms: Terms
    baseline: Callable[[Finding], str] | None = None

    def result(self, finding: Finding) -> om.Result:
        """One finding."""
        limits = self.terms.limits
        related = finding.related if limits is None else finding.related[: limits.locations]
        return om.Result(
            rule_id=finding.rule.id,
            rule_index=self.rule_index[finding.rule.id],
            kind="fail",
            level=LEVELS[finding.severity],
            message=om.Message(text=sentence(finding.message)),
            locations=[self._primary(finding)],
            related_locations=[self.places.step(location, number) for number, location in enumerate(related, 1)] or None,
            code_flows=self._flows(finding.trace),
            partial_fingerprints=self._fingerprints(finding),
            suppressions=self._suppressions(finding.suppression),
            rank=None,
            baseline_state=self.baseline(finding) if self.baseline else None,
            properties={**_properties(finding), **triage_properties(finding.judgement, self.places.detail)},
        )

    def _primary(self, finding: Finding) -> om.Location:
        symbol = prose(finding.symbol, NAME_LENGTH)
        logical = [om.LogicalLocation(name=symbol.rpartition(".")[2] or symbol, fully_qualified_name=symbol)] if symbol else None
        return om.Location(physical_location=self.places.scene(finding.place), logical_locations=logical)

    def _flows(self, trace: Trace) -> list[om.CodeFlow] | None:
        if len(trace.locations) == 1:
            return None
        limits = self.terms.limits
        steps = trace.locations if limits is None else shortened(trace.locations, limits.steps)
        flow = om.ThreadFlow(locations=[self._step(number, location) for number, location in enumerate(steps, 1)])
        return [om.CodeFlow(thread_flows=[flow])]

    def _step(self, number: int, location: Location) -> om.ThreadFlowLocation:
        return om.ThreadFlowLocation(
            location=self.places.step(location),
            execution_order=number,
            importance=_IMPORTANCE[location.role],
            properties={"role": location.role.value},
        )

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        excerpt = self.places.excerpts.get(finding.place.path)
        line_hash = None if excerpt is None else excerpt.line_hashes.get(finding.place.start_line)
        known = {LINE_HASH: line_hash or "", FINGERPRINT: finding.fingerprint}
        return {key: prose(value, NAME_LENGTH) for key, value in known.items() if value}

    def _suppressions(self, suppression: Suppression | None) -> list[om.Suppression] | None:
        """SARIF wants the list on all results of a run or on none (3.27.23); an empty one says that nobody suppressed this result."""
        if not self.terms.suppressed:
            return None
        if suppression is None:
            return []
        return [
            om.Suppression(
                kind=suppression.kind.value,
                state="accepted",
                justification=prose(suppression.justification),
                location=om.Location(physical_location=self.places.spot(suppression.place)) if suppression.place else None,
            )
        ]


def shortened(steps: tuple[Location, ...], limit: int) -> tuple[Location, ...]:
    """At most `limit` steps: those nearest to the source and to the sink."""
    if len(steps) <= limit:
        return steps
    tail = limit // 2
    return (*steps[: limit - tail], *steps[len(steps) - tail :])


def _properties(finding: Finding) -> dict[str, object]:
    extent = finding.place
    several_lines = extent.end_line > extent.start_line
    optional: dict[str, object] = {
        "trust": finding.trust and finding.trust.value,
        "suspicion": prose(finding.suspicion),
        "symbol": prose(finding.symbol, NAME_LENGTH),
        "state": finding.state and finding.state.value,
        "alsoRules": [rule.id for rule in finding.also],
        "extent": _extent(extent) if several_lines else None,
    }
    return {
        "cwe": finding.rule.weakness,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "engines": [prose(engine) for engine in finding.engines],
        **{key: value for key, value in optional.items() if value},
    }


def _extent(span: Span) -> dict[str, int]:
    return {"startLine": span.start_line, "startColumn": span.start_column, "endLine": span.end_line, "endColumn": span.end_column}
