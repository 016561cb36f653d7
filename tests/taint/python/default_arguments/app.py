"""Parameters with defaults, keyword-only and positional-only ones."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def find(name, /, column="name", *, order="id"):
    return db.execute(f"SELECT id FROM items WHERE {column} = ? ORDER BY {order}", (name,)).fetchall()  # vuln: python-sql-injection


def find_safely(name, /, column="name", *, order="id"):
    return db.execute(f"SELECT id FROM items WHERE {column} = ? ORDER BY {order}", (name,)).fetchall()  # safe: python-sql-injection


def search(name=None, fallback="all"):
    wanted = name or fallback
    return "SELECT id FROM items WHERE name = '" + wanted + "'"


def log(entry, entries=[]):
    entries.append(entry)
    return entries


def connect(connection=db):
    return connection


@app.get("/order")
def order():
    return {"rows": find("x", order=request.args["order"])}


@app.get("/name")
def name():
    return {"rows": find_safely(request.args["name"])}


@app.get("/skipped")
def skipped():
    return {"rows": db.execute(search(fallback=request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/shared")
def shared():
    log(request.args["entry"])
    return {"rows": db.execute("INSERT INTO logs VALUES ('" + log("end")[0] + "')").fetchall()}  # vuln: python-sql-injection


@app.get("/connection")
def connection():
    return {"rows": connect().execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/defaults")
def defaults():
    return {"rows": db.execute(search()).fetchall()}  # safe: python-sql-injection
