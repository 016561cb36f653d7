"""What reports call things."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scanner.core.finding import State, Trust
from scanner.core.usage import Usage
from scanner.core.verdict import Cause, Judgement, Part, Reason, Undecided
from scanner.reporters.words import CAUSES, PARTS, REASONS, STATES, TRUST, money, outcome, short, spent


def test_every_member_of_every_list_has_its_words() -> None:
    assert set(CAUSES) == set(Cause)
    assert set(REASONS) == set(Reason)
    assert set(STATES) == set(State)
    assert set(TRUST) == set(Trust)
    assert set(PARTS) == set(Part)


@pytest.mark.parametrize("cause", Cause)
def test_a_case_that_was_never_opened_is_not_called_undecided(cause: Cause) -> None:
    unopened = cause in {Cause.BUDGET, Cause.SKIPPED, Cause.UNAVAILABLE}
    assert outcome(Judgement(Undecided(cause))) == ("not looked at" if unopened else "undecided")


@pytest.mark.parametrize(
    ("cost", "shown"),
    [
        ("0", "$0.00"),
        ("0.00001", "$0.0001"),
        ("0.0042", "$0.0042"),
        ("0.01", "$0.01"),
        ("1.256", "$1.26"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_money_never_reads_as_nothing_when_it_is_something(cost: str, shown: str) -> None:
    assert money(Decimal(cost)) == shown


def test_what_was_spent_fits_one_line() -> None:
    assert spent(Usage(calls=1, input_tokens=1_000, output_tokens=20, cost_usd=Decimal("0.5"))) == "$0.50, 1 call, 1,000 tokens in, 20 out"


def test_a_commit_is_shortened_and_a_name_is_not() -> None:
    assert short("0123456789abcdef0123456789abcdef01234567") == "0123456789ab"
    assert short("release/2026-03") == "release/2026-03"
