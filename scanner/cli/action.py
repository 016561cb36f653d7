"""`casemate action`: the scan as a step of a GitHub workflow. `action.yml` calls it, and it reads what GitHub's runner puts into the environment."""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.app.action import append_outputs, outputs_of, outputs_of_failure, read_inputs, scan_arguments
from scanner.app.config import Environment, configured, process_variables
from scanner.cli.output import check_outputs, deliver
from scanner.cli.scan import command as scan_command
from scanner.cli.scan import flags_of
from scanner.core.errors import ExitCode, OutputError, ScannerError
from scanner.ports.observer import SilentObserver
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from scanner.app.action import Inputs
    from scanner.core.report import ScanReport

_SUMMARY_LIMIT = 1_000_000  # bytes; GitHub drops a step's summary of over 1 MiB


@click.command("action")
def command() -> int:
    """Run as a step of a GitHub workflow: inputs come as INPUT_* variables, outputs go to the runner's files.

    Reports are written to RUNNER_TEMP, the summary to the run's page, annotations and the report for people to the log, and comments to the pull
    request where that is wanted and allowed. The exit code is the scan's.
    """
    inputs = read_inputs(process_variables())
    # First, so that nothing that can go wrong looks like a scan that found nothing: the last value of an output counts.
    append_outputs(inputs.output_file, outputs_of_failure(ExitCode.INTERNAL))
    try:
        report = _stored(inputs) if inputs.report else _scan(inputs)
    except (ScannerError, click.ClickException) as error:
        code, hint = (error.exit_code, error.hint) if isinstance(error, ScannerError) else (ExitCode.USAGE, "")
        append_outputs(inputs.output_file, outputs_of_failure(ExitCode(code)))
        _summarise(inputs, f"## Casemate: the scan did not run\n\n{_fenced(str(error), hint)}\n")
        raise
    append_outputs(inputs.output_file, outputs_of(report, inputs))
    _tell(report, inputs)
    if inputs.may_comment:
        _comment(report, inputs)
    return ExitCode.CLEAN if inputs.report else report.gate.exit_code


def _scan(inputs: Inputs) -> ScanReport:
    from scanner.app.wire import scan  # noqa: PLC0415 -- start-up: loaded when it is needed

    context = scan_command.make_context("casemate scan", scan_arguments(inputs))
    with configured(flags_of(context.params), Environment.read(), Path.cwd()) as config:
        check_outputs(config.outputs)
        report = scan(config, SilentObserver(), datetime.now(UTC).date())
        failures = deliver(report, replace(config, format=None))
    if failures:
        raise OutputError("\n".join(failures))
    return report


def _stored(inputs: Inputs) -> ScanReport:
    from scanner.app.wire import read_stored  # noqa: PLC0415 -- start-up: loaded when it is needed

    return read_stored(inputs.report or inputs.json)


def _tell(report: ScanReport, inputs: Inputs) -> None:
    """The log and the run's page."""
    from scanner.app.render import render_terminal  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.reporters.github_commands import render_github_commands, stopped  # noqa: PLC0415
    from scanner.reporters.markdown import render_markdown  # noqa: PLC0415

    # The report quotes scanned code, in which the runner must not find commands.
    click.echo(stopped(render_terminal(report, width=120), secrets.token_hex(16)), nl=False)
    click.echo(render_github_commands(report), nl=False)
    _summarise(inputs, render_markdown(report, _SUMMARY_LIMIT))


def _summarise(inputs: Inputs, text: str) -> None:
    if inputs.summary_file is not None:
        with inputs.summary_file.open("a", encoding="utf-8") as stream:
            stream.write(text)


def _comment(report: ScanReport, inputs: Inputs) -> None:
    from scanner.app.publish import publish_review  # noqa: PLC0415 -- start-up: loaded when it is needed

    if inputs.event is None or inputs.place is None:
        return
    done = publish_review(report, inputs.event, inputs.place)
    if done.refused:
        _say(f"no comments: {done.refused}; the findings are in the annotations and the summary")
        return
    _say(f"comments: {done.added} added, {done.known} known, {done.resolved} resolved; summary {done.summary}")
    for remark in done.remarks:
        _say(remark)


def _say(text: str) -> None:
    print(f"casemate: {neutral(text)}", file=sys.stderr)  # noqa: T201 -- the log of the step


def _fenced(message: str, hint: str) -> str:
    from scanner.reporters.markdown_text import fenced  # noqa: PLC0415 -- start-up: loaded when it is needed

    return fenced([*message.splitlines(), *([f"hint: {hint}"] if hint else [])])
