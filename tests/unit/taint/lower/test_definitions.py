"""Functions, classes, parameters and annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.taint import program

if TYPE_CHECKING:
    from collections.abc import Callable

DEFINITIONS = [
    ("def f(): pass", ["def f()"]),
    ("def f(a, b=1): return a", ["def f(a, b = 1)", "  return a"]),
    ("def f(a, /, b, *, c, d=1): pass", ["def f(a, b, =c, =d = 1)"]),
    ("def f(*a, b, **c): pass", ["def f(*a, =b, **c)"]),
    ("def f(a: int, *b: str, c: d.E = None, **e: g[h]) -> i: pass", ["def f(a: int, *b: str, =c: d.E = None, **e: g[h]) -> i"]),
    ("def f((a, (b, c)), d=1): e", ["def f(@6, d = 1)", "  tuple<a, tuple<b, c>> = @6", "  e"]),
    ("def f((a, b)=c): pass", ["def f(@6 = c)", "  tuple<a, b> = @6"]),
    ("async def f(a): await a", ["def f(a)", "  await a"]),
    ("def f[T: int](a: T) -> T: pass", ["def f(a: T) -> T"]),
    ("def f(a): yield a", ["generator f(a)", "  yield a"]),
    ("def f():\n  def g(): yield\n  return g", ["def f()", "  generator f.g()", "    yield None", "  return g"]),
    ("def f():\n  yield lambda: 1", ["generator f()", "  yield <def f.<lambda@17>();   return 1>"]),
    ("@a.b\n@c(1)\ndef f(): pass", ["@a.b", "@c(1)", "def f()"]),
    ("@a\n# why\nasync def f(): pass", ["@a", "def f()"]),
    ("class A: pass", ["class A()"]),
    ("class A(B, c.D, *e, metaclass=F): pass", ["class A(B, c.D, *e)"]),
    ("class A[T](B[T]): pass", ["class A(B[T])"]),
    ("@a\nclass A: x = 1", ["@a", "class A()", "  x = 1"]),
    (
        "class A:\n  '''Doc.'''\n  x = 1\n  @property\n  def f(self): return self.x\n  class B:\n    def g(self): pass",
        ["class A()", "  x = 1", "  @property", "  def A.f(self)", "    return self.x", "  class A.B()", "    def A.B.g(self)"],
    ),
    (
        "def f():\n  class A:\n    def g(self): return lambda: 1",
        ["def f()", "  class f.A()", "    def f.A.g(self)", "      return <def f.A.g.<lambda@44>();   return 1>"],
    ),
]


@pytest.mark.parametrize(("source", "expected"), DEFINITIONS, ids=[source for source, _ in DEFINITIONS])
def test_a_definition_becomes(source: str, expected: list[str], lowered: Callable[[str], list[str]]) -> None:
    assert lowered(source) == expected


ANNOTATIONS = [
    ("int", "int"),
    ("a.B", "a.B"),
    ("list[int]", "list[int]"),
    ("dict[str, list[int]]", "dict[tuple<str, list[int]>]"),
    ("a.B[c, ...]", "a.B[tuple<c, ?<>>]"),
    ("int | None", "(int | None)"),
    ("Callable[[int], str]", "Callable[tuple<list<int>, str>]"),
    ("'A'", "A"),
    ("'a.B'", "a.B"),
    ("'None'", "None"),
    ("'list[a.B]'", "list[a.B]"),
    ("'dict[str, A | None]'", "dict[tuple<str, (A | None)>]"),
    ("'Callable[..., A]'", "Callable[tuple<?<>, A>]"),
    ("'Callable[[A], B]'", "Callable[tuple<list<A>, B>]"),
    ("Optional['A']", "Optional[A]"),
    ("'A' | B", "(A | B)"),
    ("Literal['A']", "Literal['A']"),
    ("typing.Literal['A', 'B']", "typing.Literal[tuple<'A', 'B'>]"),
    ("Annotated['A', 'note']", "Annotated[tuple<A, 'note'>]"),
    ("'no type at all'", "'no type at all'"),
    ("'A['", "'A['"),
    ("'A | '", "'A | '"),
    ("''", "''"),
]


@pytest.mark.parametrize(("source", "expected"), ANNOTATIONS)
def test_an_annotation_is_an_expression_with_its_strings_read(source: str, expected: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"x: {source} = y") == [f"x: {expected} = y"]
    assert lowered(f"x: {source}") == [f"x: {expected} = -"]
    assert lowered(f"def f(a: {source}) -> {source}: pass") == [f"def f(a: {expected}) -> {expected}"]


def test_a_declared_attribute_keeps_its_target(lowered: Callable[[str], list[str]]) -> None:
    assert lowered("self.x: int = 3") == ["self.x: int = 3"]


def test_a_long_name_does_not_make_qualified_names_grow_without_end(
    lower: Callable[[str], program.Module], nodes: Callable[[program.Module], list[object]]
) -> None:
    source = "".join(f"{' ' * level}class {'A' * 10_000}:\n" for level in range(20)) + " " * 20 + "def f(): pass\n" + " " * 20 + "def g(): pass\n"
    named = [node.qualname for node in nodes(lower(source)) if isinstance(node, program.Class | program.Function)]
    assert len(set(named)) == 22
    assert max(map(len, named)) < 500
