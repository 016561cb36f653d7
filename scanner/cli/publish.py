"""`casemate publish`: a stored report, shown where a change is reviewed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from scanner.app.config import process_variables
from scanner.cli.common import PATH
from scanner.cli.groups import HelpfulGroup
from scanner.core.errors import ExitCode, UsageError
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from pathlib import Path

_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@click.group("publish", cls=HelpfulGroup)
def command() -> None:
    """Show a stored report where a change is reviewed."""


@command.command("github", short_help="Comment on a pull request: what a report calls new, once.")
@click.argument("report", type=PATH)
@click.option("--repository", metavar="OWNER/NAME", help="The repository of the pull request.  [default: GITHUB_REPOSITORY]")
@click.option("--pull", "number", type=click.IntRange(min=1), required=True, metavar="NUMBER", help="The pull request.")
@click.option(
    "--commit", required=True, metavar="SHA", help="The head commit that the report is about; nothing is said when it is no longer the head."
)
def github(*, report: Path, repository: str | None, number: int, commit: str) -> int:
    """Comment on a pull request: what REPORT (our JSON) calls new, once, with a summary that is kept up to date.

    GITHUB_TOKEN holds the token (pull requests: write), GITHUB_API_URL the address of GitHub Enterprise's interface. Doing it twice changes nothing.
    """
    from scanner.app.publish import API, SERVER, Change, Place, publish_review  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.app.wire import read_stored  # noqa: PLC0415

    variables = process_variables()
    name = repository or variables.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(name):
        msg = f"not a repository: {name!r}" if name else "no repository is named: neither --repository nor GITHUB_REPOSITORY"
        raise UsageError(msg, "name it like owner/name")
    if not _COMMIT.fullmatch(commit):
        msg = f"--commit: not a full commit id: {commit!r}"
        raise UsageError(msg, "give all 40 digits, as `git rev-parse HEAD` prints them")
    token = variables.get("GITHUB_TOKEN", "")
    if not token:
        msg = "GITHUB_TOKEN is not set"
        raise UsageError(msg, "it needs permission to write pull requests")
    place = Place(name, token, variables.get("GITHUB_API_URL") or API, variables.get("GITHUB_SERVER_URL") or SERVER)
    done = publish_review(read_stored(report), Change(head=commit, number=number), place)
    if done.refused:
        click.echo(f"casemate: nothing was published: {neutral(done.refused)}", err=True)
        return ExitCode.INCOMPLETE
    click.echo(f"comments: {done.added} added, {done.known} known, {done.resolved} resolved; summary {done.summary}", err=True)
    for remark in done.remarks:
        click.echo(f"casemate: {neutral(remark)}", err=True)
    return ExitCode.CLEAN
