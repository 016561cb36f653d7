"""match with guards and class patterns."""
from dataclasses import dataclass

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@dataclass
class Filter:
    column: str
    value: str


@dataclass
class Limit:
    rows: int


def read():
    if "limit" in request.args:
        return Limit(int(request.args["limit"]))
    return Filter(request.args["column"], request.args["value"])


@app.get("/classes")
def classes():
    match read():
        case Filter(column=column, value=value):
            return {"rows": db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()}  # vuln: python-sql-injection
        case Limit(rows=rows):
            return {"rows": db.execute(f"SELECT id FROM items LIMIT {rows}").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/positions")
def positions():
    match read():
        case Filter(column, value) if value:
            return {"rows": db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/guarded")
def guarded():
    match request.args["sort"]:
        case column if column in ("name", "price"):
            return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
        case column if column:
            return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/typed")
def typed():
    match request.get_json():
        case int(size):
            return {"rows": db.execute(f"SELECT id FROM items WHERE size = {size}").fetchall()}  # safe: python-sql-injection
        case str(name):
            return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{name}'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}
