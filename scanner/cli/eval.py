"""`casemate eval`: how right triage is, on labelled cases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from scanner.app.choices import must_ask
from scanner.app.config import Environment, Flags, Format, Output, configure, read_access
from scanner.cli.common import PATH, progress
from scanner.cli.output import check_outputs
from scanner.cli.triage_options import choice_of, with_triage
from scanner.core.errors import ExitCode, UsageError
from scanner.reporters.neutral import neutral


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
    for flag in ("plan", "audit", "batch"):
        if given[flag]:
            msg = f"--{flag} is not for evaluations"
            raise UsageError(msg, "--record FILE keeps every answer" if flag == "audit" else "leave it out")
    choice = choice_of(given)
    if given["recording"] is None:
        must_ask(choice, "casemate eval")
    access = None if given["recording"] else read_access(choice)
    config = configure(Flags(isolated=True, quiet=True), Environment.read(), Path.cwd())
    if given["record"]:
        check_outputs([Output(config.cwd / given["record"], Format.JSON)])  # before an answer is paid for
    trial = Trial(given["cases"], given["jobs"], given["record"], given["recording"])
    with progress(config) as observer:
        outcomes = run_eval(given["corpus"], choice, access, trial, observer)
    click.echo(render_json(outcomes) if given["format_"] == "json" else render_text(outcomes), nl=False)
    lost = [item for item in outcomes if item.unasked]
    if not lost:
        return ExitCode.CLEAN
    ((why, _),) = Counter(item.judgement.verdict.rationale for item in lost).most_common(1)
    said = f": {neutral(why)}" if why else ""
    click.echo(f"casemate: incomplete: the model could not be reached for {len(lost)} of {len(outcomes)} cases{said}", err=True)
    return ExitCode.INCOMPLETE
