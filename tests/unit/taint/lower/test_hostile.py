"""Input made to break the lowering: depth, breadth, and source with pieces torn out or doubled."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.syntax.parse import Parsed, parse
from scanner.taint import ir, program
from scanner.taint.lower.python.blocks import MAX_RECOVERED
from scanner.taint.lower.python.module import lower_module
from scanner.taint.lower.python.state import MAX_BLOCK_DEPTH
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH
from tests.support.lowered import NO_LIMITS, depth

if TYPE_CHECKING:
    from collections.abc import Callable


def lower(source: str) -> program.Module:
    data = source.encode()
    parsed = parse("python", data, NO_LIMITS)
    assert isinstance(parsed, Parsed)
    return lower_module(parsed.root, data, path="a.py", name="a", package=False)


N = 3_000
NESTED = {
    "attributes": "x = a" + ".b" * N,
    "calls": "x = a" + "()" * N,
    "arguments": "x = " + "f(" * N + ")" * N,
    "keywords": "x = " + "f(k=" * N + "1" + ")" * N,
    "spreads": "x = " + "f(**" * N + "a" + ")" * N,
    "subscripts": "x = " + "a[" * N + "0" + "]" * N,
    "slices": "x = " + "a[f(" * N + "0" + "):]" * N,
    "lists": "x = " + "[" * N + "]" * N,
    "dictionaries": "x = " + "{1: " * N + "2" + "}" * N,
    "negations": "x = " + "not " * N + "a",
    "signs": "x = " + "-" * N + "a",
    "powers": "x = " + "a ** " * N + "b",
    "lambdas": "x = " + "lambda: " * N + "a",
    "defaults": "x = " + "lambda a=" * N + "b" + ": c" * N,
    "choices": "x = " + "a if b else " * N + "c",
    "comparisons": "x = " + "a < (" * N + "b" + ") < c" * N,
    "awaits": "x = " + "await " * N + "a",
    "comprehensions": "x = " + "[a for b in " * N + "c" + "]" * N,
    "generators": "x = " + "f(a for b in " * N + "c" + ")" * N,
    "walruses": "x = " + "(a := " * N + "b" + ")" * N,
    "yields": "x = " + "(yield " * N + "b" + ")" * N,
    "fields": "x = " + "f'{" * 300 + "a" + "}'" * 300,
    "annotations": "x: " + "A[" * N + "B" + "]" * N,
    "patterns": "match x:\n case " + "[" * N + "a" + "]" * N + ": pass",
    "classes in patterns": "match x:\n case " + "A(b=" * N + "a" + ")" * N + ": pass",
    "ifs": "".join(f"{' ' * level}if a:\n" for level in range(500)) + " " * 500 + "b",
    "elses": "".join(f"{' ' * level}if a: b\n{' ' * level}else:\n" for level in range(300)) + " " * 300 + "b",
    "functions": "".join(f"{' ' * level}def f():\n" for level in range(500)) + " " * 500 + "b",
    "classes": "".join(f"{' ' * level}@a\n{' ' * level}class A:\n" for level in range(500)) + " " * 500 + "b",
    "matches": "".join(f"{' ' * level}match a:\n {' ' * level}case 1:\n" for level in range(0, 400, 2)) + " " * 400 + "b",
}


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_beyond_the_bound_is_cut_and_named(kind: str) -> None:
    module = lower(NESTED[kind])
    assert module.truncated
    assert depth(module) <= 2 * (MAX_EXPRESSION_DEPTH + MAX_BLOCK_DEPTH)  # a lambda is two levels: itself and what it returns


WITHIN = "".join(f"{' ' * level}def f():\n" for level in range(MAX_BLOCK_DEPTH - 1)) + " " * MAX_BLOCK_DEPTH


@pytest.mark.parametrize("kind", [kind for kind, source in NESTED.items() if source.startswith("x")])
def test_the_bounds_hold_together(kind: str) -> None:
    assert lower(WITHIN + NESTED[kind]).truncated


FLAT = {
    "parentheses": "x = " + "(" * 100_000 + "a" + ")" * 100_000,
    "sum": "x = " + "+".join("a" * 50_000),
    "mixed sum": "x = " + "a+b-" * 25_000 + "c",
    "conjunction": "x = " + " and ".join("a" * 50_000),
    "comparison": "x = " + "<".join("a" * 50_000),
    "literals": "x = " + '"a" ' * 50_000,
    "targets": "a = " * 50_000 + "b",
    "branches": "if a: b\n" + "elif a: b\n" * 10_000 + "else: c\n",
    "conditions": "x = [a for b in c" + " if d" * 20_000 + "]",
    "handlers": "try: a\n" + "except A: b\n" * 10_000,
    "decorators": "@a\n" * 20_000 + "def f(): pass",
}


@pytest.mark.parametrize("kind", FLAT)
def test_length_alone_cuts_nothing_and_makes_nothing_deep(kind: str) -> None:
    module = lower(FLAT[kind])
    assert module.truncated == ()
    assert depth(module) < MAX_EXPRESSION_DEPTH


@pytest.mark.parametrize("source", ["(" * 20_000, "f(" * 20_000, "[" * 20_000, "f(\n" * 2_000 + ")" * 2_000 + "(", "{" * 5_000 + "def" * 500])
def test_what_is_never_closed_stays_shallow(source: str) -> None:
    assert depth(lower(source)) < MAX_EXPRESSION_DEPTH + MAX_RECOVERED


def test_a_truncated_function_is_named_and_the_others_are_whole() -> None:
    module = lower(f"def a():\n  return {'-' * 500}x\ndef b():\n  return y\nz = {'-' * 500}x\n")
    assert module.truncated == ("a", "<module>")


def test_the_middle_of_a_comparison_does_not_double_with_every_level() -> None:
    source = "x = " + "a < (" * 40 + "f()" + ") < c" * 40
    count = 0
    stack: list[object] = [lower(source).body]
    while stack:
        node = stack.pop()
        count += 1
        if isinstance(node, tuple):
            stack.extend(node)
        elif is_dataclass(node):
            stack.extend(getattr(node, name) for name in node.__dataclass_fields__)
    assert count < 5_000


SNIPPETS = (
    '''
from __future__ import annotations
import os.path as p, sys
from ..a import (b as c, d)

@app.route("/<x>", methods=["GET"])
async def view(request, /, x: "Model | None" = None, *args: int, key, **kw) -> dict[str, int]:
    """Doc."""
    global counter
    q = request.args.get("q", default=b"\\x00")
    sql = f"SELECT {q!r:>{width}} FROM {table[0]:d}" "tail" r"\\d"
    async with db.connect(p.join(a, *rest)) as conn, other:
        rows = [r async for r in conn.execute(sql % (x,)) if r and not r.hidden for s in r]
    if (n := len(rows)) > 3 and a < b <= c:
        return {**kw, "rows": rows[1:n], "n": n}
    elif not rows:
        raise NotFound("none") from None
    else:
        del rows[0], kw
    return await render(x if x else lambda y, *z: (yield))
''',
    """
class A(B, metaclass=M):
    x: int = 3
    y: "list[A]"

    @property
    def f(self): return self._x

    def g(self, value):
        try:
            self.a = b = value or -1
            self.n += ~value ** 2
        except (KeyError, ValueError) as e:
            log.warning("no %s", e)
        except* OSError: pass
        finally:
            while True:
                break
        match value, 1:
            case {"k": [a, *r], **rest} if a: use(a)
            case Point(x=0, y=py) | A.B(py, _): use(py)
            case -1 | "s" as t: pass
            case _: assert t, "no"
        for i, (j, *k) in enumerate({1: 2, 3: 4}.items()): yield from k
        else: type(self).z = {i for i in j}
""",
    """
print "a" % b, c
print >>f, `x`
exec code in ns, 0777
try: raise E, "x", tb
except E, e: pass
def f((a, b), c=10L): return a <> b, ur"x"
""",
)
DATA = [snippet.encode() for snippet in SNIPPETS]


@st.composite
def torn(draw: st.DrawFn) -> bytes:
    """A snippet with up to eight spans deleted, doubled, moved or overwritten."""
    data = draw(st.sampled_from(DATA))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        span = data[start:end]
        how = draw(st.integers(0, 3))
        if how == 0:
            data = data[:start] + data[end:]
        elif how == 1:
            data = data[:end] + span + data[end:]
        elif how == 2:
            other = draw(st.integers(0, len(data)))
            data = data[:other] + span + data[other:]
        else:
            data = data[:start] + draw(st.binary(max_size=6)) + data[end:]
    return data


def check_places(root: object, size: int) -> None:
    """Every place lies in the file, no part is missing, and every name is a name."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack.extend(node)
        elif is_dataclass(node):
            at, end = getattr(node, "at", 0), getattr(node, "end", 0)
            assert 0 <= at <= end <= size, node
            assert not isinstance(node, ir.Name) or node.id, node
            stack.extend(getattr(node, name) for name in node.__dataclass_fields__)


@settings(max_examples=400, deadline=None)
@given(torn())
def test_torn_source_is_lowered_with_places_inside_the_file(data: bytes) -> None:
    parsed = parse("python", data)
    assert isinstance(parsed, Parsed)
    module = lower_module(parsed.root, data, path="a.py", name="a", package=False)
    check_places(module, len(data))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "def ",
                "f",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                ":",
                "\n",
                "  ",
                "=",
                "a",
                ".",
                ",",
                "if ",
                "else",
                "f'",
                "'",
                "*",
                "case ",
                "match ",
                "\\",
                "é",
            ]
        )
    )
)
def test_any_heap_of_tokens_is_lowered(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    parsed = parse("python", data)
    assert isinstance(parsed, Parsed)
    check_places(lower_module(parsed.root, data, path="a.py", name="a", package=False), len(data))


def test_whole_snippets_lower_without_a_trace_of_errors(lowered: Callable[[str], list[str]]) -> None:
    assert all(lowered(snippet) for snippet in SNIPPETS)


def test_the_same_source_gives_the_same_ir() -> None:
    assert [lower(snippet) for snippet in SNIPPETS] == [lower(snippet) for snippet in SNIPPETS]
