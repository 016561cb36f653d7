"""Comprehensions of every sort: lists, sets, dictionaries, generators, nested and with conditions."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = ("name", "price", "size")


@app.get("/list")
def lists():
    clauses = [f"{key} = '{value}'" for key, value in request.args.items()]
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(clauses)).fetchall()}  # vuln: python-sql-injection


@app.get("/dict")
def dicts():
    wanted = {column: request.args[column] for column in COLUMNS if column in request.args}
    query = "SELECT id FROM items WHERE name = '" + wanted["name"] + "'"
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/nested")
def nested():
    groups = request.args.getlist("group")
    names = {name.strip() for group in groups for name in group.split(",") if name}
    return {"rows": db.execute("SELECT id FROM items WHERE name IN ('" + "','".join(sorted(names)) + "')").fetchall()}  # vuln: python-sql-injection


@app.get("/generator")
def generator():
    terms = (term for term in request.args["q"].split() if len(term) > 2)
    return {"rows": db.execute("SELECT id FROM items WHERE note MATCH '" + " ".join(terms) + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/keys")
def keys():
    clauses = [f"{column} = ?" for column in COLUMNS if column in request.args]
    values = [request.args[column] for column in COLUMNS if column in request.args]
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(clauses), values).fetchall()}  # safe: python-sql-injection


@app.get("/filtered")
def filtered():
    chosen = [column for column in request.args.getlist("column") if column in COLUMNS]
    return {"rows": db.execute("SELECT " + ", ".join(chosen) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/converted")
def converted():
    wanted = [int(value) for value in request.args.getlist("id")]
    return {"rows": db.execute(f"SELECT id FROM items WHERE id IN ({','.join(map(str, wanted))})").fetchall()}  # safe: python-sql-injection
