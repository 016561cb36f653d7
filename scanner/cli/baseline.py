"""`casemate baseline`: what is found today, whole, as a report that later scans are compared with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from scanner.app.config import Format, Output, shape_of
from scanner.cli.common import PATH, plain_config, progress
from scanner.cli.output import check_outputs, deliver
from scanner.core.errors import ExitCode, OutputError, UsageError
from scanner.core.report import BASELINE_FILE

DEFAULT = Path(BASELINE_FILE)


@click.command("baseline")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("-o", "--output", type=PATH, default=DEFAULT, show_default=True, metavar="FILE", help="Where the baseline is written.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes work.  [default: the processors at hand]")
def command(*, paths: tuple[Path, ...], output: Path, jobs: int | None) -> int:
    """Write a baseline: every finding of today, whatever its severity and confidence.

    A scan with --baseline (or `baseline = "FILE"` in the settings) then reports and counts what is new. With git history at hand `casemate scan
    --diff` needs no such file.
    """
    from scanner.app.wire import scan_everything  # noqa: PLC0415 -- start-up: loaded when it is needed

    config = plain_config(paths, jobs=jobs)
    if shape_of(output) is not Format.JSON:
        msg = f"a baseline is our JSON, which {output} would not be taken for"
        raise UsageError(msg, "name a file that ends in .json")
    target = config.cwd / output
    if output == DEFAULT:
        target.parent.mkdir(exist_ok=True)
    config = replace(config, outputs=(Output(target, Format.JSON),), format=None)
    check_outputs(config.outputs)
    with progress(config) as observer:
        report = scan_everything(config, observer)
    failures = deliver(report, config)
    if failures:
        raise OutputError("\n".join(failures))
    click.echo(f"{output}: {len(report.findings)} findings", err=True)
    if not report.complete:
        click.echo("casemate: incomplete: what was not looked at is not in the baseline; `casemate scan` says what", err=True)
    return ExitCode.CLEAN if report.complete else ExitCode.INCOMPLETE
