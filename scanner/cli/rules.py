"""`casemate rules`: what the scanner knows to be wrong, and whether each rule does what its cases say."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.app.config import Environment
from scanner.cli.groups import HelpfulGroup
from scanner.cli.progress import TerminalObserver
from scanner.core.errors import ExitCode
from scanner.core.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.core.rule import Rule

_OWN_RULES = click.option(
    "--rules", multiple=True, type=click.Path(path_type=Path), metavar="PATH", help="Your own rules, in Casemate's format. Repeatable."
)


@click.group("rules", cls=HelpfulGroup)
def command() -> None:
    """List, explain and test the rules."""


@command.command("list")
@_OWN_RULES
@click.option("--language", metavar="NAME", help="Only rules for this language.")
@click.option("--engine", metavar="NAME", help="Only rules of this engine.")
@click.option("-f", "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_rules(rules: tuple[Path, ...], language: str | None, engine: str | None, format_: str) -> int:
    """List every rule: id, severity, precision, weakness, title."""
    from scanner.app.rules import load_all_rules  # noqa: PLC0415 -- start-up: loaded when it is needed

    chosen = [
        rule
        for rule in load_all_rules(rules).rules.rules
        if (language is None or language in rule.languages) and (engine is None or engine == rule.engine)
    ]
    if format_ == "json":
        from scanner.reporters.rule_page import rules_json  # noqa: PLC0415 -- start-up: loaded when it is needed

        click.echo(rules_json(chosen), nl=False)
        return ExitCode.CLEAN
    click.echo(_table(chosen), nl=False)
    click.echo(f"{len(chosen)} rules; `casemate rules show ID` explains one", err=True)
    return ExitCode.CLEAN if chosen else ExitCode.USAGE


def _table(rules: Sequence[Rule]) -> str:
    width = max((len(rule.id) for rule in rules), default=0)
    lines = [f"{rule.id:<{width}}  {rule.severity.label:<8}  {rule.precision.label:<9}  {rule.weakness:<8}  {rule.title}" for rule in rules]
    return "".join(f"{line}\n" for line in lines)


@command.command("show")
@click.argument("rule_id", metavar="ID")
@_OWN_RULES
def show(rule_id: str, rules: tuple[Path, ...]) -> int:
    """Explain one rule: what is wrong, how it is attacked, how to fix it."""
    from scanner.app.rules import load_all_rules  # noqa: PLC0415 -- start-up: loaded when it is needed
    from scanner.core.errors import UsageError  # noqa: PLC0415 -- beside its only use
    from scanner.reporters.rule_page import rule_text  # noqa: PLC0415 -- start-up: loaded when it is needed

    known = {rule.id: rule for rule in load_all_rules(rules).rules.rules}
    if rule_id not in known:
        close = nearest(rule_id, known)
        msg = f"no rule is called {rule_id}"
        raise UsageError(msg, f"did you mean {close[0]}?" if close else "see `casemate rules list`")
    environment = Environment.read()
    columns = environment.columns or shutil.get_terminal_size((100, 24)).columns
    color = sys.stdout.isatty() and not environment.no_color and not environment.dumb_terminal
    click.echo(rule_text(known[rule_id], width=min(columns, 110), color=color), nl=False)
    return ExitCode.CLEAN


@command.command("test", short_help="Run every rule on its own cases.")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--rule", "only", multiple=True, metavar="ID", help="Only the cases of this rule. Repeatable.")
def test(path: Path | None, only: tuple[str, ...]) -> int:
    """Run every rule on its own cases: those of PATH (a directory of rules), else the built-in ones.

    Exit code 0 when all pass, 1 when one fails, 4 when an engine could not look at them.
    """
    from scanner.app.cases import test_rules  # noqa: PLC0415 -- start-up: loaded when it is needed

    with TerminalObserver(sys.stderr, enabled=sys.stderr.isatty()) as observer:
        outcome = test_rules(path, frozenset(only), observer)
    for line in outcome.failures:
        click.echo(line)
    for problem in outcome.problems:
        click.echo(f"{problem.subject}: {problem.message}", err=True)
    click.echo(f"{outcome.passed} of {outcome.cases} cases pass, {outcome.rules} rules", err=True)
    if not outcome.complete:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if outcome.failures else ExitCode.CLEAN
