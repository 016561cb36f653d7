"""`casemate cache`: what is remembered between scans, and forgetting it."""

from __future__ import annotations

from pathlib import Path

import click

from scanner.app.config import cache_folder
from scanner.cli.common import PATH
from scanner.core.errors import ExitCode, UsageError

_MEGABYTE = 1_000_000
_DIRECTORY = click.option("--cache-dir", type=PATH, metavar="DIR", help="Of this directory.  [default: the user's cache directory]")


@click.group("cache")
def command() -> None:
    """Show or forget what is remembered between scans.

    What was found out about a file is kept until the file, the rules or Casemate change, or room is needed. No report depends on it.
    """


@command.command("info")
@_DIRECTORY
def info(cache_dir: Path | None) -> int:
    """Say where it lies and how much it holds."""
    from scanner.app.cache import stores_in  # noqa: PLC0415 -- start-up: loaded when it is needed

    directory = _directory(cache_dir)
    click.echo(f"{directory}")
    for name, held in stores_in(directory):
        if held is None:
            click.echo(f"  {name}: nothing yet")
        else:
            click.echo(f"  {name}: {held.entries} entries, {held.bytes / _MEGABYTE:.1f} of at most {held.max_bytes / _MEGABYTE:.0f} MB")
    return ExitCode.CLEAN


@command.command("clear")
@_DIRECTORY
@click.option("--verdicts", is_flag=True, help="Forget what models said of findings too, which cost money.")
def clear(cache_dir: Path | None, *, verdicts: bool) -> int:
    """Forget the results of scans: the next one does all the work again."""
    from scanner.app.cache import clear_stores  # noqa: PLC0415 -- start-up: loaded when it is needed

    number = clear_stores(_directory(cache_dir), verdicts=verdicts)
    click.echo(f"{number} {'entry' if number == 1 else 'entries'} forgotten")
    return ExitCode.CLEAN


def _directory(given: Path | None) -> Path:
    directory = Path.cwd() / given if given is not None else cache_folder()
    if directory is None:
        msg = "there is no cache directory: neither XDG_CACHE_HOME nor HOME is set"
        raise UsageError(msg, "name one with --cache-dir")
    return directory
