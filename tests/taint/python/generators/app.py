"""Generators that hand on what they are given: yield, yield from, send."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def words(text):
    for word in text.split():
        yield word.lower()


def both(first, second):
    yield from words(first)
    yield from second


def clauses(values):
    for value in values:
        yield "name = '" + value + "'"


def numbers(values):
    for value in values:
        yield int(value)


def collector():
    held = []
    while True:
        item = yield held
        held.append(item)


@app.get("/for")
def loop():
    found = []
    for word in words(request.args["q"]):
        found += db.execute("SELECT id FROM items WHERE name = '" + word + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/from")
def delegated():
    terms = list(both(request.args["q"], ["new"]))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + terms[0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/joined")
def joined():
    query = "SELECT id FROM items WHERE " + " OR ".join(clauses(request.args.getlist("name")))
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/next")
def first():
    name = next(words(request.args["q"]), "")
    return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{name}'").fetchall()}  # vuln: python-sql-injection


@app.get("/numbers")
def converted():
    found = []
    for number in numbers(request.args.getlist("id")):
        found += db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/fixed")
def fixed():
    found = []
    for word in words("new old"):
        found += db.execute("SELECT id FROM items WHERE note = '" + word + "'").fetchall()  # safe: python-sql-injection
    return {"rows": found}
