"""Functions that call themselves and each other."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def flatten(value):
    if isinstance(value, list):
        return " AND ".join(flatten(item) for item in value)
    return "name = '" + value + "'"


def depth(value):
    if isinstance(value, list):
        return 1 + max(depth(item) for item in value)
    return 0


def even(parts, text):
    return odd(parts[1:], text + parts[0]) if parts else text


def odd(parts, text):
    return even(parts[1:], text + "-" + parts[0]) if parts else text


def numbers(values):
    if not values:
        return ""
    return str(int(values[0])) + "," + numbers(values[1:])


def walk(tree):
    db.execute("INSERT INTO seen VALUES ('" + tree["name"] + "')")  # vuln: python-sql-injection
    for child in tree.get("children", ()):
        walk(child)


def count(limit, name):
    if limit == 0:
        return db.execute("SELECT count(*) FROM items WHERE name = ?", (name,)).fetchone()  # safe: python-sql-injection
    return count(limit - 1, name)


@app.post("/flat")
def flat():
    return {"rows": db.execute("SELECT id FROM items WHERE " + flatten(request.get_json())).fetchall()}  # vuln: python-sql-injection


@app.post("/mutual")
def mutual():
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + even(request.get_json(), "") + "'").fetchall()}  # vuln: python-sql-injection


@app.post("/walk")
def walked():
    walk(request.get_json())
    return {"rows": [count(3, request.args["name"])]}


@app.post("/depth")
def deep():
    return {"rows": db.execute(f"SELECT id FROM items WHERE depth = {depth(request.get_json())}").fetchall()}  # safe: python-sql-injection


@app.post("/numbers")
def numbered():
    return {"rows": db.execute("SELECT id FROM items WHERE id IN (" + numbers(request.get_json()) + "0)").fetchall()}  # safe: python-sql-injection
