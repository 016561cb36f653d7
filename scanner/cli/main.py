"""The command `casemate`, and the only place where exceptions become exit codes."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import click

from scanner.cli.groups import HelpfulGroup
from scanner.core.errors import ExitCode, ScannerError
from scanner.core.version import VERSION
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = {
    "scan": ("scanner.cli.scan", "Scan directories, files or a git revision for vulnerabilities."),
    "report": ("scanner.cli.report", "Render a stored scan in another shape."),
    "explain": ("scanner.cli.explain", "Tell all about one finding."),
    "triage": ("scanner.cli.triage", "Let a model judge the findings of any tool's SARIF file."),
    "replay": ("scanner.cli.replay", "Rebuild a recorded run's report offline."),
    "eval": ("scanner.cli.eval", "Measure triage on labelled cases."),
    "baseline": ("scanner.cli.baseline", "Write what is found today, to be told only what is new from now on."),
    "suppress": ("scanner.cli.suppress", "Decide that a finding need not be shown, until its code changes."),
    "suppressions": ("scanner.cli.suppressions", "List, check and prune these decisions."),
    "publish": ("scanner.cli.publish", "Show a stored report where a change is reviewed."),
    "action": ("scanner.cli.action", "Run as a step of a GitHub workflow."),
    "mcp": ("scanner.cli.mcp", "Serve scans, findings and code to an agent (Model Context Protocol)."),
    "fleet": ("scanner.cli.fleet", "Scan many repositories, here or on a Ray cluster, into one inventory."),
    "watch": ("scanner.cli.watch", "Scan again whenever a file changes, and say what that brought and mended."),
    "cache": ("scanner.cli.cache", "Show or forget what is remembered between scans."),
    "rules": ("scanner.cli.rules", "List, explain and test the rules."),
    "doctor": ("scanner.cli.doctor", "Say what is installed and whether it works."),
}
_COLLECT_EVERY = 20_000  # objects: nearly all that a scan makes stays until its end, and each collection walks it again
_ISSUES = "https://github.com/casemate/casemate/issues"


class _LazyGroup(HelpfulGroup):
    """Imports a command's module when it is called: start-up is part of every scan."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        if not isinstance(command, click.Command):
            msg = f"{_COMMANDS[cmd_name][0]} has no command"
            raise TypeError(msg)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", prog_name="casemate", message="%(prog)s %(version)s")
def casemate() -> None:
    """Casemate finds security bugs: flows of untrusted data, known mistakes, and secrets.

    Exit codes: 0 clean, 1 findings at or over the threshold, 2 usage or configuration, 3 internal error, 4 incomplete scan, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    # A runner that cancels a job sends SIGTERM: the same clean end as Ctrl-C, so that no engine is left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    gc.set_threshold(_COLLECT_EVERY, 50, 100)
    code = run(sys.argv[1:] if arguments is None else list(arguments))
    _flush()
    gc.freeze()  # or the interpreter's last collection walks everything once more, for nothing
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code. Every failure ends here, as one clear line on standard error."""
    try:
        outcome = casemate.main(args=list(arguments), prog_name="casemate", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        _say("interrupted; nothing was reported")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`casemate scan | head`): not our failure, and nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except ScannerError as error:
        _say(*str(error).splitlines(), hint=error.hint)
        return error.exit_code
    except OSError as error:
        _say(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
        return ExitCode.INTERNAL
    except Exception as error:  # noqa: BLE001 -- a bug: it says so, with everything that helps to mend it, and never looks like a result
        traceback.print_exc()
        _say(
            f"internal error: {type(error).__name__}: {error}", hint=f"this is a bug in Casemate; please report it with the lines above at {_ISSUES}"
        )
        return ExitCode.INTERNAL
    return outcome if isinstance(outcome, int) else ExitCode.CLEAN


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(*lines: str, hint: str = "") -> None:
    first, *rest = lines or ("it failed without a word",)
    click.echo(f"casemate: error: {neutral(first)}", err=True)
    for line in rest:
        click.echo(f"  {neutral(line)}", err=True)
    if hint:
        click.echo(f"  hint: {neutral(hint)}", err=True)
