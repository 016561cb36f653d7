"""`casemate replay`: the scan whose triage was recorded with `--audit`, once more and offline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from scanner.app.choices import Asking
from scanner.app.config import Environment, configured
from scanner.cli.common import PATH
from scanner.cli.scan import command as scan_command
from scanner.cli.scan import flags_of, run


@click.command("replay", params=[click.Argument(["directory"], type=PATH), *scan_command.params])
def command(**given: Any) -> int:
    """Rebuild the report of a run from the record that `casemate scan --audit DIRECTORY` kept: the same code and flags give the same bytes.

    Nothing is sent anywhere. Code that has changed since then asks questions that the record does not answer, and that is said.
    """
    flags = flags_of(given)
    flags = replace(flags, triage=replace(flags.triage, mode=Asking.OFF, audit=None, replay=given["directory"]))
    with configured(flags, Environment.read(), Path.cwd()) as decided:
        return run(decided)
