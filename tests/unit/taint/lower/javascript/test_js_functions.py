"""Functions, parameters, receivers, classes, prototypes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_function_has_this_where_it_uses_it(lowered: Callable[..., list[str]]) -> None:
    assert lowered("f(function (a) { return this.x + a }); g(() => this); function h() { return () => this.y }") == [
        "def h(this)",
        "  return <def h.<lambda@76>();   return this.y>",
        "f(<def <lambda@2>(this, a);   return (this.x + a)>)",
        "g(<def <lambda@41>();   return this>)",
    ]


def test_arguments_are_a_list_of_what_was_given(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function f(a, b) { return arguments[0] } function g(a, ...b) { return () => arguments }") == [
        "def f(a, b, *@arguments)",
        "  arguments = list<a, b, *@arguments>",
        "  return arguments[0]",
        "def g(a, *b)",
        "  arguments = list<a, *b>",
        "  return <def g.<lambda@70>();   return arguments>",
    ]


def test_a_variable_whose_value_is_a_function_is_a_definition(lowered: Callable[..., list[str]]) -> None:
    assert lowered("const f = async (a) => a, g = function fact(n) { return fact(n - 1) }; let h = function* () {};") == [
        "def f(a)",
        "  return a",
        "def g(n)",
        "  return g((n - 1))",
        "generator h()",
    ]


def test_types_of_parameters_are_the_class_that_says_most(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function f(a: Foo | null, b?: string[], c: Promise<Bar> = d, e: x.Y, g: Map<K, V>, h: 1, ...i: Array<Z>): Promise<void> {}") == [
        "def f(a: Foo, b: Array[String], c: Bar = d, e: x.Y, g: Map, h, *i: Array[Z])",
    ]


def test_parameters_keep_their_decorators(lowered: Callable[..., list[str]]) -> None:
    assert lowered('class A { m(@Param("id") id: string, @Body() @Valid() body: Dto) {} }') == [
        "class A()",
        "  def A.m(this, @Param('id') id: String, @Body() @Valid() body: Dto)",
    ]


def test_overloads_and_declarations_are_left_out(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
function g(a: string): void; function g(a: any) { return a } declare function h(): void;
declare const k: number; type T = {a: 1};
""") == [
        "def g(a)",
        "  return a",
    ]


def test_the_parts_of_a_class(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
class A { x = this.y; z() { return super.z() } static n = 1; static { boot(this) }
static make() { return new this() } static t() {} #p() {} }
""") == [
        "class A()",
        "  this = A",
        "  def A.__init__(this)",
        "    this.x = this.y",
        "  def A.z(this)",
        "    return super().z()",
        "  n = 1",
        "  boot(this)",
        "  @classmethod",
        "  def A.make(this)",
        "    return new this()",
        "  @staticmethod",
        "  def A.t()",
        "  def A.#p(this)",
    ]


def test_accessors_and_computed_names_of_a_class(lowered: Callable[..., list[str]]) -> None:
    assert lowered('class A { get v() { return 1 } set v(w) { this.w = w } [Symbol.iterator]() {} ["k"]() {} }') == [
        "class A()",
        "  @property",
        "  def A.v(this)",
        "    return 1",
        "  @v.setter",
        "  def A.v=(this, w)",
        "    this.w = w",
        "  def A.[Symbol.iterator](this)",
        "  def A.k(this)",
    ]


def test_a_function_in_a_field_is_a_method(lowered: Callable[..., list[str]]) -> None:
    assert lowered("class A { h = (e) => this.x(e); async = async function () { return this } }") == [
        "class A()",
        "  def A.h(this, e)",
        "    return this.x(e)",
        "  def A.async(this)",
        "    return this",
    ]


def test_fields_come_behind_the_constructor_above(lowered: Callable[..., list[str]]) -> None:
    assert lowered("class C extends A { constructor(a) { log(a); super(a); this.b = 1 } g = 2 }") == [
        "class C(A)",
        "  def C.__init__(this, a)",
        "    log(a)",
        "    super().__init__(a)",
        "    this.g = 2",
        "    this.b = 1",
    ]


def test_a_class_with_fields_has_a_constructor(lowered: Callable[..., list[str]]) -> None:
    assert lowered("class B extends A { f = 1 }") == [
        "class B(A)",
        "  def B.__init__(this, *@arguments)",
        "    super().__init__(*@arguments)",
        "    this.f = 1",
    ]


def test_parameters_can_be_fields(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
@Controller("u") export class U { constructor(private readonly db: Db, public x = 1, y) {}
@Get(":id") one(): Promise<User[]> { return this.db.q() } }
""") == [
        "@Controller('u')",
        "class U()",
        "  def U.__init__(this, db: Db, x = 1, y)",
        "    this.db = db",
        "    this.x = x",
        "  @Get(':id')",
        "  def U.one(this) -> Array[User]",
        "    return this.db.q()",
        "export U = U",
    ]


def test_what_is_implemented_is_a_base_behind_what_is_extended(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
abstract class D extends E.F<G> implements H, I<J> { abstract m(): void; declare e: number; f?: Foo;
@Column({a: 1}) c: string }
""") == [
        "class D(E.F, H, I)",
        "  def D.__init__(this, *@arguments)",
        "    super().__init__(*@arguments)",
        "    this.f: Foo = -",
        "    this.c: String = -",
        "  Column({'a': 1})",
    ]


def test_a_class_inside_an_expression_is_defined_before_it(lowered: Callable[..., list[str]]) -> None:
    assert lowered("f(class { m() {} }, class K extends L {});") == [
        "class <class@2>()",
        "  def <class@2>.m(this)",
        "class K(L)",
        "f(<class@2>, K)",
    ]


def test_enumerations_are_classes_of_constants(lowered: Callable[..., list[str]]) -> None:
    assert lowered('enum E { A, B = 5, C, "d-e" = "x", F = A } const enum G { H }') == [
        "class E()",
        "  A = 0",
        "  B = 5",
        "  C = 6",
        "  d-e = 'x'",
        "  F = A",
        "class G()",
        "  H = 0",
    ]


def test_namespaces_are_objects_of_what_they_export(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
namespace N { export const a = 1; function hid() { return a } export function pub() { return hid() } }
namespace O.P { export class Q {} }
""") == [
        "def hid()",
        "  return a",
        "def pub()",
        "  return hid()",
        "a = 1",
        "N = {'a': a, 'pub': pub}",
        "class Q()",
        "O = {'P': {'Q': Q}}",
    ]


def test_interfaces_say_the_types_of_properties(lowered: Callable[..., list[str]]) -> None:
    assert lowered('interface I extends J { db: Db; m(): void; s: "x" } interface Empty { m(): void } class K {} interface K { l: L }') == [
        "class I(J)",
        "  db: Db = -",
        "class K()",
    ]


def test_a_function_with_a_prototype_is_a_class(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
function A(n) { this.n = n } A.prototype.go = function (w) { return this.n + w };
A.make = function (q) { return new A(q) }; A.prototype.kind = "a";
""") == [
        "class A()",
        "  def A.__init__(this, n)",
        "    this.n = n",
        "  def A.go(this, w)",
        "    return (this.n + w)",
        "  @staticmethod",
        "  def A.make(q)",
        "    return new A(q)",
        "  kind = 'a'",
    ]


def test_prototypes_are_given_in_many_ways(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
function A() {} util.inherits(A, B); Object.assign(A.prototype, { m(x) { return x }, get g() { return 1 } });
Object.defineProperty(A.prototype, "p", { get: function () { return this.q } }); var ap = A.prototype;
ap.r = function () {}; A.prototype.s = A.prototype.r;
""") == [
        "class A(B)",
        "  def A.__init__(this)",
        "  def A.m(this, x)",
        "    return x",
        "  @property",
        "  def A.g(this)",
        "    return 1",
        "  @property",
        "  def A.p(this)",
        "    return this.q",
        "  def A.r(this)",
        "  s = r",
        "ap = A.prototype",
    ]


def test_a_prototype_may_be_made_of_another(lowered: Callable[..., list[str]]) -> None:
    assert lowered("""\
function A() {} A.prototype = Object.create(B.prototype); var C = function () {};
C.prototype = { constructor: C, m: function () {} }; class D {} D.prototype.e = function () {};
""") == [
        "class A(B)",
        "  def A.__init__(this)",
        "class C()",
        "  def C.__init__(this)",
        "  def C.m(this)",
        "class D()",
        "  def D.e(this)",
    ]


def test_a_class_as_compilers_write_it(lowered: Callable[..., list[str]]) -> None:
    assert lowered(
        """\
var Foo = (function (_super) { __extends(Foo, _super); function Foo(a) { this.a = a }
Foo.prototype.bar = function () { return this.a }; return Foo }(Base));
""",
        "javascript",
    ) == [
        "class Foo(Base)",
        "  def Foo.__init__(this, a)",
        "    this.a = a",
        "  def Foo.bar(this)",
        "    return this.a",
    ]


def test_an_asynchronous_function_as_compilers_write_it(lowered: Callable[..., list[str]]) -> None:
    assert lowered("function f() { return __awaiter(this, void 0, void 0, function* () { const x = yield g(); return this.h(x) }) }") == [
        "def f(this)",
        "  return <def f.<lambda@54>();   x = await g();   return this.h(x)>()",
    ]
