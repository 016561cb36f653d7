"""`casemate eval`: how right triage is, on labelled cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.app.config import Environment, Flags, configure, read_access
from scanner.cli.common import PATH, progress
from scanner.cli.triage_options import choice_of, with_triage
from scanner.core.errors import ExitCode, UsageError


@click.command("eval")
@click.argument("corpus", type=PATH)
@click.option("--case", "cases", multiple=True, metavar="ID", help="Only this case. Repeatable.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=4, show_default=True, help="How many cases are open at once.")
@click.option("--record", type=PATH, metavar="FILE", help="Add every answer of the model to this recording.")
@click.option("--recording", type=PATH, metavar="FILE", help="Take the answers from this recording, and call nothing.")
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@with_triage
def command(**given: Any) -> int:
    """Run triage over the labelled cases of CORPUS and measure it: precision, recall, unsafe closures, cost, each with its interval.

    Cases lie at CORPUS/cases/<id>: what is true in case.yaml, the code in repo. The same recording gives the same report.
    """
    from scanner.app.evaluate import Trial, run_eval  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.triage.evaluation.report import render_json, render_text  # noqa: PLC0415

    if given["record"] and given["recording"]:
        msg = "--record and --recording exclude each other"
        raise UsageError(msg)
    choice = choice_of(given)
    access = None if given["recording"] else read_access(choice)
    config = configure(Flags(isolated=True, quiet=True), Environment.read(), Path.cwd())
    trial = Trial(given["cases"], given["jobs"], given["record"], given["recording"])
    with progress(config) as observer:
        outcomes = run_eval(given["corpus"], choice, access, trial, observer)
    click.echo(render_json(outcomes) if given["format_"] == "json" else render_text(outcomes), nl=False)
    return ExitCode.CLEAN
