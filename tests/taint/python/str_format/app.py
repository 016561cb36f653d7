"""str.format: positions, keywords, spread arguments, format_map."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
TEMPLATE = "SELECT id FROM {table} WHERE {column} = ?"


@app.get("/positions")
def positions():
    query = "SELECT id FROM {0} WHERE id > {1}".format("items", request.args["after"])
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/keywords")
def keywords():
    query = TEMPLATE.format(table="items", column=request.args["column"])
    return {"rows": db.execute(query, (request.args["value"],)).fetchall()}  # vuln: python-sql-injection


@app.get("/spread")
def spread():
    parts = {"table": request.args["table"], "column": "name"}
    return {"rows": db.execute(TEMPLATE.format(**parts), ("x",)).fetchall()}  # vuln: python-sql-injection


@app.get("/mapping")
def mapping():
    parts = {"table": "items", "column": request.args["column"]}
    return {"rows": db.execute(TEMPLATE.format_map(parts), ("x",)).fetchall()}  # vuln: python-sql-injection


@app.get("/fixed")
def fixed():
    query = TEMPLATE.format(table="items", column="name")
    return {"rows": db.execute(query, (request.args["value"],)).fetchall()}  # safe: python-sql-injection


@app.get("/numbers")
def numbers():
    query = "SELECT id FROM items LIMIT {} OFFSET {}".format(int(request.args["size"]), int(request.args["start"]))
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection
