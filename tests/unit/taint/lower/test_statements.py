"""Statements of Python, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.taint import ir, program

if TYPE_CHECKING:
    from collections.abc import Callable

STATEMENTS = [
    # assignments
    ("x = 1", ["x = 1"]),
    ("x = y = 1", ["x = 1", "y = 1"]),
    ("x = y = f()", ["x = f()", "y = x"]),
    ("a.b = x = f()", ["x = f()", "a.b = x"]),
    ("a.b = c[0] = f()", ["@0 = f()", "a.b = @0", "c[0] = @0"]),
    ("a, b = c", ["tuple<a, b> = c"]),
    ("a, = b", ["tuple<a> = b"]),
    ("(a) = b", ["a = b"]),
    ("a, *b = c", ["tuple<a, *b> = c"]),
    ("(a, [b, *c]) = d", ["tuple<a, list<b, *c>> = d"]),
    ("[a, b.c] = d", ["list<a, b.c> = d"]),
    ("x = a, *b", ["x = tuple<a, *b>"]),
    ("x += a", ["x += a"]),
    ("x.y **= a, b", ["x.y **= tuple<a, b>"]),
    ("x[0] //= a", ["x[0] //= a"]),
    ("x = yield", ["x = yield None"]),
    ("type(x).y = z", ["type(x).y = z"]),
    ("type(x.y)[0].z = w", ["type(x.y)[0].z = w"]),
    ("type X[T] = list[T]", []),
    # expressions
    ('"""Says what it is."""', []),
    ("a, b", ["a", "b"]),
    ("a; b", ["a", "b"]),
    ("yield a, b", ["yield tuple<a, b>"]),
    ("yield from a", ["yield a"]),
    ("pass", []),
    ("del a, b[0], (c, [d.e])", ["del a", "del b[0]", "del c", "del d.e"]),
    ("global a, b", ["global a, b"]),
    ("nonlocal a", ["nonlocal a"]),
    ("assert a, f()", ["assert a"]),
    # branches and loops
    ("if a: b", ["if a", "  b"]),
    ("if a: b\nelif c: d\nelif e: f\nelse: g", ["if a", "  b", "else", "  if c", "    d", "  else", "    if e", "      f", "    else", "      g"]),
    ("if a:\n    # why\n    b\n# why\nelse:\n    c", ["if a", "  b", "else", "  c"]),
    ("while a: b\nelse: c", ["while a", "  b", "else", "  c"]),
    ("while True:\n  break\n  continue", ["while True", "  break", "  continue"]),
    ("for a in b: c\nelse: d", ["for a in b", "  c", "else", "  d"]),
    ("for a, b in c, d: e", ["for tuple<a, b> in tuple<c, d>", "  e"]),
    ("for a.b in c: d", ["for a.b in c", "  d"]),
    ("async for a in b: c", ["for a in b", "  c"]),
    # exceptions and contexts
    ("raise", ["raise -"]),
    ("raise a(b) from None", ["raise a(b)"]),
    ("raise a from f()", ["f()", "raise a"]),
    ("raise A, 'why'", ["raise A('why')"]),
    ("raise A, None, tb", ["raise A"]),
    (
        "try: a\nexcept (A, b.C) as e: f\nexcept D: g\nexcept: h\nelse: i\nfinally: j",
        ["try", "  a", "except [A, b.C] e", "  f", "except [D]", "  g", "except []", "  h", "else", "  i", "finally", "  j"],
    ),
    ("try: a\nexcept* A as e: b", ["try", "  a", "except [A] e", "  b"]),
    ("try: a\nexcept A, e: b", ["try", "  a", "except [A] e", "  b"]),
    ("with a: b", ["with a as -", "  b"]),
    ("with a as b, c.d() as (e, f): g", ["with a as b, c.d() as tuple<e, f>", "  g"]),
    ("with (open(a) as b, c as d.e,): f", ["with open(a) as b, c as d.e", "  f"]),
    ("with (a): b", ["with a as -", "  b"]),
    ("with (a, b) as c: d", ["with tuple<a, b> as c", "  d"]),
    ("async with a as b[0]: c", ["with a as b[0]", "  c"]),
    # Python 2
    ("print a % b, c", ["print((a % b), c)"]),
    ("print >>a, b", ["print(file=a, b)"]),
    ("print", ["print"]),
    ("exec a", ["exec(a)"]),
    ("exec a in b, c", ["exec(a, b, c)"]),
    # imports
    ("import a.b, c as d, e.f as g", ["import a <- a.b:", "import d <- c:", "import g <- e.f:"]),
    ("from a.b import c, d as e", ["import c <- a.b:c", "import e <- a.b:d"]),
    ("from . import a", ["import a <- .:a"]),
    ("from .. . a.b import (c as d, # why\n e,)", ["import d <- ...a.b:c", "import e <- ...a.b:e"]),
    ("from a import *", ["import  <- a:*"]),
    ("from __future__ import annotations", []),
    ("try:\n  import a\nexcept ImportError:\n  a = None", ["try", "  import a <- a:", "except [ImportError]", "  a = None"]),
]


@pytest.mark.parametrize(("source", "expected"), STATEMENTS, ids=[source for source, _ in STATEMENTS])
def test_a_statement_becomes(source: str, expected: list[str], lowered: Callable[[str], list[str]]) -> None:
    assert lowered(source) == expected


def test_a_ladder_of_many_branches_keeps_every_branch(
    lower: Callable[[str], program.Module], nodes: Callable[[program.Module], list[object]]
) -> None:
    source = "if a: f0()\n" + "".join(f"elif a: f{number}()\n" for number in range(1, 300)) + "else: last()\n"
    called = {node.func.id for node in nodes(lower(source)) if isinstance(node, ir.Call) and isinstance(node.func, ir.Name)}
    assert called == {f"f{number}" for number in range(300)} | {"last"}


def test_a_chain_of_targets_calls_its_value_once(lower: Callable[[str], program.Module], nodes: Callable[[program.Module], list[object]]) -> None:
    module = lower("a = b.c = d, e = f()")
    assert sum(isinstance(node, ir.Call) for node in nodes(module)) == 1


def test_a_module_says_where_it_comes_from(lower: Callable[[str], program.Module]) -> None:
    assert lower("") == program.Module("shop/app.py", "shop.app", "python", False, (), ())
