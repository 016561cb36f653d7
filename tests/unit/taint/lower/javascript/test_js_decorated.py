"""Decorators as compilers write them: behind the class, through a helper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_members_and_parameters_have_their_decorators_back(lowered: Callable[..., list[str]]) -> None:
    source = """
        let C = class C { constructor(db) { this.db = db; } read(id) { return id; } static make(x) { return x; } };
        __decorate([Get(":id"), __param(0, Param("id")), __metadata("design:paramtypes", [String])], C.prototype, "read", null);
        __decorate([Once(), __param(0, Raw())], C, "make", null);
        C = __decorate([Controller("c"), __metadata("design:paramtypes", [db_1.Db])], C);
    """

    assert lowered(source) == [
        "@Controller('c')",
        "class C()",
        "  def C.__init__(this, db: db_1.Db)",
        "    this.db = db",
        "  @Get(':id')",
        "  def C.read(this, @Param('id') id: String)",
        "    return id",
        "  @Once()",
        "  @staticmethod",
        "  def C.make(@Raw() x)",
        "    return x",
    ]


def test_a_class_known_by_two_names_stays_one(lowered: Callable[..., list[str]]) -> None:
    source = """
        let C = C_1 = class C { read() { return C_1.x; } };
        exports.C = C = C_1 = (0, tslib_1.__decorate)([Injectable()], C);
    """

    assert lowered(source)[:3] == ["@Injectable()", "class C_1()", "  def C_1.read(this)"]
    assert not any("__decorate" in line for line in lowered(source))


def test_fields_say_their_types(lowered: Callable[..., list[str]]) -> None:
    source = """
        class Item {}
        __decorate([IsString(), __metadata("design:type", String)], Item.prototype, "name", void 0);
        __decorate([Type(), __metadata("design:type", Object)], Item.prototype, "rest", void 0);
    """

    assert lowered(source) == ["class Item()", "  name: String = -", "  IsString()", "  Type()"]


def test_types_that_may_not_be_there_are_read_too(lowered: Callable[..., list[str]]) -> None:
    source = """
        class C { read(a, b) { } }
        __decorate([Get(), __metadata("design:paramtypes", [
            typeof (_a = typeof m.A !== "undefined" && m.A) === "function" ? _a : Object,
            typeof B === "undefined" ? Object : B
        ])], C.prototype, "read", null);
    """

    assert "  def C.read(this, a: m.A, b: B)" in lowered(source)


def test_what_decorates_something_else_is_left_as_it_is(lowered: Callable[..., list[str]]) -> None:
    source = "class C {} __decorate(list, C); __decorate([Get()], unknown.prototype, 'read', null); __decorate();"

    assert lowered(source) == ["class C()", "__decorate(list, C)", "__decorate(list<Get()>, unknown.prototype, 'read', None)", "__decorate()"]
