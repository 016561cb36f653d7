"""`casemate doctor`: what is installed, and whether it works."""

from __future__ import annotations

import click

from scanner.core.errors import ExitCode

_MARKS = {True: "ok", False: "FAILS"}


@click.command("doctor")
def command() -> int:
    """Say what is installed and whether it works. Nothing is sent anywhere.

    Exit code 0 when a scan can run in full, 4 when something it needs is missing.
    """
    from scanner.app.doctor import examine  # noqa: PLC0415 -- start-up: loaded when it is needed

    checks = examine()
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = _MARKS[check.works] if check.needed or check.works else "absent"
        click.echo(f"{check.name:<{width}}  {mark:<6}  {check.detail}")
    return ExitCode.CLEAN if all(check.works for check in checks if check.needed) else ExitCode.INCOMPLETE
