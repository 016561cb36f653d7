"""The whole scan, in the order of its stages: collect, detect, merge, suppress, compare, rank, triage, gate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from scanner.core.coverage import Coverage, Skip, SkippedPath
from scanner.core.errors import ExitCode
from scanner.core.finding import State
from scanner.core.problem import Problem, Stage
from scanner.core.report import ScanReport
from scanner.core.version import VERSION
from scanner.pipeline.answers import RememberedIndex
from scanner.pipeline.collect import First, collect
from scanner.pipeline.compare import Earlier, compare
from scanner.pipeline.decide import apply_decisions, unmet
from scanner.pipeline.detect import Whole, detect
from scanner.pipeline.excerpt import read_excerpts
from scanner.pipeline.gate import decide
from scanner.pipeline.grounds import grounds
from scanner.pipeline.identity import identify
from scanner.pipeline.merge import merge
from scanner.pipeline.own import without_own_data
from scanner.pipeline.rank import rank
from scanner.pipeline.recall import Recollection
from scanner.pipeline.suppress import apply, read_directives
from scanner.pipeline.triage import Triaged, triage
from scanner.pipeline.unasked import unasked
from scanner.ports.cache import NoCache
from scanner.ports.engine import FileEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from scanner.core.coverage import EngineRun
    from scanner.core.decision import Decision
    from scanner.core.finding import Finding
    from scanner.core.rule import Precision, Severity
    from scanner.pipeline.collect import Collected
    from scanner.ports.cache import ScanCache
    from scanner.ports.code_index import CodeIndex
    from scanner.ports.engine import Engine
    from scanner.ports.executor import Executor
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot, Source
    from scanner.ports.triager import Triager


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user wants to be told, and what shall fail the run. `fail_on` None: findings never fail it.

    `exit_zero` lets the run pass whatever is found; an incomplete one fails all the same.

    `own_outputs` are the files that this run writes: a report of an earlier run is no code, and the second scan is the first one's equal.
    `decisions` are what people decided about findings, judged on the day `today`; `earlier` is the scan to compare with, and `kin` asks for what a
    later comparison needs of this one.
    """

    min_severity: Severity
    min_confidence: Precision
    fail_on: Severity | None
    exit_zero: bool = False
    strict: bool = False
    honor_foreign_ignores: bool = False
    known_rules: frozenset[str] = frozenset()
    own_outputs: frozenset[Path] = frozenset()
    decisions: tuple[Decision, ...] = ()
    today: date | None = None
    earlier: Earlier | None = None
    kin: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """The adapters of one scan. `index` takes the snapshot and the paths that must not be parsed again; without a `triager` no model is asked.

    `builds` marks the files that were compiled from others of the snapshot; without it all are looked at.
    """

    source: Source
    executor: Executor
    engines: tuple[Engine, ...]
    index: Callable[[Snapshot, frozenset[str]], CodeIndex]
    redactor: Redactor
    observer: Observer
    triager: Triager | None = None
    cache: ScanCache = field(default_factory=NoCache)
    builds: Callable[[Snapshot], Snapshot] | None = None


def run_scan(tools: Tools, policy: Policy, problems: Sequence[Problem] = ()) -> ScanReport:
    """Scan and judge. `problems` are those met before the scan began; they reach the report like every other.

    Raises SourceError when there is nothing to open. What goes wrong inside the scanned code or an engine is a Problem of the report.
    """
    rules = {rule.id: rule for engine in tools.engines for rule in engine.rules}
    with tools.source.open() as opened:
        snapshot = without_own_data(_without(opened, policy.own_outputs))
        snapshot = tools.builds(snapshot) if tools.builds else snapshot
        passes = {engine.name: engine.look(snapshot) for engine in tools.engines if isinstance(engine, FileEngine)}
        recollection = Recollection(tools.cache, snapshot, tools.engines, passes)
        passes = {name: replace(one, jobs={}) if name in recollection.known else one for name, one in passes.items()}
        whole = Whole(snapshot, tools.engines, tuple(passes), frozenset(recollection.known))
        first = First(whole.numbers, whole.begin)
        gathered = collect(snapshot, tools.executor, tools.observer, tuple(passes.values()), tools.cache, first=first)
        results = dict(zip(passes, gathered.results, strict=True))
        recollection.changed = gathered.changed
        detected = detect(snapshot, tools.engines, results, tools.observer, recollection, whole.begun)
        make = partial(tools.index, snapshot, gathered.unparsed)
        index = RememberedIndex(make(), tools.cache, snapshot, gathered.unparsed)
        groups = merge(detected.candidates, rules)
        index.foresee([group.lead.place for group in groups], tools.executor, make)
        found = identify(groups, index, kin=policy.kin or policy.earlier is not None)
        known = policy.known_rules | rules.keys()
        directives, remarks = read_directives(gathered.comments, known, foreign=policy.honor_foreign_ignores)
        heard, unused = apply(found, directives, rules)
        judged, reopened, met = apply_decisions(heard, policy.decisions, lambda finding: grounds(finding, index), policy.today)
        index.keep()
        coverage = _coverage(snapshot, gathered, detected.skipped, detected.runs)
        compared = compare(judged, _visible(policy.earlier, policy), coverage.skipped) if policy.earlier else None
        states = compared.findings if compared else judged
        wanted = rank(item for item in states if _is_wanted(item, policy))
        asked = triage(tools.triager, snapshot, wanted, tools.observer) if tools.triager else Triaged(wanted)
        shown = rank(asked.findings)
        excerpts, unread = read_excerpts(snapshot.root, shown, tools.redactor)
        noted = {*problems, *snapshot.problems, *gathered.problems, *detected.problems, *remarks, *reopened, *asked.problems, *unread}
        noted.update(compared.problems if compared else ())
        if len(snapshot.files) == len(gathered.skipped):
            noted.add(_nothing(snapshot))
        report = ScanReport(
            version=VERSION,
            findings=shown,
            rules=tuple(rules[name] for name in sorted(rules)),
            gate=decide((), None, complete=True),
            coverage=coverage,
            problems=tuple(sorted(noted)),
            excerpts=excerpts,
            provenance=snapshot.provenance,
            triaged=tools.triager is not None,
            usage=asked.usage,
            hidden=len(judged) - len(shown),
            compared=policy.earlier.name if policy.earlier else "",
            fixed=rank(compared.fixed) if compared else (),
        )
    decisions = (item for item in policy.decisions if not (item.place and item.rule in rules and unasked(item.place.path, [rules[item.rule]])))
    return _judge(report, policy, (*unused, *unmet(decisions, met)))


def _visible(earlier: Earlier, policy: Policy) -> Earlier:
    """What the same thresholds would have shown then: a doubt that has become a certainty is new to whoever reads the report."""
    return replace(earlier, findings=tuple(item for item in earlier.findings if _is_wanted(item, policy)))


def _is_wanted(finding: Finding, policy: Policy) -> bool:
    return finding.severity >= policy.min_severity and finding.confidence >= policy.min_confidence


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


def _coverage(snapshot: Snapshot, gathered: Collected, skipped: Sequence[SkippedPath], runs: Sequence[EngineRun]) -> Coverage:
    written = snapshot.written.files
    languages = Counter(file.language for file in written if file.language)
    builds = {file.path: SkippedPath.build(file.path, file.original) for file in snapshot.files if file.original}
    lost = [item for item in gathered.skipped if item.path not in builds]
    return Coverage(
        files=len(written) - len(lost),
        lines=sum(file.lines for file in written),
        languages=tuple(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        skipped=tuple(sorted({*snapshot.skipped, *gathered.skipped, *skipped, *builds.values()})),
        partial=gathered.partial,
        engines=tuple(sorted(runs, key=lambda run: run.engine)),
    )


def _counting(findings: Iterable[Finding]) -> Iterable[Finding]:
    """What the threshold is for: in a comparison, what the earlier scan did not have, or could not know."""
    return (finding for finding in findings if finding.state in {None, State.NEW, State.UNKNOWN})


def _judge(report: ScanReport, policy: Policy, unused: Sequence[Problem]) -> ScanReport:
    """The report with its gate. Unused suppressions are told only by a scan that looked everywhere: another one cannot know."""
    if report.complete and unused:
        report = replace(report, problems=tuple(sorted({*report.problems, *unused})))
    complete = report.complete
    if policy.strict:
        whole = not report.coverage.partial and not report.problems
        complete = complete and whole and all(item.reason is not Skip.TOO_LARGE for item in report.coverage.skipped)
    gate = decide(_counting(report.findings), policy.fail_on, complete=complete)
    if policy.exit_zero and gate.exit_code is ExitCode.FINDINGS:
        gate = replace(gate, exit_code=ExitCode.CLEAN)
    return replace(report, gate=gate)
