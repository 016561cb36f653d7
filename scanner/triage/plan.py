"""The forecast for `--plan`: which findings would be asked about, in which order, and what that may cost. Nothing is called."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.triage import prompts
from scanner.triage.prompts import JUDGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.core.finding import Finding
    from scanner.triage.budget import Prices
    from scanner.triage.settings import TriageSettings
    from scanner.triage.triager import Docket

_BYTES_PER_TOKEN: Final = 4


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a typical case takes beyond its brief; assumptions, shown as such, until recordings say better."""

    turns: int = 4
    answer_tokens: int = 500  # of one turn
    tool_tokens: int = 1_200  # that one turn's tools add to the prompt


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One case: its finding, the size of its brief in tokens (estimated), and what opening it is expected to cost."""

    finding: Finding
    brief_tokens: int
    expected_usd: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """The forecast. `expected_usd` is what opening the cases takes, with challenges at the strong model's price in `challenges_usd`.

    `limit_usd` is the bound that holds whatever happens.
    """

    cases: tuple[PlannedCase, ...]
    known: int
    skipped: int
    expected_usd: Decimal
    challenges_usd: Decimal
    limit_usd: Decimal


def forecast(docket: Docket, settings: TriageSettings, prices: Prices, assumed: Assumptions | None = None) -> Plan:
    """What a run on this docket would take. Raises ScannerError for a model without a price."""
    assumed = assumed or Assumptions()
    planned = []
    challenges = Decimal(0)
    fixed = sum(len(text.encode()) for text in prompts.system(JUDGE))
    for case in docket.cases:
        brief = case.brief(JUDGE, short=False)
        tokens = (fixed + len(brief.rule.encode()) + len(brief.case.encode("utf-8", "replace"))) // _BYTES_PER_TOKEN
        turns = tuple(_turns(tokens, assumed))
        planned.append(PlannedCase(case.finding, tokens, sum((prices.cost(settings.models.opener, turn) for turn in turns), Decimal(0))))
        challenges += sum((prices.cost(settings.models.strong, turn) for turn in turns), Decimal(0))
    expected = sum((case.expected_usd for case in planned), Decimal(0))
    return Plan(tuple(planned), len(docket.known), len(docket.skipped), expected, challenges, settings.max_cost_usd)


def _turns(brief: int, assumed: Assumptions) -> Iterator[Usage]:
    """The first turn writes the brief to the cache; each later one reads what stood before and writes what was added."""
    added = assumed.answer_tokens + assumed.tool_tokens
    yield Usage(calls=1, output_tokens=assumed.answer_tokens, cache_write_tokens=brief)
    for turn in range(1, assumed.turns):
        read = brief + (turn - 1) * added
        yield Usage(calls=1, output_tokens=assumed.answer_tokens, cache_write_tokens=added, cache_read_tokens=read)
