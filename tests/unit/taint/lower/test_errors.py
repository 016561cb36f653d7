"""Source that does not parse: what can be read is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

BROKEN = [
    ("os.system(x\n", ["os.system(x)"]),
    ("f(a, g(b", ["f(a, g(b))"]),
    ("def g():\n    return os.system(x\n", ["def g()", "  return os.system(x)"]),
    ("x.", ["x"]),
    ("x = a b", ["a", "x = b"]),
    ("foo(a b c)", ["foo(a, ?<b, c>)"]),
    ("f(a)(b) = 3", ["f(a)(b)"]),
    ("class A:\n", ["class A()"]),
    ("def f(:\n  pass\ng()\n", ["def f()", "g()"]),
    ("a = 1\nx = (\nb = f(c)\n", ["a = 1", "b", "x = f(c)"]),
    ("if x:\n    y(\nelse:\n    z\nw()\n", ["if x", "  y()", "  z", "  w()"]),
    ("$$$\ng(a)\n", ["g(a)"]),
]


@pytest.mark.parametrize(("source", "expected"), BROKEN)
def test_what_is_readable_around_an_error_is_lowered(source: str, expected: list[str], lowered: Callable[[str], list[str]]) -> None:
    assert lowered(source) == expected
