"""Expressions: members, calls, operators, literals, displays, JSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_constant_key_that_could_stand_behind_a_dot_does(lowered: Callable[..., list[str]]) -> None:
    assert lowered('a["b"]; a["b-c"]; a[0]; a?.["d"]; a?.b?.(c); a[k];') == [
        "a.b",
        "a['b-c']",
        "a[0]",
        "a.d",
        "a.b(c)",
        "a[k]",
    ]


def test_optional_steps_are_plain_steps(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = a?.b?.[c]?.(d) ?? e;") == [
        "x = (a.b[c](d) ?? e)",
    ]


def test_constructions_are_told_from_calls(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = new Foo; y = new a.B(1, ...c); z = Foo(1);") == [
        "x = new Foo()",
        "y = new a.B(1, *c)",
        "z = Foo(1)",
    ]


def test_words_of_the_language_are_calls(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = typeof a === "string"; y = void 0; z = void f(); w = "k" in o; v = a instanceof B;') == [
        "x = (typeof(a) === 'string')",
        "y = None",
        "z = list<f(), None>[-1]",
        "w = ('k' in o)",
        "v = (a instanceof B)",
    ]


def test_the_last_of_several_values_counts(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = (0, lib.run)(a); y = (f(), g); a, b(), c();") == [
        "x = lib.run(a)",
        "y = list<f(), g>[-1]",
        "a",
        "b()",
        "c()",
    ]


def test_templates_are_formats(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = `a${b}c${`d${e}`}`; y = `plain\\n`; z = `${a}${b}`;") == [
        "x = format<'a', b, 'c', format<'d', e>>",
        "y = 'plain\\n'",
        "z = format<a, b>",
    ]


def test_a_tagged_template_hands_its_strings_and_its_values_to_the_tag(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = sql`select ${a} from ${b}`; y = gql`plain`;") == [
        "x = sql(list<'select ', ' from '>, a, b)",
        "y = gql(list<'plain'>)",
    ]


def test_a_regular_expression_keeps_its_pattern_and_its_flags(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = /a\\/(b+)+$/gi.test(s); y = /[/]/; z = new RegExp("x");') == [
        "x = RegExp('a\\\\/(b+)+$', 'gi').test(s)",
        "y = RegExp('[/]', '')",
        "z = new RegExp('x')",
    ]


def test_escapes_are_read(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
s = 'a\\n\\u0041\\x41\\u{1F600}\\
b\\'';
""") == [
        's = "a\\nAA😀b\'"',
    ]


def test_numbers_are_read_in_every_base(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = [0x1f, 1_000, 1e3, 10n, .5, 0o17, 0b11, 017, -3, +"4", ~n, 1e999];') == [
        "x = list<31, 1000, 1000, 10, 0.5, 15, 3, 15, -3, ('4' - 0), (n ^ -1), ?<>>",
    ]


def test_objects_have_keys_of_every_kind(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = {a, b: 1, "c-d": 2, [e]: 3, ...f, m() { return this.a }, async n() {}, *o() { yield 1 }, 1: 2, g: () => 1};') == [
        (
            "x = {'a': a, 'b': 1, 'c-d': 2, e: 3, **f, 'm': <def m(this);   return this.a>, 'n': <def n()>, 'o': <gene"
            "rator o();   yield 1>, 1: 2, 'g': <def g();   return 1>}"
        ),
    ]


def test_accessors_of_objects_are_what_they_return(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = {get a() { return b }, set a(v) { w(v) }, get c() { return this.d }, __proto__: base};") == [
        "x = {'a': b, 'set a': <def set a(v);   w(v)>, 'c': <def get c(this);   return this.d>(), **base}",
    ]


def test_arrays_have_holes_and_spreads(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = [a, , ...b, ];") == [
        "x = list<a, None, *b>",
    ]


def test_awaiting_and_yielding(lowered: Callable[..., list[str]]) -> None:
    assert lowered("async function f() { for await (const c of s) await c; } function* g() { const a = yield b; yield* h(); yield }") == [
        "def f()",
        "  for c in s",
        "    await c",
        "generator g()",
        "  a = yield b",
        "  yield h()",
        "  yield None",
    ]


def test_modules_can_be_loaded_anywhere(lowered: Callable[..., list[str]]) -> None:
    assert lowered('import("w").then(m => m.go()); const lazy = () => require("./l"); x = import.meta.url;') == [
        "require('w').then(<def <lambda@17>(m);   return m.go()>)",
        "def lazy()",
        "  return require('./l')",
        "x = import.meta.url",
    ]


def test_operators_of_one_rank_lean_left(lowered: Callable[..., list[str]]) -> None:
    assert lowered("x = a + b + c; y = a && b && c || d;") == [
        "x = ((a + b) + c)",
        "y = (((a and b) and c) or d)",
    ]


def test_elements_of_the_page_are_calls(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = <div id="a" onClick={f} {...p} hidden>t {y} &amp; <b/>{" "}{/* no */}</div>;') == [
        "x = JSX.element('div', 't', y, '&', JSX.element('b'), ' ', id='a', onClick=f, **p, hidden=True)",
    ]


def test_components_are_called_with_their_properties(lowered: Callable[..., list[str]]) -> None:
    assert lowered('x = <A.B c={d}>{e}</A.B>; y = <Foo bar="b" {...q}><i/>z</Foo>; z = <><u/></>; w = <my-el a-b={1}/>;') == [
        "x = A.B({'c': d, 'children': e})",
        "y = Foo({'bar': 'b', **q, 'children': list<JSX.element('i'), 'z'>})",
        "z = JSX.element('', JSX.element('u'))",
        "w = JSX.element('my-el', a-b=1)",
    ]


def test_types_say_nothing_at_run_time(lowered: Callable[..., list[str]]) -> None:
    assert lowered("const v = w as unknown as Foo; u = (s satisfies R)!; t = f<string>(a); const y = <T,>(z: T) => z;") == [
        "v = w",
        "u = s",
        "t = f(a)",
        "def y(z: T)",
        "  return z",
    ]


def test_assertions_in_angles_say_nothing(lowered: Callable[..., list[str]]) -> None:
    assert lowered("const v = <Foo>w; x = (<any>y).z;", "typescript") == [
        "v = w",
        "x = y.z",
    ]
