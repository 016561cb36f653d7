"""Prices: exact, bounded from above whatever the cache does, never assumed, and the user's to change."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.errors import ConfigError
from scanner.core.usage import Usage
from scanner.llm.model_list import load_catalogue
from scanner.llm.models import Thinking
from scanner.llm.pricing import Prices, Pricing, Tier
from scanner.ports.chat import Effort

CATALOGUE = load_catalogue()
HAIKU = CATALOGUE.pricing("claude-haiku-5-5")
tokens = st.integers(0, 400_000)
prices = st.builds(Prices, *[st.decimals(0, 100, places=3) for _ in fields(Prices)])
pricings = st.builds(
    lambda base, tiers, discount: Pricing(base, tuple(Tier(above, table) for above, table in sorted(tiers.items())), discount),
    prices,
    st.dictionaries(st.integers(1, 600_000), prices, max_size=3),
    st.decimals(0, 1, places=2),
)


@given(pricings, tokens, tokens, tokens, tokens, tokens, tokens, tokens, st.booleans())
def test_no_call_costs_more_than_its_worst_case(
    pricing: Pricing, plain: int, write: int, hour: int, read: int, output: int, spare: int, short: int, batch: bool
) -> None:
    usage = Usage(1, plain, output, write, hour, read)

    assert pricing.cost(usage, batch=batch) <= pricing.worst_case(usage.prompt_tokens + spare, output + short, batch=batch)


@given(tokens, st.integers(1, 128_000))
def test_the_worst_case_is_one_that_can_happen(prompt: int, output: int) -> None:
    worst = max(
        (HAIKU.cost(Usage(1, 0, output, 0, length, 0)) for length in {prompt, min(prompt, 100_000)}),
    )

    assert HAIKU.worst_case(prompt, output) == worst


@pytest.mark.parametrize(
    ("model", "usage", "cost"),
    [
        ("claude-haiku-5-5", Usage(1, 100_000, 1_000), "0.0105"),
        ("claude-haiku-5-5", Usage(1, 100_001, 1_000), "0.0525005"),
        ("claude-haiku-5-5", Usage(1, 1, 0, 50_000, 50_000), "0.0812505"),
        ("claude-haiku-5-5", Usage(1, 0, 0, 0, 0, 100_000), "0.001"),
        ("claude-haiku-5-5", Usage(1, 1, 0, 0, 0, 100_000), "0.0050005"),
        ("claude-sonnet-5-5", Usage(1, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000), "18.60"),
        ("claude-opus-5-5", Usage(1, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000), "37.40"),
        ("claude-fable-5-1", Usage(1, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000), "93.50"),
    ],
)
def test_costs_are_exact(model: str, usage: Usage, cost: str) -> None:
    pricing = CATALOGUE.pricing(model)

    assert pricing.cost(usage) == Decimal(cost)
    assert pricing.cost(usage, batch=True) == Decimal(cost) / 2


def test_the_sum_of_several_calls_has_no_price() -> None:
    with pytest.raises(ValueError, match="add up their costs"):
        HAIKU.cost(Usage(2, 150_000))


def test_every_listed_model_thinks_caches_and_has_a_window() -> None:
    assert {CATALOGUE.fast, CATALOGUE.strong, CATALOGUE.fallback} <= set(CATALOGUE.models)
    for name, model in CATALOGUE.models.items():
        assert model.id == name
        assert (model.context, model.max_output, model.thinking) == (1_000_000, 128_000, Thinking.ADAPTIVE)
        assert model.efforts == tuple(Effort)
        assert (
            0 < model.pricing.prices.cache_read < model.pricing.prices.input < model.pricing.prices.cache_write < model.pricing.prices.cache_write_1h
        )


def test_an_unknown_model_says_how_to_give_its_price() -> None:
    with pytest.raises(ConfigError, match="there is no price for the model 'gpt'") as caught:
        CATALOGUE.pricing("gpt")

    assert '[models."gpt"]' in caught.value.hint
    assert "claude-haiku-5-5" in caught.value.hint


def test_a_model_like_another_has_everything_of_it() -> None:
    found = load_catalogue({"anthropic.claude-haiku-5-5": {"like": "claude-haiku-5-5"}}).model("anthropic.claude-haiku-5-5")

    assert found == replace(CATALOGUE.model("claude-haiku-5-5"), id="anthropic.claude-haiku-5-5")


def test_a_model_of_ones_own_has_the_prices_given_and_modest_abilities() -> None:
    found = load_catalogue({"mine": {"prices": {"input": 1, "output": 0.1}}}).model("mine")

    assert found.pricing == Pricing(Prices(Decimal(1), Decimal("0.1"), Decimal("1.25"), Decimal(2), Decimal(1)))
    assert (found.thinking, found.efforts, found.strict_tools, found.forced_tools) == (Thinking.NONE, (), False, True)


def test_new_prices_come_without_the_old_ones_for_long_prompts() -> None:
    entry = {"prices": {"input": "1", "output": "2", "cache-read": "0"}, "max-output": 4_000, "effort": ["high", "low"]}
    found = load_catalogue({"claude-haiku-5-5": entry}).model("claude-haiku-5-5")

    assert found.pricing.tiers == ()
    assert found.pricing.prices.cache_read == 0
    assert (found.max_output, found.efforts, found.thinking) == (4_000, (Effort.LOW, Effort.HIGH), Thinking.ADAPTIVE)


def test_prices_for_long_prompts_can_be_given() -> None:
    entry = {"long_prompts": {"above": 200_000, "prices": {"input": 4, "output": 20}}}
    found = load_catalogue({"claude-sonnet-5-5": entry}).pricing("claude-sonnet-5-5")

    assert [found.cost(Usage(1, length)) for length in (200_000, 200_001)] == [Decimal("0.4"), Decimal("0.800004")]


MISTAKES: list[tuple[object, str]] = [
    ("free", "m: expected a table"),
    ({}, "m.prices: missing"),
    ({"like": "nobody"}, "m.like: there is no model 'nobody'"),
    ({"prices": 1}, "m.prices: expected a table"),
    ({"prices": {"input": 1}}, "m.prices: missing: output"),
    ({"prices": {"input": -1, "output": 1}}, "m.prices.input: expected US dollars"),
    ({"prices": {"input": True, "output": 1}}, "m.prices.input: expected US dollars"),
    ({"prices": {"input": float("nan"), "output": "Infinity"}}, "m.prices.output: expected US dollars"),
    ({"prices": {"input": "cheap", "output": 1}}, "m.prices.input: expected US dollars"),
    ({"prices": {"input": 1, "output": 1, "chache_read": 1}}, "m.prices.chache_read: unknown key; did you mean cache_read?"),
    ({"like": "claude-haiku-5-5", "batch_discount": 2}, "m.batch_discount: expected a number from 0 to 1"),
    ({"like": "claude-haiku-5-5", "context": 0}, "m.context: expected a whole number"),
    ({"like": "claude-haiku-5-5", "max_output": 1.5}, "m.max_output: expected a whole number"),
    ({"like": "claude-haiku-5-5", "thinking": "hard"}, "m.thinking: expected one of none, adaptive"),
    ({"like": "claude-haiku-5-5", "thinking": ["adaptive"]}, "m.thinking: expected one of"),
    ({"like": "claude-haiku-5-5", "effort": ["mild"]}, "m.effort: expected a list"),
    ({"like": "claude-haiku-5-5", "effort": [["low"]]}, "m.effort: expected a list"),
    ({"like": "claude-haiku-5-5", "strict_tools": 1}, "m.strict_tools: expected true or false"),
    ({"like": "claude-haiku-5-5", "long_prompts": False}, "m.long_prompts: expected a table"),
    ({"like": "claude-haiku-5-5", "long_prompts": {"above": 5}}, "m.long_prompts: missing: prices"),
    ({"like": "claude-haiku-5-5", "colour": "red"}, "m.colour: unknown key; known keys: like"),
]


@pytest.mark.parametrize(("entry", "message"), MISTAKES, ids=[message for _, message in MISTAKES])
def test_a_mistake_in_an_entry_is_told_with_its_place(entry: Any, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_catalogue({"m": entry}, where="casemate.toml: models")

    assert f"casemate.toml: models.{message}" in str(caught.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        load_catalogue({"a": {}, "b": {"like": "c", "context": -1}})

    assert [line.split(": ")[0] for line in str(caught.value).splitlines()] == [
        "models.a.prices",
        "models.b.like",
        "models.b.prices",
        "models.b.context",
    ]


def test_impossible_prices_cannot_be_made() -> None:
    one = Prices(*[Decimal(1)] * 5)
    for wrong in (Decimal(-1), Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="zero or more"):
            replace(one, cache_read=wrong)
    with pytest.raises(ValueError, match="rising"):
        Pricing(one, (Tier(5, one), Tier(5, one)))
    with pytest.raises(ValueError, match="discount"):
        Pricing(one, (), Decimal("1.5"))
    with pytest.raises(ValueError, match="not negative"):
        Pricing(one).worst_case(-1, 0)
