"""Types that a framework checks: of parameters and of the fields of a model, with unions that admit text."""
import enum
import sqlite3
import uuid
from typing import Annotated, List, Literal, Optional, Union

from fastapi import FastAPI, Path, Query
from pydantic import BaseModel, Field, constr

app = FastAPI()
db = sqlite3.connect("shop.db", check_same_thread=False)


class Direction(enum.Enum):
    UP = "asc"
    DOWN = "desc"


class Color(str, enum.Enum):
    RED = "red"


class Wanted(BaseModel):
    name: str
    direction: Literal["asc", "desc"]
    color: Color = Color.RED
    key: uuid.UUID
    number: int | None = None
    either: int | str
    anything: Union[int, str]
    perhaps: Optional[int] = None
    limit: int = Field(10, gt=0)
    label: str = Field("none")


class Basket(BaseModel):
    first: Wanted


@app.get("/member")
def member(direction: Direction):
    return db.execute(f"SELECT id FROM items ORDER BY id {direction.value}").fetchall()  # safe: python-sql-injection


@app.get("/text-member")
def text_member(color: Color):
    return db.execute(f"SELECT id FROM items WHERE color = '{color.value}'").fetchall()  # safe: python-sql-injection


@app.get("/number-or-text")
def number_or_text(name: int | str):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/union")
def union(name: Union[int, str]):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/optional")
def optional(name: Optional[int] = None, other: None | int = None):
    return db.execute(f"SELECT id FROM items LIMIT {name} OFFSET {other}").fetchall()  # safe: python-sql-injection


@app.post("/name")
def name_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM {wanted.name}").fetchall()  # vuln: python-sql-injection


@app.post("/direction")
def direction_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items ORDER BY id {wanted.direction}").fetchall()  # safe: python-sql-injection


@app.post("/color")
def color_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items WHERE color = '{wanted.color.value}'").fetchall()  # safe: python-sql-injection


@app.post("/key")
def key_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items WHERE key = '{wanted.key}'").fetchall()  # safe: python-sql-injection


@app.post("/number")
def number_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items LIMIT {wanted.number} OFFSET {wanted.perhaps}").fetchall()  # safe: python-sql-injection


@app.post("/either")
def either_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM {wanted.either}").fetchall()  # vuln: python-sql-injection


@app.post("/anything")
def anything_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM {wanted.anything}").fetchall()  # vuln: python-sql-injection


@app.post("/limit")
def limit_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items LIMIT {wanted.limit}").fetchall()  # safe: python-sql-injection


@app.post("/label")
def label_of(wanted: Wanted):
    return db.execute(f"SELECT id FROM items WHERE label = '{wanted.label}'").fetchall()  # vuln: python-sql-injection


@app.post("/inner")
def inner(basket: Basket):
    return db.execute(f"SELECT id FROM items LIMIT {basket.first.number}").fetchall()  # safe: python-sql-injection


@app.post("/inner-name")
def inner_name(basket: Basket):
    return db.execute(f"SELECT id FROM {basket.first.name}").fetchall()  # vuln: python-sql-injection


def run(wanted: Wanted):
    return db.execute(f"SELECT id FROM {wanted.name} LIMIT {wanted.number}").fetchall()  # vuln: python-sql-injection


@app.post("/passed")
def passed(wanted: Wanted):
    return run(wanted)


class Loose:
    number: int
    name: str


class Report:
    def __init__(self, wanted: Wanted, loose: Loose):
        self.wanted = wanted
        self.loose = loose

    def numbers(self):
        return db.execute(f"SELECT id FROM items LIMIT {self.wanted.number}").fetchall()  # safe: python-sql-injection

    def directions(self):
        return db.execute(f"SELECT id FROM items ORDER BY id {self.wanted.direction}").fetchall()  # safe: python-sql-injection

    def names(self):
        return db.execute(f"SELECT id FROM {self.wanted.name}").fetchall()  # vuln: python-sql-injection

    def unchecked(self):
        return db.execute(f"SELECT id FROM {self.loose.number}").fetchall()  # vuln: python-sql-injection


def count(wanted: Wanted):
    return db.execute(f"SELECT id FROM items LIMIT {wanted.number}").fetchall()  # safe: python-sql-injection


def colors(basket: Basket):
    return db.execute(f"SELECT id FROM items WHERE color = '{basket.first.color.value}'").fetchall()  # safe: python-sql-injection


def either(wanted: Wanted):
    return db.execute(f"SELECT id FROM {wanted.either}").fetchall()  # vuln: python-sql-injection


def loosely(loose: Loose):
    return db.execute(f"SELECT id FROM {loose.number}").fetchall()  # vuln: python-sql-injection


def first_of(basket: Basket) -> Wanted:
    return basket.first


@app.post("/handed-on")
def handed_on(basket: Basket, name: str):
    loose = Loose()
    loose.number = name
    count(basket.first)
    colors(basket)
    either(basket.first)
    loosely(loose)
    report = Report(basket.first, loose)
    db.execute(f"SELECT id FROM items LIMIT {first_of(basket).number}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {first_of(basket).name}")  # vuln: python-sql-injection
    return [report.numbers(), report.directions(), report.names(), report.unchecked()]


class Named(BaseModel):
    strict: str = Field(pattern="^[a-z_]+$")
    annotated: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,40}$")]
    older: constr(regex="^[a-z]+$")
    open_end: str = Field("x", pattern="^[a-z]+")
    open_start: str = Field("x", pattern="[a-z]+$")
    anything: str = Field(pattern="^.*$")


def _sorted(named: Named):
    return db.execute(f"SELECT id FROM items ORDER BY {named.strict}").fetchall()  # safe: python-sql-injection


@app.post("/patterns")
def patterns(named: Named):
    db.execute(f"SELECT id FROM {named.strict}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {named.annotated}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {named.older}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {named.open_end}")  # vuln: python-sql-injection
    db.execute(f"SELECT id FROM {named.open_start}")  # vuln: python-sql-injection
    db.execute(f"SELECT id FROM {named.anything}")  # vuln: python-sql-injection
    return _sorted(named)


@app.get("/parameters/{name}")
def parameters(
    name: Annotated[str, Path(pattern="^[a-z]+$")],
    order: str = Query("id", pattern="^(asc|desc)$"),
    free: str = Query("id", pattern="^[a-z]+"),
    plain: str = Query("id"),
):
    db.execute(f"SELECT id FROM {name}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM items ORDER BY id {order}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {free}")  # vuln: python-sql-injection
    return db.execute(f"SELECT id FROM {plain}").fetchall()  # vuln: python-sql-injection


class Many(BaseModel):
    numbers: list[int]
    keys: Optional[List[uuid.UUID]] = None
    words: list[Literal["a", "b"]] = Field(default_factory=list)
    names: list[str]
    mixed: list[Union[int, str]]


def _joined(many: Many):
    numbers = ",".join(str(number) for number in many.numbers)
    return db.execute(f"SELECT id FROM items WHERE id IN ({numbers})").fetchall()  # safe: python-sql-injection


@app.post("/many")
def many_of(many: Many):
    names = ",".join(many.names)
    words = ",".join(many.words)
    db.execute(f"SELECT id FROM items WHERE id IN {many.numbers[0]}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM items WHERE id IN {many.keys}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM items WHERE id IN {words}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM items WHERE id IN {names}")  # vuln: python-sql-injection
    db.execute(f"SELECT id FROM items WHERE id IN {many.mixed[0]}")  # vuln: python-sql-injection
    return _joined(many)


@app.get("/list-parameters")
def list_parameters(numbers: list[int] = Query(), names: Annotated[list[str], Query()] = ()):
    db.execute(f"SELECT id FROM items WHERE id IN ({','.join(map(str, numbers))})")  # safe: python-sql-injection
    return db.execute(f"SELECT id FROM items WHERE id IN ({','.join(names)})").fetchall()  # vuln: python-sql-injection
