"""Branches that constants decide, and values that constants overwrite."""
import sys

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
DEBUG = False
MODE = "strict"
LEGACY = 3 > 5


@app.get("/never")
def never():
    query = "SELECT id FROM items WHERE name = '" + request.args["name"] + "'"
    if False:
        return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection
    return {"query": query}


@app.get("/flag")
def flag():
    column = "id"
    if DEBUG:
        column = request.args["column"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/folded")
def folded():
    number = 86
    if 7 * 42 - number > 200:
        column = "name"
    else:
        column = request.args["column"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/folded-other")
def folded_other():
    number = 106
    column = "name" if 7 * 42 - number > 200 else request.args["column"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/match")
def matched():
    guess = "ABC"[1]
    match guess:
        case "A":
            column = request.args["column"]
        case "B":
            column = "name"
        case _:
            column = request.args["other"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/match-other")
def matched_other():
    guess = "ABC"[0]
    match guess:
        case "A" | "C":
            column = request.args["column"]
        case _:
            column = "name"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/overwritten")
def overwritten():
    column = request.args["column"]
    app.logger.debug("asked for %r", column)
    column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/text")
def text():
    column = request.args["column"]
    if MODE == "strict":
        column = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/legacy")
def legacy():
    if not LEGACY:
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + request.args["column"]).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/after")
def after():
    column = request.args["column"]
    return {"rows": []}
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection


@app.get("/version")
def version():
    if sys.version_info[0] < 3 or app.debug:
        return {"rows": db.execute("SELECT id FROM items ORDER BY " + request.args["column"]).fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/ended")
def ended():
    while True:
        column = request.args["column"]
        if column:
            break
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection
