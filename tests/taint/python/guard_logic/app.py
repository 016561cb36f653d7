"""Guards put together: not, and, or, nested, De Morgan."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = {"id", "name"}


@app.get("/and")
def both():
    column = request.args["column"]
    if column and column in COLUMNS and len(column) < 20:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/or")
def either():
    column = request.args["column"]
    if column in COLUMNS or column.isdigit():
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/or-open")
def either_open():
    column = request.args["column"]
    if column in COLUMNS or len(column) < 20:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/not")
def negated():
    column = request.args["column"]
    if not (column in COLUMNS):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/neither")
def neither():
    column, order = request.args["column"], request.args["order"]
    if not (column in COLUMNS and order in ("ASC", "DESC")):
        return {}, 400
    return {"rows": db.execute(f"SELECT {column} FROM items ORDER BY id {order}").fetchall()}  # safe: python-sql-injection


@app.get("/and-left")
def and_left():
    column = request.args["column"]
    if column not in COLUMNS and not app.debug:
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/nested")
def nested():
    column = request.args["column"]
    if column:
        if column.isalnum():
            return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
        return {"rows": db.execute("SELECT id FROM items WHERE note = '" + column + "'").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/one-of-two")
def one_of_two():
    column, order = request.args["column"], request.args["order"]
    if column in COLUMNS or order in ("ASC", "DESC"):
        return {"rows": db.execute(f"SELECT {column} FROM items ORDER BY id {order}").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/in-expression")
def in_expression():
    column = request.args["column"]
    query = "SELECT " + (column in COLUMNS and column or "id") + " FROM items"
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection
