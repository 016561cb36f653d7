"""Newer syntax: generics and type aliases, except*, nested quotes in f-strings, parenthesised with, positional-only parameters."""
import sqlite3
from contextlib import closing, nullcontext
from typing import Self

from flask import Flask, request

app = Flask(__name__)
type Handle = sqlite3.Connection
db = sqlite3.connect("shop.db", check_same_thread=False)


def first[T](values: list[T], /) -> T:
    return values[0]


class Box[T]:
    def __init__(self, value: T) -> None:
        self.value = value

    def put(self, value: T) -> Self:
        self.value = value
        return self

    def get(self) -> T:
        return self.value


@app.get("/generic")
def generic():
    name = first(request.args.getlist("name"))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/box")
def box():
    name = Box("x").put(request.args["name"]).get()
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/quotes")
def quotes():
    return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{request.args["name"]}'").fetchall()}  # vuln: python-sql-injection


@app.get("/with")
def parenthesised():
    with (
        closing(sqlite3.connect("other.db")) as other,
        nullcontext(request.args["name"]) as name,
    ):
        return {"rows": other.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/group")
def group():
    limit = 10
    try:
        limit = int(request.args["limit"])
    except* ValueError as errors:
        app.logger.info("%d", len(errors.exceptions))
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {limit}").fetchall()}  # safe: python-sql-injection


@app.get("/alias")
def alias():
    handle: Handle = db
    return {"rows": handle.execute(f"SELECT id FROM items WHERE size = {len(request.args["name"])}").fetchall()}  # safe: python-sql-injection
