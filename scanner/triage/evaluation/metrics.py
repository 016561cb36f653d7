"""What the judgements on a labelled corpus are worth.

A confirmed finding counts as positive. An undecided one counts as neither: it is open for a person. Precision is taken over confirmed findings,
recall over all vulnerable ones; the unsafe-closure rate is the part of the vulnerable ones that triage closed. Intervals are Wilson's at 95 per cent
(E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from scanner.core.usage import Usage
from scanner.core.verdict import CONFIRMED, REFUTED, UNDECIDED, Cause, Refuted, Undecided, side_of
from scanner.triage.evaluation.corpus import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scanner.core.verdict import Judgement
    from scanner.triage.evaluation.corpus import LabelledCase

_Z: Final = 1.959963984540054  # the 97.5th percentile of the normal distribution


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its interval; without any case all three are None."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval at 95 per cent."""
        if not self.total:
            return None
        n, share, square = self.total, self.hits / self.total, _Z * _Z
        middle = (share + square / (2 * n)) / (1 + square / n)
        half = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case and what triage said of it."""

    case: LabelledCase
    judgement: Judgement

    @property
    def said(self) -> str:
        """The class of the verdict."""
        return side_of(self.judgement.verdict)

    @property
    def unasked(self) -> bool:
        """Whether the model could not be reached, so that nothing was measured."""
        verdict = self.judgement.verdict
        return isinstance(verdict, Undecided) and verdict.cause is Cause.UNAVAILABLE

    @property
    def unsafe(self) -> bool:
        """Whether a vulnerable case was closed."""
        return self.case.label is Label.VULNERABLE and isinstance(self.judgement.verdict, Refuted)

    @property
    def right(self) -> bool:
        """Whether it was decided, and rightly."""
        return (self.case.label, self.said) in {(Label.VULNERABLE, CONFIRMED), (Label.SAFE, REFUTED)}


@dataclass(frozen=True, slots=True)
class Metrics:
    """Everything that is measured over some outcomes."""

    cases: int
    accuracy: Rate  # rightly decided, of all
    precision: Rate
    recall: Rate
    closed: Rate  # safe cases that were closed, of the safe ones
    unsafe_closures: Rate
    undecided: Rate
    causes: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    median_usd: Decimal = Decimal(0)
    median_tokens: int = 0


def measure(outcomes: Sequence[Outcome]) -> Metrics:
    """The metrics of some outcomes."""

    def count(keep: Callable[[Outcome], bool]) -> int:
        return sum(1 for outcome in outcomes if keep(outcome))

    vulnerable = count(lambda item: item.case.label is Label.VULNERABLE)
    hits = count(lambda item: item.case.label is Label.VULNERABLE and item.said == CONFIRMED)
    causes = Counter(item.judgement.verdict.cause.value for item in outcomes if isinstance(item.judgement.verdict, Undecided))
    costs = sorted(item.judgement.usage.cost_usd for item in outcomes)
    tokens = sorted(item.judgement.usage.prompt_tokens + item.judgement.usage.output_tokens for item in outcomes)
    return Metrics(
        cases=len(outcomes),
        accuracy=Rate(count(lambda item: item.right), len(outcomes)),
        precision=Rate(hits, count(lambda item: item.said == CONFIRMED)),
        recall=Rate(hits, vulnerable),
        closed=Rate(count(lambda item: item.case.label is Label.SAFE and item.said == REFUTED), len(outcomes) - vulnerable),
        unsafe_closures=Rate(count(lambda item: item.unsafe), vulnerable),
        undecided=Rate(count(lambda item: item.said == UNDECIDED), len(outcomes)),
        causes=dict(sorted(causes.items())),
        usage=sum((item.judgement.usage for item in outcomes), Usage()),
        median_usd=_median(costs) if costs else Decimal(0),
        median_tokens=tokens[(len(tokens) - 1) // 2] if tokens else 0,
    )


def _median(values: Sequence[Decimal]) -> Decimal:
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2
