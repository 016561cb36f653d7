"""Where reports go: files written whole or not at all, and standard output for exactly one of them."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.app.config import Color, Config, Format, Output
from scanner.app.render import render, render_terminal
from scanner.core.errors import OutputError
from scanner.core.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scanner.core.report import ScanReport

_DEFAULT_WIDTH = 100
_WIDEST = 140


def check_outputs(outputs: Iterable[Output]) -> None:
    """Refuse, before any work is done, what can never be written. Raises OutputError."""
    for output in outputs:
        parent = output.path.parent
        if output.path.is_dir():
            msg = f"{output.path} is a directory; name a file"
            raise OutputError(msg)
        if not parent.is_dir():
            msg = f"cannot write {output.path}: there is no directory {parent}"
            raise OutputError(msg, "make the directory first")
        if not os.access(output.path if output.path.exists() else parent, os.W_OK):
            msg = f"cannot write {output.path}: permission denied"
            raise OutputError(msg)


def deliver(report: ScanReport, config: Config) -> tuple[str, ...]:
    """Write every report; what failed comes back, a line each. One that fails costs the others nothing."""
    failures = []
    for output in config.outputs:
        text = render(report, output.format)
        try:
            _write(output.path, text)
        except OSError as error:
            failures.append(f"cannot write {output.path}: {error.strerror or error}")
    # Last, so that a reader who sees the end of the report finds the files in place.
    if config.format is not None:
        text = _terminal(report, config) if config.format is Format.TERMINAL else render(report, config.format)
        failures.extend(_print(text))
    return tuple(failures)


def _terminal(report: ScanReport, config: Config) -> str:
    terminal = sys.stdout.isatty()
    environment = config.environment
    wanted = config.color is Color.AUTO and not environment.no_color and (environment.force_color or (terminal and not environment.dumb_terminal))
    columns = environment.columns or (shutil.get_terminal_size((_DEFAULT_WIDTH, 24)).columns if terminal else _DEFAULT_WIDTH)
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return render_terminal(
        report,
        color=config.color is Color.ALWAYS or wanted,
        width=min(columns, _WIDEST),
        unicode=encoding.startswith("utf"),
        verbosity=-1 if config.quiet else config.verbosity,
    )


def _print(text: str) -> tuple[str, ...]:
    try:
        stream = sys.stdout.buffer
        stream.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        return (f"cannot write to standard output: {error.strerror or error}",)
    return ()


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a full disk or Ctrl-C leaves the old one; devices and pipes are written to directly."""
    data = text.encode("utf-8")
    target = Path(os.path.realpath(path))
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("wb") as stream:
            stream.write(data)
        return
    replace_file(target, data, mode=stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
