"""What a model's work costs: tokens, and money in US dollars."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Final

COUNTS: Final = ("calls", "input_tokens", "output_tokens", "cache_write_tokens", "cache_write_1h_tokens", "cache_read_tokens")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls, as the Messages API counts them, and what they cost.

    `input_tokens` are those neither written to nor read from the cache: the four input counts add up to the whole prompt.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_write_tokens: int = 0
    cache_write_1h_tokens: int = 0
    cache_read_tokens: int = 0
    cost_usd: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for item in fields(self):
            if getattr(self, item.name) < 0:
                msg = f"nothing is used less than not at all: {item.name} is {getattr(self, item.name)}"
                raise ValueError(msg)

    def __add__(self, other: Usage) -> Usage:
        return Usage(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    @property
    def counts(self) -> dict[str, int]:
        """Everything but the money, by name."""
        return {name: getattr(self, name) for name in COUNTS}

    @property
    def prompt_tokens(self) -> int:
        """All tokens that were sent, however they were charged."""
        return self.input_tokens + self.cache_write_tokens + self.cache_write_1h_tokens + self.cache_read_tokens

    @property
    def cache_read_share(self) -> float:
        """Which part of the prompts came from the cache, from 0 to 1."""
        return self.cache_read_tokens / self.prompt_tokens if self.prompt_tokens else 0.0
