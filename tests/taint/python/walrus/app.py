"""Assignments inside of expressions."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/name")
def name():
    if (wanted := request.args.get("name")) is not None:
        rows = db.execute("SELECT id FROM items WHERE name = '" + wanted + "'")  # vuln: python-sql-injection
        return {"rows": rows.fetchall()}
    return {"rows": []}


@app.get("/inline")
def inline():
    rows = db.execute("SELECT id FROM items WHERE " + (clause := "name = '" + request.args["name"] + "'"))  # vuln: python-sql-injection
    app.logger.info("looked up %r", clause)
    return {"rows": rows.fetchall()}


@app.get("/lines")
def lines():
    found = []
    while line := request.stream.readline():
        found += db.execute("SELECT id FROM items WHERE sku = '" + line.decode().strip() + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/number")
def number():
    if (size := int(request.args.get("size", "0"))) > 3:
        return {"rows": db.execute(f"SELECT id FROM items WHERE size = {size}").fetchall()}  # safe: python-sql-injection
    return {"rows": []}


@app.get("/listed")
def listed():
    if (column := request.args.get("sort", "id")) not in ("id", "name"):
        return {"rows": []}, 400
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
