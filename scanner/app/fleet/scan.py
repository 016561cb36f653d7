"""The scan of one repository: the same function, whichever machine it runs on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanner.app.base import open_base
from scanner.app.choices import Access, Asking, Provider, TriageChoice, missing
from scanner.app.config import Config, Environment, Flags, configure
from scanner.app.fleet.identity import remote, rules_digest
from scanner.app.fleet.job import Result, Settings, Status, Why
from scanner.app.settings import PRECISIONS, SEVERITIES
from scanner.app.triage import make_bench, make_triager
from scanner.app.wire import Prepared, load_all, load_decisions, prepare
from scanner.core.errors import ConfigError, ExitCode, RuleError, SourceError, UsageError
from scanner.core.version import VERSION
from scanner.pipeline.scan import run_scan
from scanner.ports.observer import SilentObserver
from scanner.reporters.json_report import render_json
from scanner.reporters.sarif.render import render_sarif
from scanner.sources.clone import FETCHED
from scanner.sources.directory import DirectorySource
from scanner.sources.git import GitRepository
from scanner.sources.objects import resolve_commit
from scanner.sources.revision import GitRevisionSource
from scanner.sources.roots import find_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scanner.app.fleet.job import Job
    from scanner.core.report import ScanReport
    from scanner.core.rule import Severity
    from scanner.ports.redactor import Redactor
    from scanner.ports.triager import Triager
    from scanner.rulepack.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Oracle:
    """The model that is asked: the user's choice of one, and this machine's way to it, None where it has none."""

    choice: TriageChoice
    access: Access | None


@dataclass(frozen=True, slots=True)
class Warm:
    """What all repositories of a fleet share: the rules and engines, made once, the digest of all rules, and the model, None where none is asked."""

    prepared: Prepared
    rules: str
    oracle: Oracle | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Code to scan: a directory, and the commit to take of it, None for what lies there."""

    path: Path
    commit: str | None


def read_oracle(settings: Settings, way: Mapping[str, Any] | None) -> Oracle | None:
    """The model as the settings name it, reached as the keeper says."""
    if way is None:
        return None
    provider = Provider(settings.provider)
    choice = TriageChoice(
        mode=Asking(settings.triage),
        provider=provider,
        model=settings.model,
        strong_model=settings.strong_model,
        models_file=Path(settings.models_file) if settings.models_file else None,
        challenge_all=settings.challenge_all,
        cache=Path(way["cache"]) if way["cache"] else None,
    )
    return Oracle(choice, Access.read(provider, way["variables"]))


def warm_up(settings: Settings, directory: Path, oracle: Oracle | None = None) -> Warm:
    """Load the rules and make the engines; `directory` is any that exists.

    Raises UsageError and RuleError for settings that make no sense, ConfigError for a model without a price.
    """
    config = configure(replace(flags_of(settings), targets=(directory,), isolated=True), Environment.read(), directory)
    prepared = prepare(config, SilentObserver())
    load_all()
    if oracle is not None:
        # A mistake in the choice of the model is told before the first repository; what is made here is not kept, as nothing open may be forked.
        make_bench(replace(oracle.choice, cache=None), prepared.rules, prepared.tools.redactor, config.fail_on)
    return Warm(prepared, rules_digest(prepared.rules.rules), oracle)


def flags_of(settings: Settings) -> Flags:
    """The settings as the command line of `casemate scan` would have them. Raises UsageError for a label there is not."""
    return Flags(
        rules=tuple(map(Path, settings.rules)),
        semgrep_config=settings.semgrep_config,
        exclude=settings.exclude,
        languages=settings.languages,
        disable=settings.disable,
        engines=settings.engines,
        min_severity=SEVERITIES.get(settings.min_severity),
        min_confidence=PRECISIONS.get(settings.min_confidence),
        fail_on=settings.fail_on or None,
        strict=settings.strict or None,
        jobs=1,  # the fleet's repositories are worked on side by side already
        quiet=True,
        triage=TriageChoice(mode=Asking.OFF),
    )


def scan_repository(job: Job, warm: Warm, folder: Path) -> Result:
    """Scan one repository; `folder` is an empty directory of ours for what that takes. What is wrong with the repository is a result too."""
    if (job.version, job.rules) != (VERSION, warm.rules):
        return failure(Why.NODE, f"this machine has Casemate {VERSION} or rules that are not those of the machine that asks ({job.version})")
    if job.target.refused:
        return failure(Why.SOURCE, job.target.refused)
    if warm.oracle is not None and warm.oracle.access is None:
        return failure(Why.NODE, f"this machine has no way to a model: {missing(warm.oracle.choice.provider)}")
    try:
        place = _fetch(job, folder)
        report = _trusting(job, place, warm) if job.settings.trust else _isolated(job, place, warm, folder)
    except SourceError as error:
        return failure(Why.SOURCE, str(error).replace(str(folder), "(clone)"))
    except (ConfigError, RuleError, UsageError) as error:
        return failure(Why.SETTINGS, str(error).replace(str(folder), "(clone)"))
    return _result(report)


def failure(why: Why, detail: str) -> Result:
    """The result of a scan that came to nothing."""
    return Result(Status.FAILED, ExitCode.INCOMPLETE, why=why, detail=" ".join(detail.split()))


def _fetch(job: Job, folder: Path) -> _Place:
    target = job.target
    if not target.remote:
        path = Path(target.address)
        return _Place(path, resolve_commit(GitRepository.at(find_root((path,), path)), target.ref) if target.ref else None)
    directory = folder / "clone"
    directory.mkdir()
    remote(target).fetch(target.ref, directory, seconds=job.limits.seconds, max_bytes=job.limits.clone)
    return _Place(directory, resolve_commit(GitRepository.at(directory), FETCHED))


def _isolated(job: Job, place: _Place, warm: Warm, folder: Path) -> ScanReport:
    """By the fleet's settings alone: nothing that lies in the repository decides what is looked at, or what is told."""
    tools, policy, rules = warm.prepared
    if not isinstance(tools.source, DirectorySource):
        msg = f"a directory was prepared and came back as {type(tools.source).__name__}"
        raise TypeError(msg)
    nothing = folder / "no-ignore-files"
    nothing.mkdir()
    options = replace(tools.source.options, own_ignores_from=nothing)
    root = find_root((place.path,), place.path)
    targets = (place.path.resolve(),)
    source = (
        DirectorySource(root, targets, tools.source.detect, options)
        if place.commit is None
        else GitRevisionSource(root, place.commit, targets, tools.source.detect, options)
    )
    triager = _triager(job, warm.oracle, rules, tools.redactor, policy.fail_on)
    return run_scan(replace(tools, source=source, triager=triager), replace(policy, today=job.today, kin=True))


def _trusting(job: Job, place: _Place, warm: Warm) -> ScanReport:
    """By the repository's own settings and decisions as well, those of the very commit that is scanned. A baseline they name is not compared with."""
    with _own_settings(job, place) as config:
        tools, policy, rules = prepare(config, SilentObserver())
        triager = _triager(job, warm.oracle, rules, tools.redactor, policy.fail_on)
        return run_scan(replace(tools, triager=triager), replace(policy, decisions=load_decisions(config), today=job.today, kin=True))


def _triager(job: Job, oracle: Oracle | None, rules: RuleSet, redactor: Redactor, fail_on: Severity | None) -> Triager | None:
    """Who judges the findings, for at most what the job may cost."""
    if oracle is None:
        return None
    choice = replace(oracle.choice, max_cost_usd=Decimal(job.max_cost_usd))
    return make_triager(make_bench(choice, rules, redactor, fail_on), choice, oracle.access)


@contextmanager
def _own_settings(job: Job, place: _Place) -> Iterator[Config]:
    flags = replace(flags_of(job.settings), targets=(place.path,), revision=place.commit)
    if place.commit is None:
        yield configure(flags, Environment.read(), place.path)
        return
    with open_base(place.commit, (place.path,), place.commit, ()) as base:
        # Only the files of the base are wanted, which is the commit itself, and no comparison with it.
        yield replace(configure(flags, Environment.read(), place.path, base), base=None)


def _result(report: ScanReport) -> Result:
    complete = report.gate.exit_code is not ExitCode.INCOMPLETE
    return Result(
        status=Status.COMPLETE if complete else Status.INCOMPLETE,
        exit_code=int(report.gate.exit_code),
        commit=report.provenance.revision if report.provenance else "",
        sarif=render_sarif(report),
        report=render_json(report),
        kin=tuple((finding.fingerprint, finding.kin) for finding in report.findings),
    )
