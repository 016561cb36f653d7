"""The whole scan, in the order of its stages: collect, detect, merge, suppress, rank, gate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.core.coverage import Coverage, Skip
from scanner.core.errors import ExitCode
from scanner.core.finding import Finding
from scanner.core.problem import Problem, Stage
from scanner.core.report import ScanReport
from scanner.core.version import VERSION
from scanner.pipeline.collect import collect
from scanner.pipeline.detect import detect
from scanner.pipeline.excerpt import read_excerpts
from scanner.pipeline.fingerprint import CREDENTIALS, fingerprints, without
from scanner.pipeline.gate import decide
from scanner.pipeline.merge import merge
from scanner.pipeline.rank import rank
from scanner.pipeline.suppress import apply, read_directives

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scanner.core.coverage import EngineRun, SkippedPath
    from scanner.core.rule import Precision, Severity
    from scanner.pipeline.collect import Collected
    from scanner.pipeline.merge import Group
    from scanner.ports.code_index import CodeIndex
    from scanner.ports.engine import Engine
    from scanner.ports.executor import Executor
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot, Source


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user wants to be told, and what shall fail the run. `fail_on` None: findings never fail it.

    `exit_zero` lets the run pass whatever is found; an incomplete one fails all the same.

    `own_outputs` are the files that this run writes: a report of an earlier run is no code, and the second scan is the first one's equal.
    """

    min_severity: Severity
    min_confidence: Precision
    fail_on: Severity | None
    exit_zero: bool = False
    strict: bool = False
    honor_foreign_ignores: bool = False
    known_rules: frozenset[str] = frozenset()
    own_outputs: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Tools:
    """The adapters of one scan. `index` takes the snapshot and the paths that must not be parsed again."""

    source: Source
    executor: Executor
    engines: tuple[Engine, ...]
    index: Callable[[Snapshot, frozenset[str]], CodeIndex]
    redactor: Redactor
    observer: Observer


def run_scan(tools: Tools, policy: Policy, problems: Sequence[Problem] = ()) -> ScanReport:
    """Scan and judge. `problems` are those met before the scan began; they reach the report like every other.

    Raises SourceError when there is nothing to open. What goes wrong inside the scanned code or an engine is a Problem of the report.
    """
    rules = {rule.id: rule for engine in tools.engines for rule in engine.rules}
    with tools.source.open() as opened:
        snapshot = _without(opened, policy.own_outputs)
        gathered = collect(snapshot, tools.executor, tools.observer)
        detected = detect(snapshot, tools.engines, tools.observer)
        index = tools.index(snapshot, gathered.unparsed)
        found = _identify(merge(detected.candidates, rules), index)
        known = policy.known_rules | rules.keys()
        directives, remarks = read_directives(gathered.comments, known, foreign=policy.honor_foreign_ignores)
        judged, unused = apply(found, directives)
        shown = rank(item for item in judged if item.severity >= policy.min_severity and item.confidence >= policy.min_confidence)
        excerpts, unread = read_excerpts(snapshot.root, shown, tools.redactor)
        noted = {*problems, *snapshot.problems, *gathered.problems, *detected.problems, *remarks, *unread}
        if len(snapshot.files) == len(gathered.skipped):
            noted.add(_nothing(snapshot))
        coverage = _coverage(snapshot, gathered, detected.skipped, detected.runs)
        report = ScanReport(
            version=VERSION,
            findings=shown,
            rules=tuple(rules[name] for name in sorted(rules)),
            gate=decide((), None, complete=True),
            coverage=coverage,
            problems=tuple(sorted(noted)),
            excerpts=excerpts,
            provenance=snapshot.provenance,
            hidden=len(judged) - len(shown),
        )
    return _judge(report, policy, unused)


def _nothing(snapshot: Snapshot) -> Problem:
    """A scan that looked at nothing proves nothing, whatever the reason."""
    counts = Counter(item.reason.value for item in snapshot.skipped)
    left_out = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
    return Problem(Stage.COLLECT, ".", "nothing was looked at: " + (f"all was left out ({left_out})" if left_out else "there are no files"))


def _without(snapshot: Snapshot, paths: frozenset[Path]) -> Snapshot:
    """The snapshot without some files, as if they were not there."""
    names = {path.relative_to(snapshot.root).as_posix() for path in paths if path.is_relative_to(snapshot.root)}
    if not names:
        return snapshot
    return replace(
        snapshot,
        files=tuple(file for file in snapshot.files if file.path not in names),
        skipped=tuple(item for item in snapshot.skipped if item.path not in names),
    )


def _identify(groups: Sequence[Group], index: CodeIndex) -> tuple[Finding, ...]:
    """Findings with their names, in the order of the groups."""
    places = [group.lead.place for group in groups]
    symbols = [index.enclosing_symbol(place) for place in places]
    hidden = _credentials(groups, index)
    identities = [
        (group.lead.rule.weakness, place.path, symbol, without(index.statement_tokens(place), hidden.get(place.path, frozenset())))
        for group, place, symbol in zip(groups, places, symbols, strict=True)
    ]
    return tuple(
        Finding(
            fingerprint=mark,
            rule=group.lead.rule,
            message=group.lead.candidate.message,
            trace=group.lead.candidate.trace,
            engines=group.engines,
            confidence=group.confidence,
            symbol=symbol,
            trust=group.lead.candidate.trust,
            also=group.also,
        )
        for group, symbol, mark in zip(groups, symbols, fingerprints(identities), strict=True)
    )


def _credentials(groups: Sequence[Group], index: CodeIndex) -> dict[str, frozenset[str]]:
    """By path, the tokens that are credentials themselves: no published hash may be made of them."""
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        if not CREDENTIALS.isdisjoint(group.lead.rule.cwe):
            place = group.lead.place
            found[place.path] = found.get(place.path, frozenset()).union(index.code_tokens(place))
    return found


def _coverage(snapshot: Snapshot, gathered: Collected, skipped: Sequence[SkippedPath], runs: Sequence[EngineRun]) -> Coverage:
    languages = Counter(file.language for file in snapshot.files if file.language)
    return Coverage(
        files=len(snapshot.files) - len(gathered.skipped),
        lines=sum(file.lines for file in snapshot.files),
        languages=tuple(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        skipped=tuple(sorted({*snapshot.skipped, *gathered.skipped, *skipped})),
        partial=gathered.partial,
        engines=tuple(sorted(runs, key=lambda run: run.engine)),
    )


def _judge(report: ScanReport, policy: Policy, unused: Sequence[Problem]) -> ScanReport:
    """The report with its gate. Unused suppressions are told only by a scan that looked everywhere: another one cannot know."""
    if report.complete and unused:
        report = replace(report, problems=tuple(sorted({*report.problems, *unused})))
    complete = report.complete
    if policy.strict:
        whole = not report.coverage.partial and not report.problems
        complete = complete and whole and all(item.reason is not Skip.TOO_LARGE for item in report.coverage.skipped)
    gate = decide(report.findings, policy.fail_on, complete=complete)
    if policy.exit_zero and gate.exit_code is ExitCode.FINDINGS:
        gate = replace(gate, exit_code=ExitCode.CLEAN)
    return replace(report, gate=gate)
