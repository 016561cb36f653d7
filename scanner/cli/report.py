"""`casemate report`: a stored scan in another shape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from scanner.app.config import Color, Environment, Flags, Format, configure
from scanner.cli.common import PATH
from scanner.cli.output import check_outputs, deliver
from scanner.core.errors import ExitCode, OutputError


@click.command("report")
@click.argument("stored", type=PATH, metavar="FILE")
@click.option("-f", "--format", "format_", type=click.Choice([item.value for item in Format]), help="What goes to standard output.")
@click.option(
    "-o", "--output", "outputs", multiple=True, type=PATH, metavar="FILE", help="Write it here; the ending says in which shape. Repeatable."
)
@click.option("-v", "--verbose", count=True, help="Explain every finding; twice: also name each file left out.")
@click.option("--color", type=click.Choice([item.value for item in Color]), default=Color.AUTO.value, show_default=True, help="When to colour.")
def command(**given: Any) -> int:
    """Render a stored scan (our JSON, or SARIF that we wrote) in other shapes.

    \b
      casemate report casemate.json -o casemate.html      a page to read and to filter
      casemate report casemate.sarif -o findings.csv      a table
      casemate report casemate.json -v                    on the terminal, explained
    """  # noqa: D301 -- the escape is click's mark for text to leave as it is
    from scanner.app.wire import read_stored  # noqa: PLC0415 -- start-up: loaded when it is needed

    shape = Format(given["format_"]) if given["format_"] else None if given["outputs"] else Format.TERMINAL
    flags = Flags(outputs=given["outputs"], isolated=True, verbosity=given["verbose"], color=Color(given["color"]))
    config = replace(configure(flags, Environment.read(), Path.cwd()), format=shape)
    check_outputs(config.outputs)
    failures = deliver(read_stored(given["stored"]), config)
    if failures:
        raise OutputError("\n".join(failures))
    return ExitCode.CLEAN
