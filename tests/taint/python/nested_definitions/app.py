"""Definitions in definitions: classes in functions, classes in classes, functions in methods, functions after use."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Outer:
    class Inner:
        def __init__(self, name):
            self.name = name

        def rows(self):
            return db.execute("SELECT id FROM items WHERE name = '" + self.name + "'").fetchall()  # vuln: python-sql-injection

    class Fixed:
        name = "chair"

        def rows(self):
            return db.execute("SELECT id FROM items WHERE name = '" + self.name + "'").fetchall()  # safe: python-sql-injection

    def build(self, name):
        def quoted():
            return "'" + name + "'"

        def numbered():
            return str(len(name))

        return quoted(), numbered()


def make(column):
    class Search:
        def rows(self, value):
            return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # vuln: python-sql-injection

    return Search()


@app.get("/inner")
def inner():
    return {"rows": Outer.Inner(request.args["name"]).rows() + Outer.Fixed().rows()}


@app.get("/built")
def built():
    quoted, numbered = Outer().build(request.args["name"])
    found = db.execute("SELECT id FROM items WHERE size = " + numbered).fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = " + quoted).fetchall()}  # vuln: python-sql-injection


@app.get("/made")
def made():
    return {"rows": make(request.args["column"]).rows("x")}


@app.get("/later")
def later():
    return {"rows": defined_below(request.args["name"])}


def defined_below(name):
    return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection
