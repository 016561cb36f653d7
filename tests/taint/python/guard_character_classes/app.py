"""isdigit, isalnum and their kin, and any() and all() over characters."""
import string

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
ALLOWED = set(string.ascii_letters + string.digits + "_")


@app.get("/digits")
def digits():
    wanted = request.args["id"]
    if wanted.isdigit():
        return {"rows": db.execute("SELECT name FROM items WHERE id = " + wanted).fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/alnum")
def alnum():
    column = request.args["column"]
    if not column.isalnum():
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/identifier")
def identifier():
    column = request.args["column"]
    if not column.isidentifier():
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/all")
def every():
    column = request.args["column"]
    if all(character.isalnum() or character == "_" for character in column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/all-in")
def every_in():
    column = request.args["column"]
    if not all(character in ALLOWED for character in column):
        raise ValueError(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/any-not")
def any_not():
    column = request.args["column"]
    if any(not character.isalpha() for character in column):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/superset")
def superset():
    column = request.args["column"]
    if set(column) <= ALLOWED:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/any")
def some():
    column = request.args["column"]
    if any(character.isalnum() for character in column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/ascii")
def ascii_only():
    name = request.args["name"]
    if name.isascii() and name.isprintable():
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/first")
def first():
    column = request.args["column"]
    if column[0].isalpha():
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/not")
def negated():
    wanted = request.args["id"]
    if not wanted.isdigit():
        return {"rows": db.execute("SELECT name FROM items WHERE id = '" + wanted + "'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/denied")
def denied():
    name = request.args["name"]
    if any(word in name for word in ("DROP", "DELETE", "--")):
        return {}, 400
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
