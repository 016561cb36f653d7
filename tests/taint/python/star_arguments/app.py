"""Spread arguments and keywords, at calls and in definitions."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def select(table, *conditions, **options):
    query = "SELECT id FROM " + table
    if conditions:
        query += " WHERE " + " AND ".join(conditions)
    if "order" in options:
        query += " ORDER BY " + options["order"]
    return db.execute(query).fetchall()  # vuln: python-sql-injection


def limited(*, limit, table="items"):
    return db.execute(f"SELECT id FROM {table} LIMIT {limit}").fetchall()  # safe: python-sql-injection


def by_pair(column, value):
    return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # vuln: python-sql-injection


def by_safe_pair(column, value):
    return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # safe: python-sql-injection


def anything(*args, **kwargs):
    return by_pair(*args, **kwargs)


def first_of(*values):
    return values[0]


@app.get("/conditions")
def conditions():
    return {"rows": select("items", "price > 0", f"name = '{request.args['name']}'")}


@app.get("/limit")
def limit():
    return {"rows": limited(limit=int(request.args["limit"]))}


@app.get("/passed")
def passed():
    return {"rows": anything(request.args["column"], value="x")}


@app.get("/spread")
def spread():
    pair = ("name", request.args["value"])
    return {"rows": by_safe_pair(*pair)}


@app.get("/keywords")
def keywords():
    options = {"column": "name", "value": request.args["value"]}
    return {"rows": by_safe_pair(**options)}


@app.get("/first")
def first():
    column = first_of("name", request.args["column"])
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/second")
def second():
    column = first_of(request.args["column"], "name")
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


class Named:
    def __init__(self, *args, **settings):
        self.column = settings.get("column")
        self.value = settings["default"].get("value")


class Kept(Named):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)


def handed_on(**settings):
    return by_named(**settings)


def by_named(column="id", value=""):
    return db.execute("SELECT " + column + " FROM items WHERE id = ?", (value,)).fetchall()  # safe: python-sql-injection


@app.get("/kept")
def kept():
    made = Kept(column="id", default={"value": request.args["value"]})
    rows = db.execute("SELECT " + made.column + " FROM items").fetchall()  # safe: python-sql-injection
    return {"rows": rows + db.execute("SELECT id FROM items WHERE name = '" + made.value + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/handed-on")
def handed():
    return {"rows": handed_on(value=request.args["value"])}


def by_any_name(column="id"):
    return db.execute("SELECT " + column + " FROM items").fetchall()  # vuln: python-sql-injection


@app.get("/any-name")
def any_name():
    return {"rows": by_any_name(**request.args)}
