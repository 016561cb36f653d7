"""`casemate explain`: everything about one finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from scanner.app.config import Environment, Flags, Format, configure
from scanner.app.marks import finding_named, mark_of
from scanner.cli.common import PATH, progress
from scanner.cli.output import deliver
from scanner.core.errors import ExitCode


@click.command("explain")
@click.argument("fingerprint")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--report", "stored", type=PATH, metavar="FILE", help="Take it from this stored report (our JSON or SARIF) instead of scanning.")
def command(*, fingerprint: str, paths: tuple[Path, ...], stored: Path | None) -> int:
    """Tell all about the finding whose fingerprint this is, or begins so: why it matters, how the data gets there, the verdict and its evidence."""
    from scanner.app.wire import read_stored, scan_everything  # noqa: PLC0415 -- start-up: loaded when it is needed

    mark = mark_of(fingerprint)  # before a scan is spent on it
    config = configure(Flags(targets=paths, verbosity=1), Environment.read(), Path.cwd())
    if stored is not None:
        report = read_stored(stored)
    else:
        with progress(config) as observer:
            report = scan_everything(config, observer)
    finding = finding_named(mark, (*report.findings, *report.fixed))
    deliver(replace(report, findings=(finding,), problems=(), fixed=(), hidden=0), replace(config, format=Format.TERMINAL, outputs=()))
    return ExitCode.CLEAN
