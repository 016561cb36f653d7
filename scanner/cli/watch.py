"""`casemate watch`: a scan after every save, and what it changed."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.app.config import Environment, Flags, configure
from scanner.app.settings import PRECISIONS, SEVERITIES
from scanner.cli.common import PATH, tell_gap
from scanner.cli.detect_options import words
from scanner.cli.progress import TerminalObserver
from scanner.core.errors import ExitCode
from scanner.ports.observer import SilentObserver
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from scanner.app.watch import Round
    from scanner.core.finding import Finding


@click.command("watch")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--rules", multiple=True, type=PATH, metavar="PATH", help="Add your own rules, in Casemate's format. Repeatable.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches, in .gitignore's syntax. Repeatable.")
@click.option("--disable", multiple=True, metavar="RULE", help="Do not run this rule. Repeatable.")
@click.option("--engines", multiple=True, metavar="NAME", help="Run these engines only (secrets,semgrep,taint). Repeatable.")
@click.option("--min-severity", type=click.Choice(list(SEVERITIES)), help="Tell of findings from this severity on.  [default: low]")
@click.option("--min-confidence", type=click.Choice(list(PRECISIONS)), help="Tell of findings from this confidence on.  [default: medium]")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes work.  [default: the processors at hand]")
@click.option("--cache/--no-cache", default=True, help="Remember what was found out about each file.  [default: on]")
@click.option("--cache-dir", type=PATH, metavar="DIR", help="Where to remember it.  [default: the user's cache directory]")
def command(**given: Any) -> int:
    """Scan, and again whenever a file changes; say what each change brought and what it mended. Ctrl-C ends it.

    Rules and settings are those of the beginning. No model is asked, and nothing is sent anywhere.
    """
    flags = Flags(
        targets=given["paths"],
        rules=given["rules"],
        exclude=given["exclude"],
        disable=words(given["disable"]),
        engines=words(given["engines"]),
        min_severity=None if given["min_severity"] is None else SEVERITIES[given["min_severity"]],
        min_confidence=None if given["min_confidence"] is None else PRECISIONS[given["min_confidence"]],
        jobs=given["jobs"],
        cache=given["cache"],
        cache_dir=given["cache_dir"],
    )
    config = configure(flags, Environment.read(), Path.cwd())
    # After the flags are known to make sense: the engines and grammars take longer to load than a wrong flag takes to report.
    from scanner.app.cache import open_cache  # noqa: PLC0415
    from scanner.app.watch import watch  # noqa: PLC0415

    live = sys.stderr.isatty() and not config.environment.dumb_terminal
    told: set[str] = set()
    try:
        with open_cache(config.cache) as cache, TerminalObserver(sys.stderr, enabled=True) if live else nullcontext(SilentObserver()) as observer:
            for one in watch(config, observer, cache.results):
                _tell(one)
                for line in cache.told():
                    if line not in told:
                        click.echo(f"casemate: {line}", err=True)
                        told.add(line)
    except KeyboardInterrupt:
        click.echo("casemate: no longer watching", err=True)
    return ExitCode.CLEAN


def _tell(one: Round) -> None:
    """What a round changed: a line for each finding, and one for all of them."""
    count = len(one.report.active)
    whole = f"{count} {'finding' if count == 1 else 'findings'}"
    if one.first:
        for finding in one.new:
            click.echo(_line(" ", finding))
        click.echo(f"{whole}; watching (Ctrl-C ends)")
    else:
        for sign, findings in (("-", one.fixed), ("+", one.new)):
            for finding in findings:
                click.echo(_line(sign, finding))
        click.echo(f"{len(one.new)} new, {len(one.fixed)} fixed, {whole} ({one.seconds:.1f} s)")
    tell_gap(one.report)
    sys.stdout.flush()


def _line(sign: str, finding: Finding) -> str:
    place = finding.place
    return f"{sign} {neutral(place.path)}:{place.start_line}  {finding.severity.label}  {finding.rule.id}  {neutral(finding.message)}"
