"""The flags that speak about what is looked for and shown, for every command that scans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.app.settings import NEVER, PRECISIONS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PATH = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--rules", multiple=True, type=_PATH, metavar="PATH", help="Add your own rules, in Casemate's format. Repeatable."),
    click.option("--semgrep-config", multiple=True, metavar="PATH", help="Add Semgrep rules from a file or a directory. Repeatable."),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches, in .gitignore's syntax. Repeatable."),
    click.option("--languages", multiple=True, metavar="NAME", help="Look at these languages only (python,go). Repeatable."),
    click.option("--disable", multiple=True, metavar="RULE", help="Do not run this rule. Repeatable."),
    click.option("--engines", multiple=True, metavar="NAME", help="Run these engines only (secrets,semgrep,taint). Repeatable."),
    click.option("--min-severity", type=click.Choice(list(SEVERITIES)), help="Show findings from this severity on.  [default: low]"),
    click.option("--min-confidence", type=click.Choice(list(PRECISIONS)), help="Show findings from this confidence on.  [default: medium]"),
    click.option("--fail-on", type=click.Choice([*SEVERITIES, NEVER]), help="Exit with 1 for findings from this severity on.  [default: high]"),
)


def with_detection(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the flags."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def words(values: Iterable[str]) -> tuple[str, ...]:
    """The words of a repeatable flag, each of which may hold several between commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
