"""`casemate suppressions`: what people decided about findings, and what of it still holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from scanner.cli.common import PATH, plain_config, progress
from scanner.core.errors import ExitCode
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from pathlib import Path


@click.command("suppressions")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--check", is_flag=True, help="Exit with 1 when one of them no longer holds.")
@click.option("--prune", is_flag=True, help="Remove those about findings that are gone. Looks at the whole repository.")
def command(*, paths: tuple[Path, ...], check: bool, prune: bool) -> int:
    """List the decisions of .casemate/triage.yaml about the code at PATHS (here, when none is named), and what each is worth today.

    \b
      holds     the finding is there and its code is the one that was judged
      changed   the code is another one: the finding is open again
      expired   its day has come: the finding is open again
      gone      nothing is found there any more
      unseen    its file is left out, or the scan did not come to its end
    """  # noqa: D301 -- the escape is click's mark for text to leave as it is
    from scanner.app.decisions import Standing, must_be_whole, save  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.app.decisions import check as check_all  # noqa: PLC0415

    config = plain_config(paths)
    if prune:
        must_be_whole(config)
    with progress(config) as observer:
        review = check_all(config, datetime.now(UTC).date(), observer)
    found = review.checked
    for item in found:
        decision, place = item.decision, item.finding.place if item.finding else None
        at = f"{place.path}:{place.start_line}" if place else decision.path
        until = f", until {decision.expires.isoformat()}" if decision.expires else ""
        click.echo(f"{item.standing.value:8} {decision.fingerprint[:12]}  {neutral(decision.rule)} at {neutral(at)}")
        click.echo(f"{'':8} {neutral(decision.reason)} ({neutral(decision.owner)}, {decision.decided.isoformat()}{until})")
    gone = [item.decision for item in found if item.standing is Standing.GONE]
    if prune and gone:
        path = save(config, [item.decision for item in found if item.standing is not Standing.GONE])
        click.echo(f"{path}: {len(gone)} removed", err=True)
    if not found:
        click.echo("no decisions", err=True)
    settled = {Standing.HOLDS, Standing.UNSEEN, *([Standing.GONE] if prune else [])}
    if check and any(item.standing not in settled for item in found):
        return ExitCode.FINDINGS
    if not review.complete:
        click.echo("casemate: incomplete: not all of the code was looked at; `casemate scan` says what", err=True)
    return ExitCode.CLEAN if review.complete or not check else ExitCode.INCOMPLETE
