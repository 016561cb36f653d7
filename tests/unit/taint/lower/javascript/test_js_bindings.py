"""Declarations, destructuring, scopes, assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_patterns_bind_by_key_and_position_with_their_defaults_behind_them(lowered: Callable[..., list[str]]) -> None:
    assert lowered('const {a = {x: 1}, b: [c, , ...d], ["k" + e]: f, ...g} = h;') == [
        "{'a': a, 'b': list<c, ?<>, *d>, ('k' + e): f, **g} = h",
        "a = (a ?? {'x': 1})",
    ]


def test_a_default_that_brings_nothing_is_left_out(lowered: Callable[..., list[str]]) -> None:
    assert lowered("const {a = {}, b: {c} = {}, d = undefined} = e;") == [
        "{'a': a, 'b': {'c': c}, 'd': d} = e",
    ]


def test_a_pattern_with_a_default_goes_through_a_variable_of_its_own(lowered: Callable[..., list[str]]) -> None:
    assert lowered("const {a: {b, c = 1} = d()} = e;") == [
        "{'a': @10} = e",
        "{'b': b, 'c': c} = (@10 ?? d())",
        "c = (c ?? 1)",
    ]


def test_assignments_take_patterns_too(lowered: Callable[..., list[str]]) -> None:
    assert lowered("({a, b: o.p = 3} = h); [x, y] = [y, x];") == [
        "{'a': a, 'b': o.p} = h",
        "o.p = (o.p ?? 3)",
        "list<x, y> = list<y, x>",
    ]


def test_loops_take_patterns_apart_and_set_defaults_in_their_body(lowered: Callable[..., list[str]]) -> None:
    assert lowered("for (const {id = 1, ...rest} of rows) use(id, rest);") == [
        "for {'id': id, **rest} in rows",
        "  id = (id ?? 1)",
        "  use(id, rest)",
    ]


def test_parameters_are_taken_apart_at_the_top(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function f({a, b = 2}, [c] = [], d = 3, {e} = g(), ...h) { return a }") == [
        "def f(@11, @23 = list<>, d = 3, @40 = g(), *h)",
        "  {'a': a, 'b': b} = @11",
        "  b = (b ?? 2)",
        "  list<c> = @23",
        "  {'e': e} = (@40 ?? g())",
        "  return a",
    ]


def test_a_catch_takes_patterns(lowered: Callable[..., list[str]]) -> None:
    assert lowered("try { f() } catch ({message, code: c = 1}) { g(message, c) } finally { h() }") == [
        "try",
        "  f()",
        "except [] @19",
        "  {'message': message, 'code': c} = @19",
        "  c = (c ?? 1)",
        "  g(message, c)",
        "finally",
        "  h()",
    ]


def test_a_block_that_hides_a_name_gets_one_of_its_own(lowered: Callable[..., list[str]]) -> None:
    assert lowered("let x = 1; function g() { let y = x; { let x = y; h(x); const k = () => x; } return x }") == [
        "def g()",
        "  y = x",
        "  x@1 = y",
        "  h(x@1)",
        "  def g.k()",
        "    return x@1",
        "  return x",
        "x = 1",
    ]


def test_blocks_that_follow_one_another_share_a_name(lowered: Callable[..., list[str]]) -> None:
    assert lowered("{ let a = f(); g(a) } { const a = h(); g(a) }") == [
        "a = f()",
        "g(a)",
        "a = h()",
        "g(a)",
    ]


def test_the_variable_of_a_loop_hides_one_outside(lowered: Callable[..., list[str]]) -> None:
    assert lowered("var i = 0; for (let i = 0; i < 2; i++) f(i); f(i);") == [
        "i = 0",
        "i@1 = 0",
        "while (i@1 < 2)",
        "  f(i@1)",
        "  i@1 -= -1",
        "f(i)",
    ]


def test_a_parameter_that_is_hidden_in_an_inner_function_keeps_its_name(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function f(x) { { let x = 1; g(function (x) { return x }, () => x) } }") == [
        "def f(x)",
        "  x@1 = 1",
        "  g(<def f.<lambda@31>(x);   return x>, <def f.<lambda@58>();   return x@1>)",
    ]


def test_functions_are_defined_before_anything_runs(lowered: Callable[..., list[str]]) -> None:
    assert lowered("run(); function run() { return later() } function later() {}") == [
        "def run()",
        "  return later()",
        "def later()",
        "run()",
    ]


def test_a_function_says_whose_variables_it_assigns_to(lowered: Callable[..., list[str]]) -> None:
    assert lowered("let a; function f() { if (b) { var v = 1 } let w; return () => { v = 2; w = 3; a = 4; undeclared = 5 } }") == [
        "global a",
        "def f()",
        "  if b",
        "    v = 1",
        ("  return <def f.<lambda@57>();   global a, undeclared;   nonlocal v, w;   v = 2;   w = 3;   a = 4;   undeclared = 5>"),
    ]


def test_a_name_that_nobody_declares_is_a_property_of_the_page_where_it_has_one(lowered: Callable[..., list[str]]) -> None:
    assert lowered("location = a; name = b; function f(location) { location = c }") == [
        "def f(location)",
        "  location = c",
        "globalThis.location = a",
        "globalThis.name = b",
    ]


def test_chains_of_targets_make_their_value_once(lowered: Callable[..., list[str]]) -> None:
    assert lowered("a = b.c = f(); d = e = 1;") == [
        "a = f()",
        "b.c = a",
        "d = 1",
        "e = 1",
    ]


def test_logical_assignments_say_when_the_old_value_stays(lowered: Callable[..., list[str]]) -> None:
    assert lowered('a ??= b; c.d &&= e; f ||= g; h += "x"; i >>>= 1; j **= 2;') == [
        "a = (a ?? b)",
        "c.d = (c.d and e)",
        "f = (f or g)",
        "h += 'x'",
        "i >>= 1",
        "j **= 2",
    ]


def test_an_assignment_inside_an_expression_is_a_value(lowered: Callable[..., list[str]]) -> None:
    assert lowered("if ((m = re.exec(s)) !== null) use(m[1]); x = (y += 1); z(i++);") == [
        "if ((m := re.exec(s)) !== None)",
        "  use(m[1])",
        "x = (y := (y + 1))",
        "z((i := (i - -1)))",
    ]


def test_a_declaration_without_a_value_says_its_type_or_nothing(lowered: Callable[..., list[str]]) -> None:
    assert lowered("let a: Foo, b; var c;") == [
        "a: Foo = -",
    ]


def test_deleting_and_counting_are_statements(lowered: Callable[..., list[str]]) -> None:
    assert lowered("delete a.b; delete a[c]; i++; --a.j;") == [
        "del a.b",
        "del a[c]",
        "i -= -1",
        "a.j -= 1",
    ]
