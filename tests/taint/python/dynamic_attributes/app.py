"""getattr and setattr with constant names, vars, __dict__."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Options:
    def __init__(self):
        self.table = "items"
        self.column = "id"
        self.note = ""


@app.get("/set")
def assigned():
    options = Options()
    setattr(options, "note", request.args["note"])
    return {"rows": db.execute(f"SELECT id FROM items WHERE note = '{options.note}'").fetchall()}  # vuln: python-sql-injection


@app.get("/get")
def fetched():
    wanted = getattr(request, "args")["name"]
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + wanted + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/default")
def default():
    options = Options()
    column = getattr(options, "sort", request.args["column"])
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/method")
def method():
    run = getattr(db, "execute")
    return {"rows": run("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/other")
def other():
    options = Options()
    setattr(options, "note", request.args["note"])
    return {"rows": db.execute("SELECT id FROM " + getattr(options, "table")).fetchall()}  # safe: python-sql-injection


@app.get("/number")
def number():
    size = getattr(request, "content_length")
    return {"rows": db.execute(f"SELECT id FROM items WHERE size = {size}").fetchall()}  # safe: python-sql-injection


class Commands:
    def do_list(self):
        return []


@app.get("/prefixed")
def prefixed():
    return {"rows": getattr(Commands(), "do_" + request.args["command"])()}  # safe: python-unsafe-reflection


@app.get("/open")
def opened():
    return {"rows": getattr(Commands(), request.args["command"])()}  # vuln: python-unsafe-reflection


@app.get("/dunder")
def dunder():
    return {"rows": getattr(Commands(), "__" + request.args["command"])()}  # vuln: python-unsafe-reflection
