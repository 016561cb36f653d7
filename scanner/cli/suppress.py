"""`casemate suppress`: a person's decision about a finding, written where it can be reviewed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from scanner.cli.common import PATH, plain_config, progress
from scanner.core.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("suppress")
@click.argument("fingerprints", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why the finding need not be shown: what a reviewer has to believe.")
@click.option("--owner", required=True, help="Who answers for it: a name, a team, an address.")
@click.option("--expires", metavar="DATE", help="The day from which it is shown again (2027-01-31).")
@click.option("--path", "paths", multiple=True, type=PATH, metavar="PATH", help="What to scan for it.  [default: the current directory]")
def command(*, fingerprints: Sequence[str], reason: str, owner: str, expires: str | None, paths: tuple[Path, ...]) -> int:
    """Decide that findings need not be shown. Name them by their fingerprints, or the beginnings of them.

    The decision goes into .casemate/triage.yaml, with a hash of the code that it rests on: the functions on the finding's path, their helpers.
    When that code changes, or the day comes, the finding is open again by itself. A pull request is judged by the decisions of its base.
    """
    from scanner.app.decisions import Words, decide, save  # noqa: PLC0415 -- start-up: loaded when it is needed

    today = datetime.now(UTC).date()
    words = Words(_said("--reason", reason), _said("--owner", owner), _day(expires, today), today)
    config = plain_config(paths)
    with progress(config) as observer:
        decisions = decide(config, fingerprints, words, observer)
    path = save(config, decisions)
    click.echo(f"{path}: {len(decisions)} {'decision' if len(decisions) == 1 else 'decisions'}", err=True)
    return ExitCode.CLEAN


def _said(flag: str, text: str) -> str:
    if not text.strip():
        msg = f"{flag} is empty"
        raise UsageError(msg, "a decision that nobody can judge is none")
    return " ".join(text.split())


def _day(text: str | None, today: date) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        msg = f"--expires: {text} is no date"
        raise UsageError(msg, "write it like 2027-01-31") from error
    if day <= today:
        msg = f"--expires: {text} is not in the future"
        raise UsageError(msg)
    return day
