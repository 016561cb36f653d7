"""`match` statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PATTERNS = [
    ("_", "[]"),
    ("a", "[] a=()"),
    ("1", "[1]"),
    ("-1", "[-1]"),
    ("-1.5 | 2", "[-1.5, 2]"),
    ("1+2j", "[?<>]"),
    ('"x"', "['x']"),
    ('"x" "y"', "['xy']"),
    ("None | True", "[None, True]"),
    ("a.b.C", "[a.b.C]"),
    ("1 | _", "[]"),
    ("(1 | 2) as a", "[1, 2] a=()"),
    ("(a)", "[] a=()"),
    ('"x" as a if b', "['x'] a=() if b"),
    ("[a, b]", "[?<>] a=(0,) b=(1,)"),
    ("a, b", "[?<>] a=(0,) b=(1,)"),
    ("a,", "[?<>] a=(0,)"),
    ("(a, b)", "[?<>] a=(0,) b=(1,)"),
    ("[a, *b, c]", "[?<>] a=(0,) *b=() c=(None,)"),
    ("*a, b", "[?<>] *a=() b=(None,)"),
    ("[1, *_]", "[?<>]"),
    ("[a, [b, (c, d)]]", "[?<>] a=(0,) b=(1, 0) c=(1, 1, 0) d=(1, 1, 1)"),
    ('{"k": a, 2: b, **c}', "[?<>] a=('k',) b=(2,) c=()"),
    ('{"k": {"l": [a]}}', "[?<>] a=('k', 'l', 0)"),
    ("{K.A: a, -1: b}", "[?<>] a=(None,) b=(-1,)"),
    ("{}", "[?<>]"),
    ("A()", "[?<>]"),
    ("A(x=a, y=B(z=b))", "[?<>] a=('.x',) b=('.y', '.z')"),
    ("A(a, 1, x=[b])", "[?<>] a=(None,) b=('.x', 0)"),
    ("str(a)", "[?<>] a=()"),
    ("[A(x=a) as b, _]", "[?<>] a=(0, '.x') b=(0,)"),
    ("[a] | {'k': a}", "[?<>, ?<>] a=(0,) a=('k',)"),
    ('f"x"', "['x']"),
]


@pytest.mark.parametrize(("pattern", "expected"), PATTERNS)
def test_a_pattern_becomes(pattern: str, expected: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"match x:\n  case {pattern}: y") == ["match x", f"  case {expected}", "    y"]


def test_several_subjects_are_a_tuple(lowered: Callable[[str], list[str]]) -> None:
    assert lowered("match a, b:\n  case 1, c: pass") == ["match tuple<a, b>", "  case [?<>] c=(1,)"]


def test_cases_come_in_order_with_comments_between(lowered: Callable[[str], list[str]]) -> None:
    source = "match a.b():\n  # why\n  case 1:\n    f()\n  # why\n  case _:\n    g()\n"
    assert lowered(source) == ["match a.b()", "  case [1]", "    f()", "  case []", "    g()"]


def test_match_is_still_a_name_elsewhere(lowered: Callable[[str], list[str]]) -> None:
    assert lowered("match = re.match(a)\nmatch.group(0)") == ["match = re.match(a)", "match.group(0)"]
