"""Equality with constants, and what looks like it."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/equal")
def equal():
    column = request.args["column"]
    if column == "id":
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/either")
def either():
    column = request.args["column"]
    if column == "id" or column == "name":
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/unequal")
def unequal():
    column = request.args["column"]
    if column != "id" and column != "name":
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/refused")
def refused():
    column = request.args["column"]
    if column == "password":
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/lower")
def lowered():
    direction = request.args["direction"]
    if direction.lower() == "desc":
        return {"rows": db.execute("SELECT id FROM items ORDER BY id " + direction).fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/part")
def part():
    column = request.args["column"]
    if column[0] == "i":
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/length")
def length():
    column = request.args["column"]
    if len(column) == 40:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/other")
def other():
    column = request.args["column"]
    if column == request.args["again"]:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}
