"""Properties: computed from untrusted fields, with setters, cached."""
import functools

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Search:
    def __init__(self, args):
        self._name = args["name"]
        self._limit = args.get("limit", "10")
        self._order = "id"

    @property
    def condition(self):
        return "name = '" + self._name + "'"

    @property
    def limit(self):
        return int(self._limit)

    @functools.cached_property
    def pattern(self):
        return "%" + self._name + "%"

    @property
    def order(self):
        return self._order

    @order.setter
    def order(self, value):
        self._order = value.strip()


class Listing:
    def __init__(self):
        self._column = "id"

    @property
    def column(self):
        return self._column

    @column.setter
    def column(self, value):
        if value not in ("id", "name"):
            raise ValueError(value)
        self._column = value


@app.get("/condition")
def condition():
    search = Search(request.args)
    return {"rows": db.execute("SELECT id FROM items WHERE " + search.condition).fetchall()}  # vuln: python-sql-injection


@app.get("/pattern")
def pattern():
    search = Search(request.args)
    return {"rows": db.execute(f"SELECT id FROM items WHERE name LIKE '{search.pattern}'").fetchall()}  # vuln: python-sql-injection


@app.get("/order")
def order():
    search = Search({"name": ""})
    search.order = request.args["order"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + search.order).fetchall()}  # vuln: python-sql-injection


@app.get("/limit")
def limit():
    search = Search(request.args)
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {search.limit}").fetchall()}  # safe: python-sql-injection


@app.get("/column")
def column():
    listing = Listing()
    listing.column = request.args["column"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + listing.column).fetchall()}  # safe: python-sql-injection
