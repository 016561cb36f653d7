"""Money: predicted, reserved, settled. Concurrent cases can never overspend together.

Before a call its worst case is set aside; afterwards what it really cost takes its place. A call whose worst case does not fit waits while others
are under way, since they may give money back, and is refused when none is.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Condition
from typing import TYPE_CHECKING, Protocol

from scanner.core.usage import Usage
from scanner.ports.chat import NoReply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.ports.chat import Reply


class Prices(Protocol):
    """What tokens cost in US dollars. Raises a ScannerError for a model without a price, never lets it ride for nothing."""

    def cost(self, model: str, usage: Usage) -> Decimal:
        """What a call cost, by its token counts."""
        ...

    def worst_case(self, model: str, prompt_tokens_bound: int, max_tokens: int) -> Decimal:
        """The most that a call with a prompt and an answer of at most so many tokens can cost, cache writes included."""
        ...


@dataclass(slots=True)
class Reservation:
    """Money set aside for one call of one model. `spent` is what the call came to, once it is settled."""

    model: str
    amount: Decimal
    usage: Usage | None = None


class Budget:
    """What may be spent, what is, and what is set aside. Safe to share between threads."""

    def __init__(self, limit: Decimal, prices: Prices) -> None:
        """`limit` in US dollars."""
        self._limit = limit
        self._prices = prices
        self._reserved = Decimal(0)
        self._open = 0
        self._usage = Usage()
        self._changed = Condition()

    @property
    def usage(self) -> Usage:
        """Everything that was used so far, and what it cost."""
        with self._changed:
            return self._usage

    @property
    def left(self) -> Decimal:
        """What is neither spent nor set aside."""
        with self._changed:
            return self._limit - self._usage.cost_usd - self._reserved

    @contextmanager
    def reserve(self, model: str, prompt_tokens_bound: int, max_tokens: int) -> Iterator[Reservation | None]:
        """Money for one call, None when there is not enough. A call that is not settled when the context ends counts as its worst case."""
        amount = self._prices.worst_case(model, prompt_tokens_bound, max_tokens)
        with self._changed:
            while self._limit - self._usage.cost_usd - self._reserved < amount:
                if not self._open:
                    break
                self._changed.wait()
            granted = self._limit - self._usage.cost_usd - self._reserved >= amount
            if granted:
                self._reserved += amount
                self._open += 1
        reservation = Reservation(model, amount) if granted else None
        try:
            yield reservation
        finally:
            if reservation is not None:
                self._close(reservation)

    def settle(self, reservation: Reservation, answer: Reply | NoReply) -> Usage:
        """What the call used and cost. An answer that never came but may have been charged counts as the whole reservation."""
        said = replace(answer.usage, calls=max(answer.usage.calls, 1))
        cost = self._prices.cost(reservation.model, said)
        if isinstance(answer, NoReply) and answer.charged:
            cost = max(cost, reservation.amount)
        reservation.usage = replace(said, cost_usd=cost)
        return reservation.usage

    def _close(self, reservation: Reservation) -> None:
        used = reservation.usage if reservation.usage is not None else Usage(calls=1, cost_usd=reservation.amount)
        with self._changed:
            self._reserved -= reservation.amount
            self._open -= 1
            self._usage += used
            self._changed.notify_all()
