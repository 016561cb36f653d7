"""`casemate fleet`: many repositories at once, and questions to the inventory that comes of it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scanner.app.choices import DEFAULT_MAX_COST, Asking, Provider, missing
from scanner.app.config import Environment, can_ask, processors
from scanner.app.settings import SEVERITIES
from scanner.cli.detect_options import with_detection, words
from scanner.cli.progress import ProgressStyle, TerminalObserver
from scanner.cli.triage_options import Dollars
from scanner.core.errors import ExitCode, InterruptedScanError, UsageError
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scanner.app.fleet.run import Done, Told
    from scanner.stores.inventory import Gap, Sighting

_PATH = click.Path(path_type=Path)
_DEFAULT: Final = "scan"
_MIB: Final = 1024 * 1024
_FORMAT = click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)


class _Fleet(click.Group):
    """A group whose first word may be a target instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


@click.group("fleet", cls=_Fleet, options_metavar="", subcommand_metavar="TARGETS [OPTIONS] | where | new | gaps")
def command() -> None:
    """Scan many repositories, each in a process of its own, and keep an inventory of what is found.

    \b
      casemate fleet repositories.txt -o fleet     paths and URLs, one a line, with @branch, @tag or @commit
      casemate fleet ~/code -o fleet               every directory in a directory
      casemate fleet where python-sql-injection fleet
      casemate fleet new --since 2027-01-31 fleet
      casemate fleet gaps fleet

    A file called `where`, `new`, `gaps` or `scan` is named as ./where. `casemate fleet scan --help` lists the options.
    """  # noqa: D301 -- the escape is click's mark for text to leave as it is


@command.command(_DEFAULT)
@click.argument("targets", type=_PATH)
@click.option("-o", "--output", type=_PATH, default=Path("casemate-fleet"), show_default=True, metavar="DIR", help="Where results and inventory go.")
@click.option("--executor", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="What runs the scans.")
@click.option("--address", metavar="ADDRESS", help="A running Ray cluster (auto, host:6379).  [default: Ray is started here]")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="How many repositories at a time; a cluster decides itself.  [default: the processors]"
)
@click.option("--timeout", type=click.FloatRange(min=1), default=1800, show_default=True, metavar="SECONDS", help="What one repository may take.")
@click.option(
    "--max-memory", type=click.IntRange(min=64), default=4096, show_default=True, metavar="MIB", help="What its processes may take together."
)
@click.option("--max-clone", type=click.IntRange(min=1), default=2048, show_default=True, metavar="MIB", help="What the objects of a clone may take.")
@click.option(
    "--triage",
    type=click.Choice([item.value for item in Asking]),
    default=Asking.OFF.value,
    show_default=True,
    help="Ask a model about findings: the suspicious ones (auto), or every one (all). Each machine uses its own key.",
)
@click.option("--model", default="", metavar="ID", help="The model that opens each case.")
@click.option("--strong-model", default="", metavar="ID", help="The model that takes what is undecided, disputed or severe.")
@click.option("--challenge-all", is_flag=True, help="Let a second model argue against every verdict.")
@click.option(
    "--provider",
    type=click.Choice([item.value for item in Provider]),
    default=Provider.ANTHROPIC.value,
    show_default=True,
    help="Whose service answers; bedrock and vertex are extras to install.",
)
@click.option("--models", "models_file", type=_PATH, metavar="FILE", help="Prices of models that are not listed, as TOML.")
@click.option(
    "--max-cost-usd",
    type=Dollars(),
    default=str(DEFAULT_MAX_COST),
    show_default=True,
    help="What triage may cost for the whole fleet, at most; repositories get equal shares.",
)
@click.option("--max-cost-per-repo", type=Dollars(), help="What it may cost for one repository, at most.")
@click.option("--protocols", multiple=True, metavar="NAME", help="Clone by these only (https,ssh,file). Repeatable.  [default: https,ssh]")
@click.option("--trust-settings", is_flag=True, help="Let repositories bring their own settings, ignore files and decisions.")
@with_detection
@click.option("--strict", is_flag=True, help="Call a scan incomplete for any problem, syntax error or file over the size limit.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no lines.")
def scan(**given: Any) -> int:
    """Scan every repository that TARGETS (a file or a directory) names. This is what `casemate fleet TARGETS` does.

    What is finished is kept: the same command after a crash goes on, and later scans what has changed. Exit codes: 0 clean, 1 findings at or over
    the threshold, 4 when any repository was not looked at in full.
    """
    from scanner.app.fleet.run import Plan, run_fleet  # noqa: PLC0415 -- start-up: loaded when it is needed

    plan = _plan(Plan, given)
    quiet = given["quiet"]
    live = not quiet and sys.stderr.isatty() and not Environment.read().dumb_terminal
    done = 0
    with TerminalObserver(sys.stderr, enabled=live, style=ProgressStyle(width=100)) as observer:
        observer.begin("scanning repositories", len(plan.targets))

        def tell(item: Done) -> None:
            nonlocal done
            done += 1
            observer.advance("scanning repositories")
            if not quiet:
                observer.note(_line(item))

        try:
            told = run_fleet(plan, tell)
        except KeyboardInterrupt as error:
            msg = f"interrupted; {done} of {len(plan.targets)} repositories are done"
            raise InterruptedScanError(msg, "the same command goes on from there") from error
    if not quiet:
        click.echo(_summary(told, plan.out), err=True)
    return told.exit_code


def _plan(make: Any, given: dict[str, Any]) -> Any:
    """What the flags ask for. Raises UsageError for what makes no sense together."""
    from scanner.app.fleet.budget import Budget  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.app.fleet.job import Limits, Settings  # noqa: PLC0415
    from scanner.app.fleet.targets import read_targets  # noqa: PLC0415
    from scanner.sources.clone import PROTOCOLS  # noqa: PLC0415

    if given["address"] and given["executor"] != "ray":
        msg = "--address is a Ray cluster's"
        raise UsageError(msg, "add --executor ray")
    protocols = words(given["protocols"]) or ("https", "ssh")
    for name in protocols:
        if name not in PROTOCOLS:
            msg = f"--protocols: {name} is not one we clone by"
            raise UsageError(msg, "there are " + ", ".join(PROTOCOLS))
    asking, provider = Asking(given["triage"]), Provider(given["provider"])
    if asking is not Asking.OFF and given["executor"] == "local" and not can_ask(provider):
        raise missing(provider)
    out = given["output"].resolve()
    return make(
        targets=read_targets(given["targets"], protocols, out),
        out=out,
        settings=Settings(
            rules=tuple(str(path.resolve()) for path in given["rules"]),
            semgrep_config=tuple(str(Path(name).resolve()) for name in given["semgrep_config"]),
            exclude=given["exclude"],
            languages=words(given["languages"]),
            disable=words(given["disable"]),
            engines=words(given["engines"]),
            min_severity=given["min_severity"] or "",
            min_confidence=given["min_confidence"] or "",
            fail_on=given["fail_on"] or "",
            strict=given["strict"],
            trust=given["trust_settings"],
            protocols=protocols,
            triage=asking.value,
            provider=provider.value,
            model=given["model"],
            strong_model=given["strong_model"],
            models_file=str(given["models_file"].resolve()) if given["models_file"] else "",
            challenge_all=given["challenge_all"],
        ),
        today=datetime.now(UTC).date(),
        limits=Limits(given["timeout"], given["max_memory"] * _MIB, given["max_clone"] * _MIB),
        budget=Budget(given["max_cost_usd"], given["max_cost_per_repo"]),
        executor=given["executor"],
        address=given["address"],
        jobs=given["jobs"] or processors(),
    )


def _line(item: Done) -> str:
    """One repository on one line: how it ended, and what was found."""
    result = item.result
    kept = " (kept)" if item.kept else ""
    if item.report is None:
        return f"{'failed':<10} {neutral(item.target.id)}: {result.why.value if result.why else ''}: {neutral(result.detail)}{kept}"
    counts = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in item.report.active:
        counts[finding.severity.label] += 1
    found = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "no findings"
    took = kept or f", {result.seconds:.1f} s"
    cost = f", ${item.report.usage.cost_usd:.4f}" if item.report.triaged and not item.kept else ""
    return f"{result.status.value:<10} {neutral(item.target.id)}: {found}, {_count(item.report.coverage.files, 'file')}{took}{cost}"


def _count(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else plural}"


def _summary(told: Told, out: Path) -> str:
    states = ", ".join(f"{count} {status.value}" for status, count in told.statuses.items() if count)
    kept = f", {told.kept} kept from earlier" if told.kept else ""
    resumed = "; went on where the last run had stopped" if told.resumed else ""
    cost = f"; the model cost at most ${told.cost:.4f}" if told.cost else ""
    return f"casemate: {_count(sum(told.statuses.values()), 'repository')}: {states}{kept}{resumed}{cost}; overview: {out / 'index.html'}"


@command.command("where", short_help="Where else is this: every repository with such a finding.")
@click.argument("name", metavar="RULE_OR_FINGERPRINT")
@click.argument("directory", type=_PATH, default=Path("casemate-fleet"))
@_FORMAT
def where(name: str, directory: Path, format_: str) -> int:
    """Where else is this: every repository with a finding of this rule, this fingerprint, or the same code under another path.

    A fingerprint's first six digits are enough. Exit code 1 when there is none.
    """
    from scanner.stores.inventory import Inventory  # noqa: PLC0415 -- start-up: loaded when it is needed

    return _show_sightings(Inventory(directory / "fleet.sqlite").where(name), format_)


@command.command("new")
@click.option("--since", required=True, metavar="DATE", help="A day (2027-01-31), its beginning in UTC.")
@click.argument("directory", type=_PATH, default=Path("casemate-fleet"))
@_FORMAT
def new(since: str, directory: Path, format_: str) -> int:
    """What was first seen since a day, and is still there. Findings of a repository's first scan are marked: they may be old.

    Exit code 1 when there is none.
    """
    from scanner.stores.inventory import Inventory  # noqa: PLC0415 -- start-up: loaded when it is needed

    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        msg = f"--since: {since} is no date"
        raise UsageError(msg, "write it like 2027-01-31") from error
    return _show_sightings(Inventory(directory / "fleet.sqlite").new(day.isoformat()), format_)


@command.command("gaps")
@click.argument("directory", type=_PATH, default=Path("casemate-fleet"))
@click.option("--all", "everything", is_flag=True, help="Also what settings and defaults leave out, file by file.")
@_FORMAT
def gaps(directory: Path, format_: str, *, everything: bool) -> int:
    """What was not looked at, by the newest scan of each repository. Exit code 4 when there is anything."""
    from scanner.stores.inventory import Inventory  # noqa: PLC0415 -- start-up: loaded when it is needed

    known = Inventory(directory / "fleet.sqlite").gaps()
    shown = [gap for gap in known if everything or not gap.expected]
    if format_ == "json":
        click.echo(json.dumps([asdict(gap) for gap in shown], indent=2))
    else:
        for gap in shown:
            click.echo(_gap_line(gap))
        left_out = len(known) - len(shown)
        if left_out:
            click.echo(f"and {left_out} files and directories that settings and defaults leave out; --all names them", err=True)
    return ExitCode.INCOMPLETE if any(not gap.expected for gap in known) else ExitCode.CLEAN


def _gap_line(gap: Gap) -> str:
    detail = f": {neutral(' '.join(gap.detail.split()))}" if gap.detail else ""
    subject = "" if gap.kind == "repository" else f" {neutral(gap.subject)}"
    return f"{neutral(gap.target)}: {gap.kind}{subject}: {gap.reason}{detail}"


def _show_sightings(sightings: Sequence[Sighting], format_: str) -> int:
    if format_ == "json":
        click.echo(json.dumps([asdict(item) for item in sightings], indent=2))
    else:
        for line in _sighting_lines(sightings):
            click.echo(line)
        repositories = len({item.target for item in sightings})
        click.echo(f"{_count(len(sightings), 'finding')} in {_count(repositories, 'repository')}", err=True)
    return ExitCode.CLEAN if sightings else ExitCode.FINDINGS


def _sighting_lines(sightings: Iterable[Sighting]) -> Iterable[str]:
    for item in sightings:
        marks = [item.severity, item.rule, item.fingerprint[:12], f"since {item.since[:10]}"]
        marks += (
            ["the same code"] * (item.match == "code") + ["suppressed"] * item.suppressed + ["first scan"] * (item.match == "new" and item.first_scan)
        )
        yield f"{neutral(item.target)}: {neutral(item.path)}:{item.line}  {', '.join(marks)}"
