"""Functions without a name: kept in variables, passed on, as keys of a sort, as callbacks of map and filter."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
quote = lambda text: "'" + text + "'"
number = lambda text: int(text)
fetch = lambda query: db.execute(query).fetchall()  # vuln: python-sql-injection
DIRECTION = {"up": lambda column: column + " ASC", "down": lambda column: column + " DESC"}


def apply(function, value):
    return function(value)


@app.get("/variable")
def variable():
    return {"rows": db.execute("SELECT id FROM items WHERE name = " + quote(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/sink")
def sink():
    return {"rows": fetch("SELECT id FROM items WHERE name = '" + request.args["name"] + "'")}


@app.get("/passed")
def passed():
    clause = apply(lambda text: f"name = '{text}'", request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + clause).fetchall()}  # vuln: python-sql-injection


@app.get("/map")
def mapped():
    clauses = map(lambda pair: f"{pair[0]} = ?", request.args.items())
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(clauses)).fetchall()}  # vuln: python-sql-injection


@app.get("/sorted")
def ordered():
    names = sorted(request.args.getlist("name"), key=lambda name: len(name))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + names[0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/number")
def numbers():
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {number(request.args['id'])}").fetchall()}  # safe: python-sql-injection


@app.get("/mapped-numbers")
def mapped_numbers():
    wanted = list(map(lambda text: str(int(text)), request.args.getlist("id")))
    return {"rows": db.execute("SELECT name FROM items WHERE id IN (" + ",".join(wanted) + ")").fetchall()}  # safe: python-sql-injection


@app.get("/applied-number")
def applied_number():
    wanted = apply(lambda text: int(text), request.args["id"])
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection
