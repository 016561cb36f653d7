"""Named tuples that a call makes are classes with fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "call",
    [
        "namedtuple('Point', 'x y')",
        "namedtuple('Point', 'x, y')",
        "collections.namedtuple('Point', ['x', 'y'], defaults=(0,))",
        "typing.NamedTuple('Point', [('x', int), ('y', int)])",
    ],
)
def test_a_named_tuple_is_a_class(call: str, lowered: Callable[[str], list[str]]) -> None:
    written = lowered(f"Point = {call}")
    assert written[0] == "class Point()"
    assert [line.strip().split(":")[0] for line in written[1:]] == ["x", "y"]


@pytest.mark.parametrize("call", ["namedtuple('Point', fields)", "namedtuple('Point', [x, 'y'])", "namedtuple('Point')", "other('Point', 'x y')"])
def test_another_call_stays_one(call: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"Point = {call}")[0].startswith("Point = ")


def test_a_class_takes_the_fields_of_a_named_tuple_that_is_its_base(lowered: Callable[[str], list[str]]) -> None:
    written = [line.strip() for line in lowered("class Point(namedtuple('Point', 'x y')):\n    z = 1")]
    assert [line.split(":")[0] for line in written[1:]] == ["x", "y", "z = 1"]
