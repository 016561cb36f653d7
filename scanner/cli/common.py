"""What commands that scan have in common."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.app.config import Environment, Flags, configure
from scanner.cli.progress import TerminalObserver

if TYPE_CHECKING:
    from scanner.app.config import Config

PATH = click.Path(path_type=Path)


def plain_config(paths: tuple[Path, ...], *, jobs: int | None = None) -> Config:
    """The configuration of a scan whose report nobody reads: the settings of the code's own file, and these paths."""
    return configure(Flags(targets=paths, jobs=jobs, quiet=True), Environment.read(), Path.cwd())


def progress(config: Config) -> TerminalObserver:
    """Progress on standard error, where somebody sees it."""
    return TerminalObserver(sys.stderr, enabled=sys.stderr.isatty() and not config.environment.dumb_terminal)
