"""Dataclasses: fields by position and keyword, defaults, __post_init__, replace, frozen ones."""
import dataclasses
from dataclasses import dataclass, field

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@dataclass
class Query:
    table: str
    column: str = "name"
    value: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    size: int
    start: int


@dataclass
class Term:
    raw: str
    text: str = field(init=False)
    length: int = field(init=False)

    def __post_init__(self):
        self.text = self.raw.strip()
        self.length = len(self.raw)

    def clause(self):
        return f"name = '{self.text}'"


@app.get("/positions")
def positions():
    query = Query("items", request.args["column"])
    return {"rows": db.execute(f"SELECT id FROM {query.table} ORDER BY {query.column}").fetchall()}  # vuln: python-sql-injection


@app.get("/keywords")
def keywords():
    query = Query(table=request.args["table"], value="x")
    return {"rows": db.execute(f"SELECT id FROM {query.table}").fetchall()}  # vuln: python-sql-injection


@app.get("/post-init")
def post_init():
    term = Term(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + term.clause()).fetchall()}  # vuln: python-sql-injection


@app.get("/replace")
def replaced():
    query = dataclasses.replace(Query("items"), column=request.args["column"])
    return {"rows": db.execute(f"SELECT id FROM items ORDER BY {query.column}").fetchall()}  # vuln: python-sql-injection


@app.get("/page")
def page():
    wanted = Page(int(request.args["size"]), int(request.args["start"]))
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {wanted.size} OFFSET {wanted.start}").fetchall()}  # safe: python-sql-injection


@app.get("/length")
def length():
    term = Term(request.args["name"])
    return {"rows": db.execute(f"SELECT id FROM items WHERE length(name) = {term.length}").fetchall()}  # safe: python-sql-injection


@app.get("/other-field")
def other_field():
    note = Query("items", value=request.args["value"])
    return {"rows": db.execute(f"SELECT id FROM {note.table} WHERE name = ?", (note.value,)).fetchall()}  # safe: python-sql-injection
