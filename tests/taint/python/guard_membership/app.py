"""Allow-lists: membership in constant collections of every sort."""
import config
from config import TABLES

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = ("id", "name")
DIRECTIONS = frozenset({"ASC", "DESC"})
SORTS = {"new": "created DESC", "old": "created ASC"}


class Listing:
    allowed = ["id", "name", "price"]
    TABLES = {"items", "carts"}

    def rows(self, column):
        if column in self.allowed:
            return db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # safe: python-sql-injection
        return []

    def of(self, table):
        if table not in Listing.TABLES:
            raise ValueError(table)
        return db.execute("SELECT id FROM " + table).fetchall()  # safe: python-sql-injection


@app.get("/inline")
def inline():
    column = request.args["column"]
    if column in ("id", "name"):
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/module")
def module():
    column, direction = request.args["column"], request.args["direction"]
    if column not in COLUMNS or direction not in DIRECTIONS:
        return {"error": "unknown"}, 400
    return {"rows": db.execute(f"SELECT id FROM items ORDER BY {column} {direction}").fetchall()}  # safe: python-sql-injection


@app.get("/class")
def of_class():
    return {"rows": Listing().rows(request.args["column"]) + Listing().of(request.args["table"])}


@app.get("/replaced")
def replaced():
    column = request.args["column"]
    if column not in COLUMNS:
        column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/keys")
def keys():
    sort = request.args["sort"]
    if sort not in SORTS.keys():
        return {}, 400
    return {"rows": db.execute("SELECT id, " + sort + " FROM items ORDER BY " + SORTS[sort]).fetchall()}  # safe: python-sql-injection


@app.get("/imported")
def imported():
    column, table = request.args["column"], request.args["table"]
    if column not in config.COLUMNS:
        return {}, 400
    found = db.execute("SELECT " + column + " FROM items").fetchall()  # safe: python-sql-injection
    if table in TABLES:
        found += db.execute("SELECT id FROM " + table).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/other-variable")
def other_variable():
    column, other = request.args["column"], request.args["other"]
    if other in COLUMNS:
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/only-logged")
def only_logged():
    column = request.args["column"]
    if column not in COLUMNS:
        app.logger.warning("unknown column %r", column)
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/untrusted-list")
def untrusted_list():
    column = request.args["column"]
    if column in request.args.getlist("allowed"):
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/text")
def text():
    column = request.args["column"]
    if column in "id name price":
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/reversed")
def reversed_test():
    column = request.args["column"]
    if "id" in column or "name" in column:
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/wrong-branch")
def wrong_branch():
    column = request.args["column"]
    if column in COLUMNS:
        app.logger.info("known")
    else:
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/changed-after")
def changed_after():
    column = request.args["column"]
    if column in COLUMNS:
        column += request.args.get("suffix", "")
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


class Listing:
    columns = ("id", "name")

    def __init__(self, names):
        self.names = names

    def rows(self, column):
        if column not in self.columns:
            return []
        return db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # safe: python-sql-injection

    def named(self, column):
        if column in self.names:
            return db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # safe: python-sql-injection
        return db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # vuln: python-sql-injection


@app.get("/listing")
def listing():
    shown = Listing(["id"])
    return {"rows": shown.rows(request.args["column"]) + shown.named(request.args["other"])}


@app.get("/keys")
def keys():
    column = request.args["column"]
    if column not in TABLES.columns.keys():
        column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/own-keys")
def own_keys():
    column = request.args["column"]
    if column not in request.args.keys():
        column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
