"""`casemate doctor`: what is installed, and whether it works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scanner.app.choices import Provider, TriageChoice
from scanner.cli.common import PATH
from scanner.core.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

_MARKS = {True: "ok", False: "FAILS"}


@click.command("doctor")
@click.option("--online", is_flag=True, help="Also ask the model's endpoint whether it takes the key and knows the models. Costs nothing.")
@click.option(
    "--provider", type=click.Choice([item.value for item in Provider]), default=Provider.ANTHROPIC.value, help="With --online: whose service."
)
@click.option("--model", default="", metavar="ID", help="With --online: this one instead of the model that opens cases.")
@click.option("--strong-model", default="", metavar="ID", help="With --online: this one instead of the strong model.")
@click.option("--models", "models_file", type=PATH, metavar="FILE", help="With --online: prices of models that are not listed, as TOML.")
def command(*, online: bool, provider: str, model: str, strong_model: str, models_file: Path | None) -> int:
    """Say what is installed and whether it works. Nothing is sent anywhere, unless --online is given.

    Exit code 0 when a scan can run in full, 4 when something it needs is missing.
    """
    from scanner.app.doctor import examine, examine_models  # noqa: PLC0415 -- start-up: loaded when it is needed

    checks = examine()
    if online:
        checks += examine_models(TriageChoice(provider=Provider(provider), model=model, strong_model=strong_model, models_file=models_file))
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = _MARKS[check.works] if check.needed or check.works else "absent"
        click.echo(f"{check.name:<{width}}  {mark:<6}  {check.detail}")
    return ExitCode.CLEAN if all(check.works for check in checks if check.needed) else ExitCode.INCOMPLETE
