"""match over untrusted text: captures keep it, literal patterns prove it."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/capture")
def capture():
    match request.args.get("sort", "").split(":"):
        case [column, "down"]:
            return {"rows": db.execute("SELECT id FROM items ORDER BY " + column + " DESC").fetchall()}  # vuln: python-sql-injection
        case [column]:
            return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/mapping")
def mapping():
    match request.get_json():
        case {"kind": "name", "value": wanted}:
            query = f"SELECT id FROM items WHERE name = '{wanted}'"
        case {"kind": "size", "value": int(wanted)}:
            query = f"SELECT id FROM items WHERE size = {wanted}"
        case _:
            query = "SELECT id FROM items"
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/fallback")
def fallback():
    column = request.args["sort"]
    match column:
        case "name":
            direction = "ASC"
        case other:
            direction = other
    return {"rows": db.execute("SELECT id FROM items ORDER BY id " + direction).fetchall()}  # vuln: python-sql-injection


@app.get("/literals")
def literals():
    column = request.args["sort"]
    match column:
        case "name" | "price":
            return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
        case _:
            return {"rows": []}


@app.get("/chosen")
def chosen():
    match request.args["sort"]:
        case "name":
            column = "name"
        case "price":
            column = "price, name"
        case _:
            column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
