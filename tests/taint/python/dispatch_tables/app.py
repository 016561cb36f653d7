"""Dictionaries of functions and classes, chosen by key."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def by_name(value):
    return db.execute("SELECT id FROM items WHERE name = '" + value + "'").fetchall()  # vuln: python-sql-injection


def by_size(value):
    return db.execute(f"SELECT id FROM items WHERE size = {int(value)}").fetchall()  # safe: python-sql-injection


def clause(value):
    return f"note = '{value}'"


def number(value):
    return str(int(value))


class Remover:
    def run(self, value):
        db.execute("DELETE FROM items WHERE name = '" + value + "'")  # vuln: python-sql-injection
        return []


class Counter:
    def run(self, value):
        return db.execute("SELECT count(*) FROM items WHERE name = ?", (value,)).fetchall()  # safe: python-sql-injection


SEARCHES = {"name": by_name, "size": by_size}
CLAUSES = {"note": clause, "number": number}
COMMANDS = {"remove": Remover, "count": Counter}
COLUMNS = {"newest": "created DESC", "name": "name"}


@app.get("/search/<kind>")
def search(kind):
    return {"rows": SEARCHES[kind](request.args["value"])}


@app.get("/command/<kind>")
def command(kind):
    chosen = COMMANDS.get(kind, Counter)
    return {"rows": chosen().run(request.args["value"])}


@app.get("/note")
def note():
    return {"rows": db.execute("SELECT id FROM items WHERE " + CLAUSES["note"](request.args["note"])).fetchall()}  # vuln: python-sql-injection


@app.get("/number")
def numbers():
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + CLAUSES["number"](request.args["id"])).fetchall()}  # safe: python-sql-injection


@app.get("/column")
def column():
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + COLUMNS[request.args["sort"]]).fetchall()}  # safe: python-sql-injection


@app.get("/column-default")
def column_default():
    wanted = request.args["sort"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + COLUMNS.get(wanted, wanted)).fetchall()}  # vuln: python-sql-injection
