"""The flags that speak about triage, for every command that may ask a model."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.app.choices import DEFAULT_MAX_COST, DEFAULT_SECONDS, Asking, Provider, TriageChoice
from scanner.reporters.neutral import neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.triage.plan import Plan

_PATH = click.Path(path_type=Path)
_SHOWN = 10


class Dollars(click.ParamType[Decimal]):
    """An amount of money, kept exactly."""

    name = "USD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The amount; a negative or unreadable one is refused."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or amount < 0:
            self.fail(f"{value!r} is not an amount of US dollars", param, ctx)
        return amount


_OPTIONS = (
    click.option(
        "--triage",
        type=click.Choice([item.value for item in Asking]),
        default=Asking.AUTO.value,
        show_default=True,
        help="Ask a model about findings: auto asks about suspicious ones when ANTHROPIC_API_KEY is set, all about every one.",
    ),
    click.option("--model", default="", metavar="ID", help="The model that opens each case."),
    click.option("--strong-model", default="", metavar="ID", help="The model that takes what is undecided, disputed or severe."),
    click.option("--max-cost-usd", type=Dollars(), default=str(DEFAULT_MAX_COST), show_default=True, help="What triage may cost, at most."),
    click.option("--max-cases", type=click.IntRange(min=0), metavar="N", help="Ask about this many findings at most."),
    click.option("--challenge-all", is_flag=True, help="Let a second model argue against every verdict, not only where much hangs on it."),
    click.option(
        "--batch",
        is_flag=True,
        help="Ask the opening model in batches: at half the price, within hours. A run taken up again pays for nothing twice.",
    ),
    click.option("--batch-poll", type=click.FloatRange(min=0), default=30.0, hidden=True),
    click.option("--plan", is_flag=True, help="Say what triage would ask and cost, and ask nothing."),
    click.option("--audit", type=_PATH, metavar="DIR", help="Keep a record of all questions, answers and decisions there, for `casemate replay`."),
    click.option(
        "--provider",
        type=click.Choice([item.value for item in Provider]),
        default=Provider.ANTHROPIC.value,
        show_default=True,
        help="Whose service answers; bedrock and vertex are extras to install.",
    ),
    click.option(
        "--max-seconds",
        type=click.FloatRange(min=1),
        default=DEFAULT_SECONDS,
        show_default=True,
        help="How long one model may look at one case.",
    ),
    click.option("--models", "models_file", type=_PATH, metavar="FILE", help="Prices of models that are not listed, as TOML."),
)


def with_triage(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the flags."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def choice_of(given: Mapping[str, Any]) -> TriageChoice:
    """What click made of the flags, as one value."""
    return TriageChoice(
        mode=Asking(given["triage"]),
        provider=Provider(given["provider"]),
        model=given["model"],
        strong_model=given["strong_model"],
        max_cost_usd=given["max_cost_usd"],
        max_cases=given["max_cases"],
        challenge_all=given["challenge_all"],
        plan=given["plan"],
        models_file=given["models_file"],
        audit=given["audit"],
        seconds=given["max_seconds"],
        batch=given["batch"],
        batch_poll=given["batch_poll"],
    )


def tell_plan(plan: Plan) -> None:
    """The forecast, for people, on standard error."""
    opened = f"{len(plan.cases)} case{'' if len(plan.cases) == 1 else 's'}"
    click.echo(f"casemate: triage would open {opened}; known from before: {plan.known}; not asked about: {plan.skipped}", err=True)
    for case in plan.cases[:_SHOWN]:
        place = case.finding.place
        at = neutral(f"{place.path}:{place.start_line}")
        click.echo(f"  ${case.expected_usd:.4f}  {case.finding.severity.label:8} {case.finding.rule.id} at {at}", err=True)
    if len(plan.cases) > _SHOWN:
        click.echo(f"  and {len(plan.cases) - _SHOWN} more", err=True)
    click.echo(
        f"  expected: ${plan.expected_usd:.4f} for opening them, up to ${plan.challenges_usd:.4f} if a stronger model argues against each; "
        f"never more than ${plan.limit_usd}. Nothing was asked.",
        err=True,
    )
