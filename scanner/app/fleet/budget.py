"""One budget for a fleet: what each repository may spend, so that all together never spend more, whatever is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final

_CENT_PARTS: Final = Decimal("0.0001")  # dollars
ROUNDS: Final = 2
"""How often a repository is tried that was lost with its machine: what the lost scan may have spent counts as spent."""


@dataclass(frozen=True, slots=True)
class Budget:
    """US dollars: `total` for the fleet, at most `each` for one repository; None where it is not bounded by that."""

    total: Decimal = Decimal(0)
    each: Decimal | None = None

    def grant(self, spent: Decimal, repositories: int) -> Decimal:
        """What each of so many repositories may spend now: equal shares of what is left, so that it does not depend on who comes first."""
        if not repositories:
            return Decimal(0)
        share = (max(self.total - spent, Decimal(0)) / repositories).quantize(_CENT_PARTS, ROUND_DOWN)
        return share if self.each is None else min(share, self.each)
