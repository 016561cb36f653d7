"""Dataclasses as plain values and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.rulepack.codec import Codec

if TYPE_CHECKING:
    from collections.abc import Mapping


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    SMALL = 1


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    colour: Colour
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    parts: tuple[Part, ...]
    by_name: Mapping[str, tuple[Part, ...]]
    pairs: tuple[tuple[Size, str], ...]
    words: frozenset[str]
    first: Part | None
    value: str | int | bool | None


CODEC = Codec(Colour=Colour, Part=Part, Size=Size)
PARTS = st.builds(Part, st.text(), st.sampled_from(Colour), st.none() | st.floats(allow_nan=False))
WHOLES = st.builds(
    Whole,
    st.lists(PARTS).map(tuple),
    st.dictionaries(st.text(), st.lists(PARTS).map(tuple)),
    st.lists(st.tuples(st.sampled_from(Size), st.text())).map(tuple),
    st.frozensets(st.text()),
    st.none() | PARTS,
    st.none() | st.booleans() | st.integers() | st.text(),
)


@given(WHOLES)
def test_what_is_encoded_comes_back_from_json(whole: Whole) -> None:
    again = CODEC.decode(Whole, json.loads(json.dumps(CODEC.encode(whole))))
    assert again == whole
    assert repr(again) == repr(whole) or len(whole.words) > 1  # the type of every value, too


def test_a_set_is_always_written_in_the_same_order() -> None:
    words = frozenset(map(str, range(50)))
    assert CODEC.encode(words) == sorted(words)


def test_a_record_with_a_field_less_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 3 values, found 2"):
        CODEC.decode(Part, ["a", "red"])


def test_a_type_that_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(TypeError, match="no codec for"):
        CODEC.decode(list, [])
