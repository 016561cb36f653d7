"""Input made to break the lowering: depth, breadth, and source with pieces torn out or doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.syntax.parse import Parsed, parse
from scanner.taint.lower.javascript.module import DIALECTS, lower_module
from scanner.taint.lower.javascript.state import MAX_BLOCK_DEPTH
from scanner.taint.lower.state import MAX_EXPRESSION_DEPTH
from tests.support.lowered import NO_LIMITS, depth

if TYPE_CHECKING:
    from scanner.taint import program


def lower(source: str, dialect: str = "tsx") -> program.Module:
    data = source.encode()
    parsed = parse(dialect, data, NO_LIMITS)
    assert isinstance(parsed, Parsed)
    return lower_module(parsed.root, data, path="a.ts", name="a.ts", package=False, dialect=dialect)


N = 3_000
NESTED = {
    "members": "x = a" + ".b" * N,
    "calls": "x = a" + "()" * N,
    "arguments": "x = " + "f(" * N + ")" * N,
    "spreads": "x = " + "f(..." * N + "a" + ")" * N,
    "subscripts": "x = " + "a[" * N + "0" + "]" * N,
    "arrays": "x = " + "[" * N + "]" * N,
    "objects": "x = " + "{a: " * N + "2" + "}" * N,
    "computed keys": "x = " + "{[" * N + "2" + "]: 1}" * N,
    "negations": "x = " + "!" * N + "a",
    "signs": "x = " + "- " * N + "a",
    "words": "x = " + "typeof " * N + "a",
    "constructions": "x = " + "new (" * N + "A" + ")()" * N,
    "powers": "x = " + "a ** " * N + "b",
    "mixed operators": "x = " + "a + (b * " * N + "c" + ")" * N,
    "arrows": "x = " + "() => " * N + "a",
    "functions in expressions": "x = " + "function () { return " * N + "a" + "}" * N,
    "classes in expressions": "x = " + "class { a() { return " * N + "a" + "} }" * N,
    "defaults": "x = " + "(a = " * N + "b" + ") => c" * N,
    "choices": "x = " + "a ? b : " * N + "c",
    "awaits": "x = " + "await " * N + "a",
    "assignments": "x = f(" + "a = " * N + "b)",
    "templates": "x = " + "`${" * 300 + "a" + "}`" * 300,
    "patterns": "const " + "{a: " * N + "b" + "}" * N + " = c",
    "elements": "x = " + "<a>" * 300 + "</a>" * 300,
    "blocks": "{" * 500 + "a" + "}" * 500,
    "ifs": "if (a) {" * 500 + "b" + "}" * 500,
    "loops": "for (const a of b) {" * 500 + "c" + "}" * 500,
    "switches": "switch (a) { case 1: " * 500 + "b" + "}" * 500,
    "functions": "function f() {" * 500 + "b" + "}" * 500,
    "classes": "class A { a() {" * 500 + "b" + "} }" * 500,
    "wrappers": "(function () {" * 500 + "b" + "})()" * 500,
}


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_beyond_the_bound_is_cut_and_named(kind: str) -> None:
    module = lower(NESTED[kind])
    assert module.truncated
    assert depth(module) <= 3 * (MAX_EXPRESSION_DEPTH + MAX_BLOCK_DEPTH)


WITHIN = "function f() {" * (MAX_BLOCK_DEPTH - 1)


@pytest.mark.parametrize("kind", [kind for kind, source in NESTED.items() if source.startswith("x")])
def test_the_bounds_hold_together(kind: str) -> None:
    assert lower(WITHIN + NESTED[kind] + "}" * (MAX_BLOCK_DEPTH - 1)).truncated


FLAT = {
    "parentheses": "x = " + "(" * 100_000 + "a" + ")" * 100_000,
    "sum": "x = " + "+".join("a" * 50_000),
    "conjunction": "x = " + "&&".join("a" * 50_000),
    "comma": "x = (" + ",".join("a" * 50_000) + ")",
    "targets": "a = " * 20_000 + "b",
    "branches": "if (a) b; " + "else if (a) b; " * 10_000 + "else c",
    "statements": "a();" * 50_000,
    "declarations": "var a = 1;" * 20_000,
    "blocks": "{ let a; }" * 20_000,
    "cases": "switch (a) {" + "case 1: b(); break;" * 10_000 + "}",
    "empty cases": "switch (a) {" + "case 1:" * 10_000 + "}",
    "decorators": "@a\n" * 10_000 + "class A {}",
    "methods": "class A {" + "a() {}" * 10_000 + "}",
    "labels": "a: " * 500 + "b()",
}


@pytest.mark.parametrize("kind", FLAT)
def test_length_alone_cuts_nothing_and_makes_nothing_deep(kind: str) -> None:
    module = lower(FLAT[kind])
    assert module.truncated == ()
    assert depth(module) < MAX_EXPRESSION_DEPTH


def test_a_long_ladder_that_falls_through_is_cut() -> None:
    module = lower("switch (a) {" + "case 1: b();" * 2_000 + "}")
    assert module.truncated == ("<module>",)


@pytest.mark.parametrize("source", ["(" * 20_000, "f(" * 20_000, "[" * 20_000, "{" * 5_000, "`${" * 2_000, "<a>" * 2_000, "class A {" * 2_000])
def test_what_is_never_closed_is_no_failure(source: str) -> None:
    assert depth(lower(source)) < 3 * (MAX_EXPRESSION_DEPTH + MAX_BLOCK_DEPTH)


SAMPLE = """
import a, {b as c} from "m"; const {d, e: [f = 1]} = require("n");
export default class A extends B { #x = 1; static y; constructor(private z: Z) { super(); } get w() { return this.#x } async *v(@P() u) { yield* u } }
function g({h, ...i}, [j], k = 1) { label: for (const l of i) { switch (l) { case 1: continue label; default: break } } return arguments }
try { m?.n?.[o] ?? (p ||= q, r) } catch ({s}) { delete t.u } finally { v = `w${x}` }
A.prototype.y = function () { return /z/g.test(this) }; module.exports = { aa, bb() {}, get cc() { return 1 } };
(function (root, factory) { module.exports = factory(require("b")) })(this, function (dd) { return { dd } });
const ee = <div ff={gg} {...hh}>{ii}</div>; enum JJ { KK = 1 } namespace LL { export const mm = 1 } interface NN { oo: PP }
"""


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(DIALECTS)),
    st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.booleans()), min_size=1, max_size=4),
)
def test_source_with_pieces_torn_out_or_doubled_is_no_failure(dialect: str, cuts: list[tuple[int, int, bool]]) -> None:
    source = SAMPLE
    for at, length, double in cuts:
        piece = source[at : at + length]
        source = source[:at] + piece * (2 if double else 0) + source[at + length :]
    module = lower(source, dialect)
    assert module.language == "javascript"


TOKENS = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "a",
    "=",
    "=>",
    ",",
    ";",
    "`",
    "${",
    "/",
    "<",
    ">",
    "..",
    ":",
    "?",
    "\n",
    "é",
    "'",
    "@",
    "function ",
    "class ",
    "import ",
    "export ",
    "var ",
    "switch ",
    "case ",
    "new ",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=60))
def test_any_heap_of_tokens_is_no_failure(tokens: list[str]) -> None:
    assert lower("".join(tokens)).path == "a.ts"
