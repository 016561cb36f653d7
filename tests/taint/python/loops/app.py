"""Loops: what accumulates, what the last round leaves behind, break, continue, else, while."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/accumulated")
def accumulated():
    query = "SELECT id FROM items WHERE 1 = 1"
    for key in request.args:
        query += " AND " + key + " = ?"
    return {"rows": db.execute(query, list(request.args.values())).fetchall()}  # vuln: python-sql-injection


@app.get("/carried")
def carried():
    first = second = third = "id"
    for column in request.args.getlist("column"):
        third = second
        second = first
        first = column
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + third).fetchall()}  # vuln: python-sql-injection


@app.get("/break")
def broken():
    column = "id"
    for candidate in request.args.getlist("column"):
        if candidate:
            column = candidate
            break
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/while")
def rounds():
    rest = request.args["path"]
    while "/" in rest:
        head, rest = rest.split("/", 1)
        db.execute("INSERT INTO parts VALUES ('" + head + "')")  # vuln: python-sql-injection
    return {}


@app.get("/continue")
def skipping():
    found = []
    for column in request.args.getlist("column"):
        if column not in {"id", "name"}:
            continue
        found += db.execute("SELECT " + column + " FROM items").fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/chosen")
def chosen():
    column = "id"
    for candidate in ("name", "price"):
        if candidate == request.args["column"]:
            column = candidate
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/counted")
def counted():
    total = 0
    for value in request.args.getlist("n"):
        total += int(value)
    return {"rows": db.execute(f"SELECT id FROM items WHERE size = {total}").fetchall()}  # safe: python-sql-injection


@app.get("/else")
def exhausted():
    wanted = request.args["column"]
    for known in ("id", "name"):
        if known == wanted:
            break
    else:
        return {}, 404
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + known).fetchall()}  # safe: python-sql-injection
