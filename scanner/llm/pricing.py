"""What a call costs, and the most that one can cost, in exact decimals."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scanner.core.usage import Usage

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars per million tokens of each kind."""

    input: Decimal
    output: Decimal
    cache_write: Decimal
    cache_write_1h: Decimal
    cache_read: Decimal

    def __post_init__(self) -> None:
        for item in fields(self):
            price: Decimal = getattr(self, item.name)
            if not price.is_finite() or price < 0:
                msg = f"a price is zero or more: {item.name} is {price}"
                raise ValueError(msg)

    @property
    def dearest_input(self) -> Decimal:
        """The highest price a prompt token can have, whatever the cache does with it."""
        return max(self.input, self.cache_write, self.cache_write_1h, self.cache_read)


@dataclass(frozen=True, slots=True)
class Tier:
    """Prices of whole requests whose prompt, cache reads and writes counted, is longer than `above` tokens."""

    above: int
    prices: Prices


@dataclass(frozen=True, slots=True)
class Pricing:
    """What one model costs. `tiers` are sorted by `above` and hold for longer prompts; `batch_discount` is the part taken off in a batch."""

    prices: Prices
    tiers: tuple[Tier, ...] = ()
    batch_discount: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        above = [0, *(tier.above for tier in self.tiers)]
        if any(first >= second for first, second in pairwise(above)):
            msg = f"price tiers begin at rising prompt lengths: {above[1:]}"
            raise ValueError(msg)
        if not self.batch_discount.is_finite() or not 0 <= self.batch_discount <= 1:
            msg = f"a discount lies between 0 and 1: {self.batch_discount}"
            raise ValueError(msg)

    def cost(self, usage: Usage, *, batch: bool = False) -> Decimal:
        """What one call cost. Prices depend on the length of its prompt, so the sum of several calls is refused with a ValueError."""
        if usage.calls > 1:
            msg = f"the prices of {usage.calls} calls cannot be told from their sum: add up their costs instead"
            raise ValueError(msg)
        prices = self._prices(usage.prompt_tokens)
        total = (
            usage.input_tokens * prices.input
            + usage.output_tokens * prices.output
            + usage.cache_write_tokens * prices.cache_write
            + usage.cache_write_1h_tokens * prices.cache_write_1h
            + usage.cache_read_tokens * prices.cache_read
        )
        return total / _MILLION * self._factor(batch=batch)

    def worst_case(self, prompt_tokens: int, max_tokens: int, *, batch: bool = False) -> Decimal:
        """The most that a call can cost whose prompt has up to `prompt_tokens` and whose reply has up to `max_tokens`.

        It holds for every split of the prompt between plain tokens, cache writes and cache reads, and for every shorter prompt and reply.
        """
        if min(prompt_tokens, max_tokens) < 0:
            msg = f"tokens are not negative: {prompt_tokens}, {max_tokens}"
            raise ValueError(msg)
        ends = [*(tier.above for tier in self.tiers), prompt_tokens]
        tables = [self.prices, *(tier.prices for tier in self.tiers)]
        starts = [0, *(tier.above for tier in self.tiers)]
        reachable = [
            (min(end, prompt_tokens), prices)
            for start, end, prices in zip(starts, ends, tables, strict=True)
            if start == 0 or prompt_tokens > start  # a tier starts after its bound
        ]
        worst = max(length * prices.dearest_input + max_tokens * prices.output for length, prices in reachable)
        return worst / _MILLION * self._factor(batch=batch)

    def _prices(self, prompt_tokens: int) -> Prices:
        found = self.prices
        for tier in self.tiers:
            if prompt_tokens > tier.above:
                found = tier.prices
        return found

    def _factor(self, *, batch: bool) -> Decimal:
        return 1 - self.batch_discount if batch else Decimal(1)
