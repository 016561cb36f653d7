"""Wiring: the only module that names adapters. A Config comes in, a report goes out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from scanner.app.base import policy_changes
from scanner.app.rules import LoadedRules, load_all_rules
from scanner.core.coverage import Skip
from scanner.core.decision import DECISIONS_FILE
from scanner.core.errors import UsageError
from scanner.core.nearest import nearest
from scanner.core.problem import Problem, Stage
from scanner.core.rule import Precision, Severity
from scanner.engines.injection.engine import InjectionEngine
from scanner.engines.injection.kind import INJECTION
from scanner.engines.secrets.engine import SecretsEngine
from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.redact import SecretRedactor
from scanner.engines.semgrep.engine import SemgrepEngine
from scanner.engines.semgrep.options import SemgrepOptions
from scanner.engines.taint.builds import Builds
from scanner.engines.taint.convert import ENGINE as TAINT
from scanner.engines.taint.engine import TaintEngine
from scanner.engines.taint.job import load_stages
from scanner.executors.local import LocalExecutor
from scanner.pipeline.compare import Earlier
from scanner.pipeline.scan import Policy, Tools, run_scan
from scanner.ports.cache import NoCache
from scanner.sources.directory import DirectorySource
from scanner.sources.options import Change, WalkOptions
from scanner.sources.policy import changed_paths
from scanner.sources.revision import GitRevisionSource
from scanner.sources.roots import find_root
from scanner.syntax.index import TreeCodeIndex
from scanner.syntax.languages import GRAMMARS, LANGUAGES, PLAIN, detect_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from scanner.app.base import Base
    from scanner.app.config import Config
    from scanner.app.triage import Bench
    from scanner.core.decision import Decision
    from scanner.core.report import ScanReport
    from scanner.ports.cache import ScanCache
    from scanner.ports.code_index import CodeIndex
    from scanner.ports.engine import Engine
    from scanner.ports.executor import Executor
    from scanner.ports.observer import Observer
    from scanner.ports.redactor import Redactor
    from scanner.ports.source import Snapshot, Source
    from scanner.ports.triager import Triager
    from scanner.rulepack.ruleset import LoadedRule, RuleSet
    from scanner.taint.compile.rules import TaintRule
    from scanner.triage.plan import Plan

_NO_CACHE: Final = NoCache()
PROGRAM_ENGINES = frozenset({TAINT})  # those that look at all files together


def scan(config: Config, observer: Observer, today: date, cache: ScanCache = _NO_CACHE) -> ScanReport:
    """Scan as configured, decisions judged on the day `today`. Raises UsageError, RuleError, SourceError: whatever makes the scan impossible.

    What `cache` remembers is not done again; the report is the same.
    """
    ready = prepare(config, observer, cache)
    return _scan(config, ready, ready.tools, today)


def plan_scan(config: Config, observer: Observer, today: date, cache: ScanCache = _NO_CACHE) -> tuple[ScanReport, Plan]:
    """Scan, and say what triage would ask and cost instead of asking. Raises as `scan` does."""
    return _planned(config, prepare(replace(config, access=None), observer, cache), today)


def _planned(config: Config, ready: Prepared, today: date) -> tuple[ScanReport, Plan]:
    from scanner.app.triage import Planner  # noqa: PLC0415 -- most scans ask nobody
    from scanner.triage import plan as forecasts  # noqa: PLC0415 -- as above

    planner = Planner(_bench(config, ready.rules, ready.tools.redactor))
    report = _scan(config, ready, replace(ready.tools, triager=planner), today)
    return replace(report, triaged=False), planner.plan or forecasts.Plan((), 0, 0, Decimal(0), Decimal(0), config.triage.max_cost_usd)


def triage_file(config: Config, results: Path, observer: Observer, today: date) -> ScanReport:
    """What another tool's SARIF file says of the code, judged. Raises as `scan` does, and UsageError for a file that is no SARIF."""
    ready = _with_results(config, results, prepare(config, observer))
    return _scan(config, ready, ready.tools, today)


def plan_file(config: Config, results: Path, observer: Observer, today: date) -> tuple[ScanReport, Plan]:
    """The same, forecast instead of asked."""
    ready = _with_results(config, results, prepare(replace(config, access=None), observer))
    return _planned(config, ready, today)


def _with_results(config: Config, results: Path, ready: Prepared) -> Prepared:
    from scanner.engines.foreign.engine import ForeignEngine  # noqa: PLC0415 -- rarely needed

    root = config.targets[0].resolve()
    tools = replace(
        ready.tools,
        source=DirectorySource(root, (root,), detect_language, _options(config)),
        engines=(ForeignEngine(results, root, ready.tools.redactor),),
    )
    own = ready.policy.own_outputs | {results.resolve()}
    return ready._replace(tools=tools, policy=replace(everything_of(ready.policy), fail_on=config.fail_on, own_outputs=own))


def _scan(config: Config, ready: Prepared, tools: Tools, today: date) -> ScanReport:
    policy = replace(ready.policy, decisions=load_decisions(config), today=today)
    earlier, notices = _earlier(config, tools, policy)
    if config.base is not None and earlier is not None and isinstance(tools.source, DirectorySource | GitRevisionSource):
        brought = changed_paths(config.base.root, config.base.commit, config.revision)
        # That the base's file was a build says nothing of what the change makes of it.
        change = Change.of(brought, (item.path for item in earlier.skipped if item.reason is not Skip.BUILD))
        tools = replace(tools, source=replace(tools.source, options=replace(tools.source.options, change=change)))
        earlier = replace(earlier, changed=brought | changed_paths(config.base.root, config.base.commit, config.revision, staged=False))
    return run_scan(tools, replace(policy, earlier=earlier), notices)


def scan_prepared(config: Config, ready: Prepared, today: date) -> ScanReport:
    """The same with what is ready already, for who scans again and again."""
    return _scan(config, ready, ready.tools, today)


def load_all() -> None:
    """Load what a scan loads only where it needs it, for a process from which those of many scans are forked."""
    load_stages()


class Prepared(NamedTuple):
    """What a scan is done with, and all the rules there are."""

    tools: Tools
    policy: Policy
    rules: RuleSet


def prepare(config: Config, observer: Observer, cache: ScanCache = _NO_CACHE) -> Prepared:
    """What a scan as configured is done with; decisions and comparisons are left out. Raises UsageError and RuleError."""
    everything = load_all_rules(config.rules, config.semgrep_config)
    chosen = replace(everything, rules=_chosen(everything.rules, config))
    executor = LocalExecutor(config.jobs)
    redactor = SecretRedactor([entry.payload for entry in everything.rules.of(SECRETS)])
    tools = Tools(
        source=_source(config),
        executor=executor,
        engines=build_engines(chosen, config, executor, cache),
        index=code_index,
        redactor=redactor,
        observer=observer,
        triager=_triager(config, everything.rules, redactor),
        cache=cache,
        builds=Builds(executor, cache),
    )
    policy = Policy(
        min_severity=config.min_severity,
        min_confidence=config.min_confidence,
        fail_on=config.fail_on,
        exit_zero=config.exit_zero,
        strict=config.strict,
        honor_foreign_ignores=config.honor_foreign_ignores,
        known_rules=frozenset(rule.id for rule in everything.rules.rules),
        own_outputs=frozenset(path.resolve() for path in _written(config)),
    )
    return Prepared(tools, policy, everything.rules)


def _written(config: Config) -> tuple[Path, ...]:
    """The files of this run, and of those that were like it."""
    outputs = tuple(output.path for output in config.outputs)
    return (*outputs, *filter(None, [config.baseline]), *(config.cache.files if config.cache else ()))


def _triager(config: Config, rules: RuleSet, redactor: Redactor) -> Triager | None:
    if config.triage.replay is not None:
        from scanner.app.evaluate import replay_triager  # noqa: PLC0415 -- rarely needed

        return replay_triager(config.triage.replay, config.triage, lambda choice: _bench(replace(config, triage=choice), rules, redactor))
    if config.access is None:
        return None
    from scanner.app.triage import make_triager  # noqa: PLC0415 -- most scans ask nobody

    return make_triager(_bench(config, rules, redactor), config.triage, config.access)


def _bench(config: Config, rules: RuleSet, redactor: Redactor) -> Bench:
    """What triage works with: of people's decisions those that are in force, which are the base's where a change is looked at."""
    from scanner.app.triage import make_bench  # noqa: PLC0415 -- most scans ask nobody
    from scanner.triage.precedents import Precedents  # noqa: PLC0415 -- as above

    return replace(make_bench(config.triage, rules, redactor, config.fail_on), precedents=Precedents.of(load_decisions(config)))


def scan_everything(config: Config, observer: Observer) -> ScanReport:
    """Scan without thresholds, decisions, comparisons and triage."""
    ready = prepare(replace(config, access=None), observer)
    return run_scan(ready.tools, everything_of(ready.policy))


def everything_of(policy: Policy) -> Policy:
    """The policy without thresholds: nothing that is found is left out, and nothing fails."""
    return replace(policy, min_severity=Severity.INFO, min_confidence=Precision.LOW, fail_on=None, kin=True)


def load_decisions(config: Config) -> tuple[Decision, ...]:
    """What people decided, as the scan's file of decisions has it. Raises ConfigError with every mistake in it."""
    if config.decisions is None:
        return ()
    from scanner.stores.decisions import read_decisions  # noqa: PLC0415 -- most repositories have none, and YAML loads slowly

    return read_decisions(config.decisions.read_bytes(), DECISIONS_FILE)


def _earlier(config: Config, tools: Tools, policy: Policy) -> tuple[Earlier | None, tuple[Problem, ...]]:
    """What to compare with: the merge base, scanned in the same way and without thresholds, or a stored report."""
    if config.base is not None:
        options = replace(_options(config), own_ignores_from=None)
        source = GitRevisionSource(config.base.root, config.base.commit, _resolved(config), detect_language, options)
        report = run_scan(replace(tools, source=source, triager=None), everything_of(policy))
        earlier = Earlier(config.base.title, report.findings, report.coverage.skipped, trusted=True)
        return earlier, (*policy_changes(config.base), *_gaps(report, config.base))
    if config.baseline is not None:
        report = read_stored(config.baseline)
        return Earlier(config.baseline.name, report.findings, report.coverage.skipped), ()
    return None, ()


def _gaps(report: ScanReport, base: Base) -> tuple[Problem, ...]:
    if report.complete:
        return ()
    message = f"the scan of {base.title} was incomplete: what is called new may have been there before"
    return (Problem(Stage.COLLECT, base.title, message, incomplete=False),)


def read_stored(path: Path) -> ScanReport:
    """A report that was written as JSON or as SARIF. Raises UsageError when it cannot be read as one."""
    from scanner.reporters.json_read import read_report  # noqa: PLC0415 -- most scans read no report
    from scanner.reporters.sarif.read import read_sarif  # noqa: PLC0415

    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"cannot read the report {path}: {getattr(error, 'strerror', None) or error}"
        raise UsageError(msg, "`casemate scan -o FILE.json` and `casemate baseline` write one") from error
    try:
        return read_sarif(text) if path.name.lower().endswith((".sarif", ".sarif.json")) else read_report(text)
    except UsageError as error:
        msg = f"{path}: {error}"
        raise UsageError(msg, error.hint) from error


class _Means(NamedTuple):
    """What engines work with."""

    config: Config
    executor: Executor
    cache: ScanCache


def build_engines(loaded: LoadedRules, config: Config, executor: Executor, cache: ScanCache = _NO_CACHE) -> tuple[Engine, ...]:
    """The engines that have rules to run."""
    makers: tuple[Callable[[LoadedRules, _Means], Engine], ...] = (_secrets, _injection, _taint, _semgrep)
    means = _Means(config, executor, cache)
    return tuple(engine for make in makers if (engine := make(loaded, means)).rules)


def _secrets(loaded: LoadedRules, _: _Means) -> Engine:
    return SecretsEngine([entry.payload for entry in loaded.rules.of(SECRETS)])


def _injection(loaded: LoadedRules, _: _Means) -> Engine:
    return InjectionEngine([entry.payload for entry in loaded.rules.of(INJECTION)])


def _taint(loaded: LoadedRules, means: _Means) -> Engine:
    entries = [cast("LoadedRule[TaintRule]", entry) for entry in loaded.rules.entries if entry.rule.engine == TAINT]
    return TaintEngine(entries, loaded.knowledge, means.executor, means.cache)


def _semgrep(loaded: LoadedRules, means: _Means) -> Engine:
    options = SemgrepOptions(jobs=means.config.jobs, path_env=means.config.environment.search_path)
    return SemgrepEngine(loaded.rules, options, means.cache)


def code_index(snapshot: Snapshot, unparsed: frozenset[str]) -> CodeIndex:
    """The index of a snapshot; what could not be parsed is not tried again."""
    return TreeCodeIndex(snapshot.root, {file.path: file.language for file in snapshot.files if file.path not in unparsed})


def _chosen(rules: RuleSet, config: Config) -> RuleSet:
    known = {rule.id for rule in rules.rules}
    for name in sorted(config.disable - known):
        msg = f"no rule is called {name}"
        raise UsageError(msg, _near(name, known, "see `casemate rules list`"))
    engines = {rule.engine for rule in rules.rules}
    for name in sorted((config.engines or engines) - engines):
        msg = f"there is no engine called {name}"
        raise UsageError(msg, "there are " + ", ".join(sorted(engines)))
    return rules.where(lambda rule: rule.id not in config.disable and (config.engines is None or rule.engine in config.engines))


def _source(config: Config) -> Source:
    if config.languages is not None:
        for name in sorted(config.languages - LANGUAGES):
            msg = f"{name} is not a language we know"
            raise UsageError(msg, _near(name, GRAMMARS, "known are " + ", ".join(sorted(GRAMMARS))))
    root = find_root(config.targets, config.cwd)
    if config.revision is not None:
        return GitRevisionSource(root, config.revision, _resolved(config), detect_language, _options(config))
    return DirectorySource(root, _resolved(config), detect_language, _options(config))


def _resolved(config: Config) -> tuple[Path, ...]:
    return tuple(target.resolve() for target in config.targets)


def _options(config: Config) -> WalkOptions:
    # Configuration and text files are looked at in any case: secrets lie in them whatever the program is written in.
    languages = None if config.languages is None else config.languages | PLAIN
    own = config.base.directory if config.base else None
    return WalkOptions(exclude=config.exclude, max_bytes=config.max_file_size, languages=languages, own_ignores_from=own)


def _near(name: str, known: set[str] | frozenset[str], otherwise: str) -> str:
    close = nearest(name, known)
    return f"did you mean {close[0]}?" if close else otherwise
