"""Text that grows: concatenation, augmented assignment, implicit concatenation, repetition, conditional expressions."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
BASE = "SELECT id " "FROM items "


@app.get("/grown")
def grown():
    query = BASE
    query += "WHERE name = '"
    query += request.args["name"]
    query += "'"
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/implicit")
def implicit():
    name = request.args["name"]
    return {"rows": db.execute("SELECT id " f"FROM items WHERE name = '{name}' " "ORDER BY id").fetchall()}  # vuln: python-sql-injection


@app.get("/conditional")
def conditional():
    name = request.args.get("name")
    query = BASE + (f"WHERE name = '{name}'" if name else "")
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/repeated")
def repeated():
    return {"rows": db.execute(BASE + "WHERE name = '" + request.args["mark"] * 3 + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/bytes")
def of_bytes():
    query = b"SELECT id FROM items WHERE name = '" + request.get_data() + b"'"
    return {"rows": db.execute(query.decode()).fetchall()}  # vuln: python-sql-injection


@app.get("/constant")
def constant():
    query = BASE
    if "name" in request.args:
        query += "WHERE name = ?"
    return {"rows": db.execute(query, tuple(request.args.values())).fetchall()}  # safe: python-sql-injection


@app.get("/chosen")
def chosen():
    query = BASE + ("ORDER BY name" if request.args.get("sorted") else "")
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection


@app.get("/repeated-mark")
def repeated_mark():
    marks = "?, " * (len(request.args.getlist("id")) - 1) + "?"
    return {"rows": db.execute(f"{BASE}WHERE id IN ({marks})", request.args.getlist("id")).fetchall()}  # safe: python-sql-injection
