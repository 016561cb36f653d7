"""Regular expressions as tests: those that cover the whole text with harmless characters protect, the others do not."""
import re

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NAME = re.compile(r"^[a-z]+\Z")
LOOSE = re.compile(r"^[a-z]+")


@app.get("/fullmatch")
def fullmatch():
    column = request.args["column"]
    if re.fullmatch(r"[a-z_]+", column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/compiled")
def compiled():
    column = request.args["column"]
    if not IDENTIFIER.fullmatch(column):
        raise ValueError(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/anchored")
def anchored():
    column = request.args["column"]
    if NAME.match(column) is None:
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/anchored-inline")
def anchored_inline():
    column = request.args["column"]
    if re.match(r"^\w{1,30}$", column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/unsafe-characters")
def unsafe_characters():
    name = request.args["name"]
    if re.fullmatch(r"[a-z' ;=-]+", name):
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/any-characters")
def any_characters():
    name = request.args["name"]
    if re.fullmatch(r"item-.*", name):
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/unanchored")
def unanchored():
    column = request.args["column"]
    if re.match(r"[a-z]+", column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/loose")
def loose():
    column = request.args["column"]
    if LOOSE.match(column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/search")
def searched():
    column = request.args["column"]
    if re.search(r"[a-z]+$", column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/refusing")
def refusing():
    column = request.args["column"]
    if re.search(r"[^a-z_]", column):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/group")
def group():
    found = re.match(r"(\w+):(.*)", request.args["sort"])
    if not found:
        return {}, 400
    return {"rows": db.execute("SELECT id FROM items ORDER BY id " + found.group(2)).fetchall()}  # vuln: python-sql-injection


@app.get("/multiline")
def multiline():
    column = request.args["column"]
    if re.match(r"^[a-z]+$", column, re.MULTILINE):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/flags")
def flags():
    column = request.args["column"]
    if re.fullmatch(r"[a-z]+", column, re.IGNORECASE):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}
