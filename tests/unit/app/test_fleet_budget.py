from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scanner.app.fleet.budget import Budget
from scanner.app.fleet.folder import RunMark

MONEY = st.decimals(min_value=0, max_value=1000, places=2)


def test_shares_are_equal_and_never_over_the_limit_of_one() -> None:
    assert Budget(Decimal(10)).grant(Decimal(0), 4) == Decimal("2.5")
    assert Budget(Decimal(10), Decimal(1)).grant(Decimal(0), 4) == Decimal(1)
    assert Budget(Decimal(10)).grant(Decimal(12), 4) == 0
    assert Budget().grant(Decimal(0), 4) == 0
    assert Budget(Decimal(10)).grant(Decimal(0), 0) == 0


@given(MONEY, MONEY, st.integers(min_value=1, max_value=50), st.integers(min_value=0, max_value=50))
def test_what_is_lost_and_tried_again_does_not_pass_the_budget(total: Decimal, each: Decimal, repositories: int, lost: int) -> None:
    lost = min(lost, repositories)
    budget = Budget(total, each)
    first = budget.grant(Decimal(0), repositories)
    spent = first * repositories
    second = budget.grant(spent, lost)
    assert spent + second * lost <= total
    assert max(first, second) <= each


@given(st.integers(min_value=0, max_value=60), st.integers(min_value=0, max_value=8))
def test_scans_under_way_when_a_run_stopped_count_as_spent(unfinished: int, at_once: int) -> None:
    mark = RunMark("run", "now", "asked", ended=False, grant="0.25", at_once=at_once)
    started = min(at_once, unfinished) if at_once else unfinished  # on a cluster nobody knows: all of them
    assert mark.under_way(unfinished) == Decimal("0.25") * started
