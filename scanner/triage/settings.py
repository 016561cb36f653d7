"""What the user decides about triage, and the bounds that hold whatever the model does."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from scanner.core.rule import Severity

if TYPE_CHECKING:
    from scanner.ports.chat import Effort


@dataclass(frozen=True, slots=True)
class Models:
    """Who does what: `opener` looks at every case, `strong` at what it leaves undecided, and challenges. `fallback` takes what one of them refuses.

    The efforts are sent along as they are; None sends none.
    """

    opener: str
    strong: str
    fallback: str = ""
    opener_effort: Effort | None = None
    strong_effort: Effort | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every model that may be asked, each once, in the order of their tasks."""
        return tuple(dict.fromkeys(name for name in (self.opener, self.strong, self.fallback) if name))


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one investigation, that is of one model on one case from one side; all are checked before each call.

    `tokens` counts prompts and answers together, as the endpoint reports them; `answer_tokens` is the most that one answer may take.
    """

    turns: int = 12
    tool_calls: int = 30
    tokens: int = 250_000
    seconds: float = 600.0
    answer_tokens: int = 8_192


class Mode(StrEnum):
    """Which findings are asked about: those that are suspicious enough, or all."""

    AUTO = "auto"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class TriageSettings:
    """One run. `fail_on` is the severity at which findings fail the build (None: they never do): a confirmation there is challenged.

    `challenge_all` extends the challenge to every verdict. `max_cases` None: no bound but the money. `parallel` cases are open at once.
    `preflight` asks each model for one word before any case is opened, so that a key that is refused is one clear error.
    """

    models: Models
    max_cost_usd: Decimal = Decimal(5)
    max_cases: int | None = None
    mode: Mode = Mode.AUTO
    parallel: int = 4
    fail_on: Severity | None = Severity.HIGH
    challenge_all: bool = False
    limits: Limits = field(default_factory=Limits)
    preflight: bool = True

    def __post_init__(self) -> None:
        if self.parallel < 1:
            msg = f"at least one case is open at a time, not {self.parallel}"
            raise ValueError(msg)
        if self.max_cost_usd < 0:
            msg = f"a budget is not negative: {self.max_cost_usd}"
            raise ValueError(msg)
