"""Tuples, dictionaries and objects that functions return."""
from collections import namedtuple
from typing import NamedTuple

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
Pair = namedtuple("Pair", ["column", "value"])


class Range(NamedTuple):
    low: int
    note: str = ""


def parse(args):
    return int(args["page"]), args["name"].strip()


def options(args):
    return {"order": "id", "name": args["name"], "limit": int(args.get("limit", "10"))}


def outcome(args):
    if "name" not in args:
        return None, "missing"
    return args["name"], None


def pair(args):
    return Pair("name", args["value"])


def spread(args):
    first, *rest = args.getlist("column")
    return first, rest


@app.get("/tuple")
def from_tuple():
    page, name = parse(request.args)
    found = db.execute(f"SELECT id FROM items LIMIT 20 OFFSET {page}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/index")
def from_index():
    found = db.execute(f"SELECT id FROM items LIMIT 20 OFFSET {parse(request.args)[0]}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + parse(request.args)[1] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/dict")
def from_dict():
    chosen = options(request.args)
    found = db.execute(f"SELECT id FROM items ORDER BY {chosen['order']} LIMIT {chosen['limit']}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + chosen["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/error")
def from_outcome():
    name, error = outcome(request.args)
    if error:
        db.execute("INSERT INTO errors VALUES ('" + error + "')")  # safe: python-sql-injection
        return {}, 400
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/named")
def from_named():
    found = pair(request.args)
    rows = db.execute("SELECT id FROM items WHERE " + found.column + " = ?", (found.value,)).fetchall()  # safe: python-sql-injection
    return {"rows": rows + db.execute("SELECT id FROM items WHERE name = '" + found.value + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/typed")
def from_typed():
    found = Range(int(request.args["low"]), note=request.args["note"])
    rows = db.execute(f"SELECT id FROM items WHERE price > {found.low}").fetchall()  # safe: python-sql-injection
    return {"rows": rows + db.execute(f"SELECT id FROM items WHERE note = '{found.note}'").fetchall()}  # vuln: python-sql-injection


@app.get("/spread")
def from_spread():
    first, rest = spread(request.args)
    return {"rows": db.execute("SELECT " + first + " FROM items ORDER BY " + ", ".join(rest)).fetchall()}  # vuln: python-sql-injection
