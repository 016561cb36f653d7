"""`casemate scan`: flags become a Config, the Config becomes a report, the report goes where it was asked for."""

from __future__ import annotations

import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.app.config import Color, Config, Environment, Flags, Format, configured
from scanner.app.settings import PRECISIONS, SEVERITIES
from scanner.cli.common import tell_gap
from scanner.cli.detect_options import with_detection, words
from scanner.cli.output import check_outputs, deliver
from scanner.cli.progress import TerminalObserver
from scanner.cli.triage_options import choice_of, tell_plan, with_triage
from scanner.core.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping


_PATH = click.Path(path_type=Path)


@click.command("scan")
@click.argument("paths", nargs=-1, type=_PATH)
@click.option(
    "-f", "--format", "format_", type=click.Choice([item.value for item in Format]), help="What goes to standard output.  [default: terminal]"
)
@click.option(
    "-o", "--output", "outputs", multiple=True, type=_PATH, metavar="FILE", help="Also write a report; its ending says in which shape. Repeatable."
)
@with_detection
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found. An incomplete scan still exits with 4.")
@click.option("--strict", is_flag=True, default=None, help="Call a scan incomplete for any problem, syntax error or file over the size limit.")
@click.option("--honor-foreign-ignores", is_flag=True, default=None, help="Let `# nosec` and `nosemgrep` silence findings too.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes work.  [default: the processors at hand]")
@click.option("--config", type=_PATH, metavar="FILE", help="Read this settings file instead of the nearest one.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("--rev", "revision", metavar="REF", help="Scan this git revision instead of the work tree.")
@click.option("--diff", metavar="REF", help="Report what is new since the merge base with this revision, by its rules and settings.")
@click.option("--baseline", type=_PATH, metavar="FILE", help="Report what is new since this report of ours was written.")
@with_triage
@click.option("--cache/--no-cache", default=True, help="Remember what was found out about each file, and do not find it out again.  [default: on]")
@click.option("--cache-dir", type=_PATH, metavar="DIR", help="Where to remember it.  [default: the user's cache directory]")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no explanations; with -o nothing on standard output.")
@click.option("-v", "--verbose", count=True, help="Explain every finding; twice: also name each file left out.")
@click.option(
    "--color",
    type=click.Choice([item.value for item in Color]),
    default=Color.AUTO.value,
    show_default=True,
    help="When to colour. NO_COLOR is honoured.",
)
def command(**given: Any) -> int:
    """Scan directories and files (the current directory when none is named) for security bugs.

    The report for people goes to standard output, progress to standard error. Files are never executed. Nothing is sent
    anywhere, unless a model is asked (--triage).

    \b
      casemate scan                          the current directory
      casemate scan src -o casemate.sarif    one directory, with a SARIF file
      casemate scan --rev v1.2 -f json       a git revision, as JSON on standard output
      casemate scan --diff origin/main       what this branch brings
    """  # noqa: D301 -- the escape is click's mark for text to leave as it is
    with configured(flags_of(given), Environment.read(), Path.cwd()) as decided:
        return run(decided)


def flags_of(given: Mapping[str, Any]) -> Flags:
    """What click made of the command line, as one value."""
    made = {
        "targets": given["paths"],
        "format": None if given["format_"] is None else Format(given["format_"]),
        "min_severity": None if given["min_severity"] is None else SEVERITIES[given["min_severity"]],
        "min_confidence": None if given["min_confidence"] is None else PRECISIONS[given["min_confidence"]],
        "triage": choice_of(given),
        "verbosity": given["verbose"],
        "color": Color(given["color"]),
        **{name: words(given[name]) for name in ("languages", "disable", "engines")},
    }
    names = {item.name for item in fields(Flags)}
    return Flags(**{**{name: value for name, value in given.items() if name in names}, **made})


def run(config: Config) -> int:
    """Scan, and deliver what was asked for. The exit code."""
    # After the flags are known to make sense: the engines and grammars take longer to load than a wrong flag takes to report.
    from scanner.app.cache import open_cache  # noqa: PLC0415
    from scanner.app.wire import plan_scan, scan  # noqa: PLC0415

    check_outputs(config.outputs)
    if config.access is not None and not config.quiet:
        click.echo(f"casemate: triage asks a model, for ${config.triage.max_cost_usd} at most (--triage off asks nobody)", err=True)
    if config.triage.audit is not None and config.access is None and not config.quiet:
        click.echo("casemate: no model is asked, so --audit keeps nothing", err=True)
    if config.settings_file is not None and not config.quiet:
        click.echo(f"casemate: settings from {config.settings_file} (--isolated ignores them)", err=True)
    live = not config.quiet and sys.stderr.isatty() and not config.environment.dumb_terminal
    today = datetime.now(UTC).date()
    with TerminalObserver(sys.stderr, enabled=live) as observer, open_cache(config.cache) as cache:
        if config.triage.plan:
            report, plan = plan_scan(config, observer, today, cache.results)
        else:
            report, plan = scan(config, observer, today, cache.results), None
    for line in cache.told() if not config.quiet else ():
        click.echo(f"casemate: {line}", err=True)
    failures = deliver(report, config)
    if failures:
        raise OutputError("\n".join(failures))
    if plan is not None:
        tell_plan(plan)
    tell_gap(report)
    return report.gate.exit_code
