"""`casemate mcp`: the scanner as a server for agents."""

from __future__ import annotations

import importlib.util
import secrets
from datetime import UTC, date, datetime
from pathlib import Path

import click

from scanner.app.config import Environment
from scanner.cli.common import PATH
from scanner.core.errors import ExitCode, UsageError


@click.command("mcp")
@click.option("--root", type=PATH, default=Path(), metavar="DIR", help="The directory to work in; nothing outside it is read.  [default: here]")
@click.option("--isolated", is_flag=True, help="Read neither settings nor decisions of the repository, and write none.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many processes work.  [default: the processors at hand]")
def command(*, root: Path, isolated: bool, jobs: int | None) -> int:
    """Serve scans, findings and code to an agent: a Model Context Protocol server on standard input and output.

    The agent can scan the directory, read findings and the code around them, and record verdicts. Nothing is executed, nothing is sent anywhere
    but to the agent, secrets are masked. The one file that can be written is .casemate/triage.yaml, by a refutation whose evidence holds.
    """
    if importlib.util.find_spec("mcp") is None:
        msg = "the Model Context Protocol SDK is not installed"
        raise UsageError(msg, "pip install 'casemate[mcp]'")
    if not root.is_dir():
        msg = f"--root: {root} is not a directory"
        raise UsageError(msg)
    from scanner.app.mcp.server import serve  # noqa: PLC0415 -- start-up, and an extra that may be missing
    from scanner.app.mcp.session import Ground, Session  # noqa: PLC0415

    ground = Ground(root.resolve(), Environment.read(), secrets.token_hex(8), _today, isolated=isolated, jobs=jobs)
    serve(Session(ground))
    return ExitCode.CLEAN


def _today() -> date:
    return datetime.now(UTC).date()
