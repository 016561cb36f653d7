"""Expressions of Python, and what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scanner.taint import ir, program

if TYPE_CHECKING:
    from collections.abc import Callable

EXPRESSIONS = [
    # names, attributes, calls
    ("a", "a"),
    ("a.b.c", "a.b.c"),
    ("(a\n # why\n .b)", "a.b"),
    ("f()", "f()"),
    ("f(a, k=v)", "f(a, k=v)"),
    ("f(*a, **b, k=v, *c)", "f(*a, **b, k=v, *c)"),
    ("f(a, # why\n k # why\n = v)", "f(a, k=v)"),
    ("f(x for x in y)", "f(generator<x for x in y>)"),
    ("f(n := 2)", "f((n := 2))"),
    ("a.b(c)[d].e(f=1)(g)", "a.b(c)[d].e(f=1)(g)"),
    ("((((a))))", "a"),
    ("( # why\n a\n)", "a"),
    # operators
    ("a + b * c", "(a + (b * c))"),
    ("a - b - c", "((a - b) - c)"),
    ("a @ b // c ** d", "((a @ b) // (c ** d))"),
    ("a % b << c | d & e", "(((a % b) << c) | (d & e))"),
    ("a ^ b >> c", "(a ^ (b >> c))"),
    ("'%s' % a", "('%s' % a)"),
    ("'{}'.format(a, *b)", "'{}'.format(a, *b)"),
    ("-1", None),
    ("-a", "(0 - a)"),
    ("+a", "a"),
    ("~a", "(a ^ -1)"),
    ("not a", "not a"),
    ("not a and b or c", "((not a and b) or c)"),
    ("a < b", "(a < b)"),
    ("a not in b", "(a not-in b)"),
    ("a is not b", "(a is-not b)"),
    ("a not  in b", "(a not-in b)"),
    ("a <> b", "(a != b)"),
    ("a < b <= c", "((a < b) and (b <= c))"),
    ("a == b.c == d", "((a == b.c) and (b.c == d))"),
    ("a < f() < c", "((a < f()) and (?<> < c))"),
    ("a if b else c", "(b ? a : c)"),
    ("a if b else c if d else e", "(b ? a : (d ? c : e))"),
    ("(a := b)", "(a := b)"),
    ("await a", "await a"),
    ("...", "?<>"),
    # subscripts
    ("a[b]", "a[b]"),
    ("a['k'][0]", "a['k'][0]"),
    ("a[b, c]", "a[tuple<b, c>]"),
    ("a[b,]", "a[tuple<b>]"),
    ("a[1:2]", "a[:]"),
    ("a[::2]", "a[:]"),
    ("a[:len(b) + 1]", "a[:]"),
    ("a[b, 1:2]", "a[:]"),
    ("a[*b]", "a[:]"),
    ("a[f(b):]", "a[?<f(b)>]"),
    ("a[f(b), :]", "a[tuple<f(b), ?<>>]"),
    ("a[b:=1]", "a[(b := 1)]"),
    # displays
    ("[a, *b]", "list<a, *b>"),
    ("(a, b)", "tuple<a, b>"),
    ("(a,)", "tuple<a>"),
    ("{a, *b}", "set<a, *b>"),
    ("[*a.b, *c[0], *f(x)(y).z]", "list<*(a.b), *(c[0]), *(f(x)(y).z)>"),
    ("(*f(x), a)", "tuple<*(f(x)), a>"),
    ("{*f(x)}", "set<*(f(x))>"),
    ("[*a or b, *c + d, *(e)]", "list<*(a or b), *(c + d), *e>"),
    ("[*a if b else c]", "list<*(b ? a : c)>"),
    ("f(*g(x), *a.b, **h(y))", "f(*g(x), *a.b, **h(y))"),
    ("a[*f(b)]", "a[tuple<*(f(b))>]"),
    ("[]", "list<>"),
    ("()", "tuple<>"),
    ("{}", "{}"),
    ("{'a': b, c: d, **e}", "{'a': b, c: d, **e}"),
    ("{'a': # why\n b}", "{'a': b}"),
    # comprehensions
    ("[a for b in c]", "list<a for b in c>"),
    ("[a for b in c if d if e for f, g in h]", "list<a for b in c if d if e for tuple<f, g> in h>"),
    ("{a for b in c}", "set<a for b in c>"),
    ("{a: b for a, b in c}", "dict<a: b for tuple<a, b> in c>"),
    ("(a async for b in c)", "generator<a for b in c>"),
    ("[await a for b in c]", "list<await a for b in c>"),
    ("[[a for a in b] for b in c]", "list<list<a for a in b> for b in c>"),
    # lambdas
    ("lambda: a", "<def <lambda@0>();   return a>"),
    ("lambda a, *b, c=1, **d: a", "<def <lambda@0>(a, *b, =c = 1, **d);   return a>"),
    ("lambda *, a: a", "<def <lambda@0>(=a);   return a>"),
    ("lambda (a, b), c: d", "<def <lambda@0>(@7, c);   tuple<a, b> = @7;   return d>"),
    ("lambda: (yield)", "<generator <lambda@0>();   return yield None>"),
    ("lambda a: lambda b: a", "<def <lambda@0>(a);   return <def <lambda@0>.<lambda@10>(b);   return a>>"),
]


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS, ids=[source for source, _ in EXPRESSIONS])
def test_an_expression_becomes(source: str, expected: str | None, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(source) == ([] if expected is None else [expected])


SLICES = [
    ('"abcdef"[1:3]', "'bc'"),
    ('"abc"[::-1]', "'cba'"),
    ('"abc"[-1:]', "'c'"),
    ('"abc"[:]', "'abc'"),
    ("b'abc'[1:]", "b'bc'"),
    ('"abc"[a:]', "'abc'[:]"),
    ('"abc"[::0]', "'abc'[:]"),
    ('"abc"[1]', "'abc'[1]"),
]


@pytest.mark.parametrize(("source", "expected"), SLICES)
def test_a_slice_of_a_literal_folds_where_its_bounds_are_literals(source: str, expected: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"x = {source}") == [f"x = {expected}"]


NUMBERS = [
    ("0", 0),
    ("42", 42),
    ("1_000", 1000),
    ("0xFF", 255),
    ("0o17", 15),
    ("0b101", 5),
    ("10L", 10),
    ("0777", 511),
    ("0xFFl", 255),
    ("123456789012345678901234567890", 123456789012345678901234567890),
    ("1.5", 1.5),
    ("1e3", 1000.0),
    ("1_0.5", 10.5),
    (".5", 0.5),
    ("-1", -1),
    ("-1.5", -1.5),
    ("True", True),
    ("False", False),
    ("None", None),
]


@pytest.mark.parametrize(("source", "value"), NUMBERS)
def test_a_number_or_word_is_its_value(source: str, value: object, lower: Callable[[str], program.Module]) -> None:
    (statement,) = lower(f"x = {source}").body
    assert isinstance(statement, program.Assign)
    assert isinstance(statement.value, ir.Const)
    assert statement.value.value == value
    assert type(statement.value.value) is type(value)


@pytest.mark.parametrize("source", ["1j", "2.5J", "9" * 100, "1e999"])
def test_a_number_that_no_constant_holds_is_opaque(source: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"x = {source}") == ["x = ?<>"]


def test_places_are_those_of_the_source(lower: Callable[[str], program.Module]) -> None:
    source = "x = f(a.b, 'é', c[0])\n"
    (statement,) = lower(source).body
    assert isinstance(statement, program.Assign)
    data = source.encode()
    call = statement.value
    assert isinstance(call, ir.Call)
    assert data[call.at : call.end].decode() == "f(a.b, 'é', c[0])"
    assert [data[arg.value.at : arg.value.end].decode() for arg in call.args] == ["a.b", "'é'", "c[0]"]


def test_an_identifier_is_compared_as_python_compares_it(lowered: Callable[[str], list[str]]) -> None:
    assert lowered("x = \uff45val(ﬁle.ﬁeld)") == ["x = eval(file.field)"]


def test_a_long_chain_of_one_operator_keeps_all_its_terms(
    lower: Callable[[str], program.Module], nodes: Callable[[program.Module], list[object]]
) -> None:
    names = [f"a{number}" for number in range(200)]
    module = lower(f"x = {' + '.join(names)}")
    found = sorted((node.at, node.id) for node in nodes(module) if isinstance(node, ir.Name))
    assert [name for _, name in found] == ["x", *names]


def test_a_long_chain_of_several_operators_keeps_all_its_terms(lowered: Callable[[str], list[str]]) -> None:
    names = [f"a{number}" for number in range(101)]
    source = " + ".join(" - ".join(pair) for pair in zip(names[::2], names[1::2], strict=False))
    assert lowered(f"x = {source}") == [f"x = ?<{', '.join(names[:100])}>"]
