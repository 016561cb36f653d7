"""`casemate triage`: what another tool found, judged in the same way as what we find."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scanner.app.choices import missing, must_ask
from scanner.app.config import Color, Environment, Flags, Format, configure
from scanner.cli.common import PATH, progress, tell_gap
from scanner.cli.output import check_outputs, deliver
from scanner.cli.triage_options import choice_of, tell_plan, with_triage
from scanner.core.errors import OutputError


@click.command("triage")
@click.argument("results", type=PATH, metavar="FILE")
@click.option("--repo", type=PATH, default=Path(), show_default="the current directory", metavar="DIR", help="The code that the file speaks about.")
@click.option("-f", "--format", "format_", type=click.Choice([item.value for item in Format]), help="What goes to standard output.")
@click.option(
    "-o", "--output", "outputs", multiple=True, type=PATH, metavar="FILE", help="Write a report; its ending says in which shape. Repeatable."
)
@click.option("-v", "--verbose", count=True, help="Explain every finding.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no explanations; with -o nothing on standard output.")
@with_triage
def command(**given: Any) -> int:
    """Let a model judge the findings in FILE: the SARIF of any tool (CodeQL, Semgrep, Bandit, ...), about the code in --repo.

    Each finding takes the same way as our own: the same questions, the same evidence checked by code, the same budget. What makes no sense in FILE,
    or lies outside of the code, is told and left out.
    """
    from scanner.app.wire import plan_file, triage_file  # noqa: PLC0415 -- start-up: loaded when it is needed

    choice = choice_of(given)
    must_ask(choice, "casemate triage")
    flags = Flags(
        targets=(given["repo"],),
        format=Format(given["format_"]) if given["format_"] else None,
        outputs=given["outputs"],
        isolated=True,
        quiet=given["quiet"],
        verbosity=given["verbose"],
        color=Color.AUTO,
        triage=choice,
    )
    config = configure(flags, Environment.read(), Path.cwd())
    if config.access is None and not config.triage.plan:
        raise missing(config.triage.provider)
    check_outputs(config.outputs)
    today = datetime.now(UTC).date()
    with progress(config) as observer:
        if config.triage.plan:
            report, plan = plan_file(config, given["results"], observer, today)
        else:
            report, plan = triage_file(config, given["results"], observer, today), None
    failures = deliver(report, replace(config, format=None) if plan else config)
    if failures:
        raise OutputError("\n".join(failures))
    if plan is not None:
        tell_plan(plan)
    tell_gap(report)
    return report.gate.exit_code
