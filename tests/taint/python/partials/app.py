"""functools.partial: of functions of the program and of the library, and bound methods kept in variables."""
from functools import partial, partialmethod

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def select(table, column, value):
    return f"SELECT id FROM {table} WHERE {column} = '{value}'"


def limited(table, limit):
    return f"SELECT id FROM {table} LIMIT {int(limit)}"


def run(query, values=()):
    return db.execute(query, values).fetchall()  # vuln: python-sql-injection


def run_bound(query, values=()):
    return db.execute(query, values).fetchall()  # safe: python-sql-injection


class Finder:
    def find(self, column, value):
        return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # safe: python-sql-injection

    by_name = partialmethod(find, "name")


from_items = partial(select, "items", "name")
limited_items = partial(limited, "items")
by_name = partial(run_bound, "SELECT id FROM items WHERE name = ?")


@app.get("/first")
def first():
    return {"rows": db.execute(from_items(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/keyword")
def keyword():
    by_column = partial(select, "items", value="x")
    return {"rows": db.execute(by_column(column=request.args["column"])).fetchall()}  # vuln: python-sql-injection


@app.get("/delayed")
def delayed():
    later = partial(run, "SELECT id FROM items WHERE name = '" + request.args["name"] + "'")
    return {"rows": later()}


@app.get("/library")
def library():
    execute = partial(db.execute, "SELECT id FROM items WHERE name = '" + request.args["name"] + "'")
    return {"rows": execute().fetchall()}  # vuln: python-sql-injection


@app.get("/method")
def method():
    execute = db.execute
    return {"rows": execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/limit")
def limit():
    return {"rows": db.execute(limited_items(request.args["n"])).fetchall()}  # safe: python-sql-injection


@app.get("/bound")
def bound():
    return {"rows": by_name((request.args["name"],))}


@app.get("/partial-method")
def partial_method():
    return {"rows": Finder().by_name(request.args["name"])}
