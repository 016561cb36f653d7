"""What commands that scan have in common."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.app.config import Environment, Flags, configure
from scanner.cli.progress import TerminalObserver
from scanner.core.errors import ExitCode
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from scanner.app.config import Config
    from scanner.core.report import ScanReport

PATH = click.Path(path_type=Path)


def plain_config(paths: tuple[Path, ...], *, jobs: int | None = None) -> Config:
    """The configuration of a scan whose report nobody reads: the settings of the code's own file, and these paths."""
    return configure(Flags(targets=paths, jobs=jobs, quiet=True), Environment.read(), Path.cwd())


def progress(config: Config) -> TerminalObserver:
    """Progress on standard error, where somebody sees it."""
    return TerminalObserver(sys.stderr, enabled=sys.stderr.isatty() and not config.environment.dumb_terminal)


def tell_gap(report: ScanReport) -> None:
    """Say on standard error that a scan is incomplete, and why, where it is."""
    if report.gate.exit_code == ExitCode.INCOMPLETE:
        click.echo(f"casemate: incomplete: {_gap(report)}", err=True)


def _gap(report: ScanReport) -> str:
    """Why a scan is incomplete, in one line: the first gap, and how many more there are."""
    problems = [f"{problem.subject}: {problem.message}" for problem in report.problems if problem.incomplete]
    engines = [f"{run.engine}: {run.note}" for run in report.coverage.engines if not run.complete]
    files = [f"{item.path}: {item.reason.value}" for item in report.coverage.skipped if not item.reason.expected]
    gaps = [*problems, *engines, *files] or ["--strict: there are problems, syntax errors or files over the size limit"]
    more = f" (and {len(gaps) - 1} more, see the report)" if len(gaps) > 1 else ""
    return neutral(gaps[0]) + more
