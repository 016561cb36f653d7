"""Imports, exports, wrappers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_imports_of_every_form(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
import a, * as b from "m"; import {c, d as e, default as f, "g-h" as i} from "./n"; import type {T} from "t";
import "side"; import g = require("g"); import h = N.O;
""") == [
        "import a <- m:default",
        "import b <- m:",
        "import c <- ./n:c",
        "import e <- ./n:d",
        "import f <- ./n:default",
        "import i <- ./n:g-h",
        "import T <- t:T",
        "import g <- g:",
        "h = N.O",
    ]


def test_modules_that_are_loaded_by_a_declaration_are_imports(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
const a = require("a"), {b, c: d} = require("b"), e = require("e").f;
const x = await import("y"), z = (await import("z")).default;
""") == [
        "import a <- a:",
        "import b <- b:b",
        "import d <- b:c",
        "import e <- e:f",
        "import x <- y:",
        "import z <- z:default",
    ]


def test_modules_that_compilers_hand_through_are_imports(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
const j = __importStar(require("j")), {k} = _interopRequireWildcard(require("k"));
use(tslib_1.__importDefault(require("l")));
""") == [
        "import j <- j:",
        "import k <- k:k",
        "use(require('l'))",
    ]


def test_a_module_that_is_used_at_once_stays_a_call(lowered: Callable[..., list[str]]) -> None:
    assert lowered('const g = require("g")(1), {h: {i}} = require("h"), k = require("k" + l), {m = 1} = require("m");') == [
        "g = require('g')(1)",
        "{'h': {'i': i}} = require('h')",
        "k = require(('k' + l))",
        "{'m': m} = require('m')",
        "m = (m ?? 1)",
    ]


def test_exports_from_other_modules(lowered: Callable[..., list[str]]) -> None:
    assert lowered('export * from "a"; export * as b from "b"; export {c, d as e} from "f"; export {g as default, h as "i-j"};') == [
        "import  <- a:*",
        "import @26 <- b:",
        "export b = @26",
        "import @51 <- f:c",
        "export c = @51",
        "import @54 <- f:d",
        "export e = @54",
        "export default = g",
        "export i-j = h",
    ]


def test_declarations_are_bound_and_exported(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
export const {a, b: [c]} = d, e = () => 1; export class F {} export function g() {} export let h;
export enum Z { Y } export interface I { j: J }
""") == [
        "def g()",
        "{'a': a, 'b': list<c>} = d",
        "def e()",
        "  return 1",
        "export a = a",
        "export c = c",
        "export e = e",
        "class F()",
        "export F = F",
        "export g = g",
        "export h = h",
        "class Z()",
        "  Y = 0",
        "export Z = Z",
        "class I()",
        "  j: J = -",
        "export I = I",
    ]


def test_a_default_may_have_a_name(lowered: Callable[..., list[str]]) -> None:
    assert lowered("export default class A { m() {} }") == [
        "class A()",
        "  def A.m(this)",
        "export default = A",
    ]


def test_a_default_may_have_none(lowered: Callable[..., list[str]]) -> None:
    assert lowered("export default function () { return 1 }") == [
        "export default = <def default();   return 1>",
    ]


def test_a_class_without_a_name_is_the_default(lowered: Callable[..., list[str]]) -> None:
    assert lowered("export default class { m() {} }") == [
        "class default()",
        "  def default.m(this)",
        "export default = default",
    ]


def test_a_default_that_is_an_arrow_function(lowered: Callable[..., list[str]]) -> None:
    assert lowered("export default async (req, res) => { res.send(req) }") == [
        "export default = <def default(req, res);   res.send(req)>",
    ]


def test_an_exported_object_exports_its_keys(lowered: Callable[..., list[str]]) -> None:
    assert lowered('module.exports = { a, b() { return 1 }, c: d, ...e, f: g(), get h() { return require("./h") } };') == [
        "@22 = <def b();   return 1>",
        "@55 = g()",
        "export a = a",
        "export b = @22",
        "export c = d",
        "export f = @55",
        "export h = require('./h')",
        "export default = {'a': a, 'b': @22, 'c': d, **e, 'f': @55, 'h': require('./h')}",
    ]


def test_the_names_of_exports(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
module.exports = function foo(a) { return a }; module.exports.bar = 1; exports.baz = () => 2;
exports["q-r"] = s; module.exports.C = class {};
""") == [
        "export default = <def foo(a);   return a>",
        "export bar = 1",
        "export baz = <def baz();   return 2>",
        "export q-r = s",
        "class C()",
        "export C = C",
    ]


def test_a_class_as_the_module(lowered: Callable[..., list[str]]) -> None:
    assert lowered("module.exports = class X { m() {} };") == [
        "class X()",
        "  def X.m(this)",
        "export default = X",
    ]


def test_a_variable_that_is_the_module_exports_its_members(lowered: Callable[..., list[str]]) -> None:
    assert lowered("var app = exports = module.exports = {}; app.go = function () {}; app.n = 1;") == [
        "app = {}",
        "export default = app",
        "@41 = <def go()>",
        "app.go = @41",
        "export go = @41",
        "app.n = 1",
        "export n = 1",
    ]


def test_a_function_that_is_the_module_exports_its_members(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function lib() {} lib.sub = function () {}; lib.alias = lib.sub; module.exports = lib;") == [
        "def lib()",
        "@18 = <def sub()>",
        "lib.sub = @18",
        "export sub = @18",
        "lib.alias = lib.sub",
        "export alias = lib.sub",
        "export default = lib",
    ]


def test_exports_that_are_only_announced_are_none(lowered: Callable[..., list[str]]) -> None:
    assert lowered("exports.a = exports.b = void 0; exports.a = a; exports = module.exports = f;") == [
        "export a = a",
        "export default = f",
    ]


def test_what_compilers_write_for_exports(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperty(exports, "a", { enumerable: true, get: function () { return b_1.a; } });
tslib_1.__exportStar(require("./c"), exports);
""") == [
        "export a = b_1.a",
        "import  <- ./c:*",
    ]


def test_an_export_inside_an_expression_is_said_before_it(lowered: Callable[..., list[str]]) -> None:
    assert lowered('typeof module === "object" && (module.exports = make()); f(exports.a = b);') == [
        "@31 = make()",
        "export default = @31",
        "((typeof(module) === 'object') and @31)",
        "export a = b",
        "f(b)",
    ]


def test_export_equals(lowered: Callable[..., list[str]]) -> None:
    assert lowered('import fs = require("fs"); export = Foo;', "typescript") == [
        "import fs <- fs:",
        "export default = Foo",
    ]


def test_a_function_called_where_it_is_written_is_its_statements(lowered: Callable[..., list[str]]) -> None:
    assert lowered("(function ($) { var a = 1; $.b = a })(jQuery); (() => { c() })(); !function () { d() }();") == [
        "a = 1",
        "jQuery.b = a",
        "c()",
        "d()",
    ]


def test_a_function_that_returns_early_stays_a_function(lowered: Callable[..., list[str]]) -> None:
    assert lowered("(function () { if (a) return; b() })(); (async () => { await c() })();") == [
        "<def <lambda@1>();   if a;     return -;   b()>()",
        "<def <lambda@41>();   await c()>()",
    ]


def test_a_function_called_for_its_value(lowered: Callable[..., list[str]]) -> None:
    assert lowered("var a = (function () { var b = 1; return { c: b } })(); module.exports = (function () { return d })();") == [
        "b = 1",
        "a = {'c': b}",
        "export default = d",
    ]


def test_names_inside_a_wrapper_do_not_meet_those_outside(lowered: Callable[..., list[str]]) -> None:
    assert lowered("var a = 1; (function () { var a = 2; f(a) })(); f(a);") == [
        "a = 1",
        "a@1 = 2",
        "f(a@1)",
        "f(a)",
    ]


def test_a_universal_module_exports_what_its_factory_returns(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
(function (root, factory) { if (typeof define === "function" && define.amd) define(["b"], factory);
else if (typeof exports === "object") module.exports = factory(require("b"));
else root.M = factory(root.b) })(this, function (b) { function go(x) { return b(x) } return { go: go, n: 1 }
});
""") == [
        "import b <- b:",
        "def go(x)",
        "  return b(x)",
        "export go = go",
        "export n = 1",
        "export default = {'go': go, 'n': 1}",
    ]


def test_a_universal_module_may_be_given_its_exports(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
(function (global, factory) { typeof exports === "object" && typeof module !== "undefined" ? factory(exports) : factory(global.M = {}) })(
this, function (exports) { "use strict";
function parse(s) { return s } exports.parse = parse });
""") == [
        "def parse(s)",
        "  return s",
        "export parse = parse",
    ]


def test_an_asynchronous_module_imports_what_it_asks_for(lowered: Callable[..., list[str]]) -> None:
    assert lowered('define(["a", "exports"], function (a, exports) { exports.b = a.b; return function run(x) { a.c(x) } });') == [
        "import a <- a:",
        "export b = a.b",
        "export default = <def run(x);   a.c(x)>",
    ]


def test_several_exports_at_once(lowered: Callable[..., list[str]]) -> None:
    assert lowered('Object.assign(module.exports, { a, b: f() }, require("c"));') == [
        "@38 = f()",
        "export a = a",
        "export b = @38",
        "import  <- c:*",
    ]
