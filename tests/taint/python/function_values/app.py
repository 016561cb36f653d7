"""Functions as values: returned, kept in attributes and lists, chosen by name at run time."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def named(name):
    return "name = '" + name + "'"


def sized(size):
    return f"size = {int(size)}"


def chosen(kind):
    if kind == "name":
        return named
    return sized


def pipeline(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value

    return run


class Commands:
    def __init__(self, convert):
        self.convert = convert

    def do_find(self, name):
        return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    def do_count(self, name):
        return db.execute("SELECT count(*) FROM items WHERE name = ?", (name,)).fetchall()  # safe: python-sql-injection

    def run(self, command, name):
        return getattr(self, "do_" + command)(name)

    def converted(self, value):
        return db.execute("SELECT id FROM items WHERE " + self.convert(value)).fetchall()  # vuln: python-sql-injection


class Numbers:
    def __init__(self, convert):
        self.convert = convert

    def converted(self, value):
        return db.execute("SELECT id FROM items WHERE " + self.convert(value)).fetchall()  # safe: python-sql-injection


STEPS = [str.strip, str.lower, named]


@app.get("/returned")
def returned():
    return {"rows": db.execute("SELECT id FROM items WHERE " + chosen("name")(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/attribute")
def attribute():
    return {"rows": Commands(named).converted(request.args["name"]) + Numbers(sized).converted(request.args["size"])}


@app.get("/dynamic/<command>")
def dynamic(command):
    return {"rows": Commands(named).run(command, request.args["name"])}


@app.get("/list")
def listed():
    value = request.args["name"]
    for step in STEPS:
        value = step(value)
    return {"rows": db.execute("SELECT id FROM items WHERE " + value).fetchall()}  # vuln: python-sql-injection


@app.get("/pipeline")
def piped():
    clause = pipeline(str.strip, named)(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + clause).fetchall()}  # vuln: python-sql-injection


@app.get("/conditional")
def conditional():
    convert = named if request.args.get("text") else sized
    return {"rows": db.execute("SELECT id FROM items WHERE " + convert(request.args["value"])).fetchall()}  # vuln: python-sql-injection


@app.get("/alias")
def alias():
    convert = sized
    return {"rows": db.execute("SELECT id FROM items WHERE " + convert(request.args["size"])).fetchall()}  # safe: python-sql-injection
