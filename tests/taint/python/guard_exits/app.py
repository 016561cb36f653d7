"""How a test that fails leaves: return, raise, abort, continue, assert, exit, a helper that never returns."""
import sys

from flask import abort
from werkzeug.exceptions import BadRequest

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = {"id", "name"}


def fail(message):
    app.logger.error(message)
    abort(400, message)


def warn(message):
    app.logger.error(message)


@app.get("/return")
def returning():
    column = request.args["column"]
    if column not in COLUMNS:
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/raise")
def raising():
    column = request.args["column"]
    if column not in COLUMNS:
        raise BadRequest(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/abort")
def aborting():
    column = request.args["column"]
    if column not in COLUMNS:
        abort(400)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/continue")
def continuing():
    found = []
    for column in request.args.getlist("column"):
        if column not in COLUMNS:
            continue
        found.append(db.execute("SELECT " + column + " FROM items").fetchall())  # safe: python-sql-injection
    return {"rows": found}


@app.get("/break")
def breaking():
    found = []
    for column in request.args.getlist("column"):
        if column not in COLUMNS:
            break
        found.append(db.execute("SELECT " + column + " FROM items").fetchall())  # safe: python-sql-injection
    return {"rows": found}


@app.get("/assert")
def asserting():
    column = request.args["column"]
    assert column in COLUMNS, column
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/exit")
def exiting():
    column = request.args["column"]
    if column not in COLUMNS:
        sys.exit(1)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/helper")
def helped():
    column = request.args["column"]
    if column not in COLUMNS:
        fail("unknown column")
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/warned")
def warned():
    column = request.args["column"]
    if column not in COLUMNS:
        warn("unknown column")
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/swallowed")
def swallowed():
    column = request.args["column"]
    try:
        if column not in COLUMNS:
            raise BadRequest(column)
    except BadRequest:
        app.logger.warning("unknown column")
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/inner")
def inner():
    column = request.args["column"]
    for other in request.args.getlist("other"):
        if other not in COLUMNS:
            break
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/sometimes")
def sometimes():
    column = request.args["column"]
    if column not in COLUMNS:
        if app.debug:
            abort(400)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/conditional")
def conditional():
    column = request.args["column"]
    chosen = column if column in COLUMNS else "id"
    return {"rows": db.execute("SELECT " + chosen + " FROM items").fetchall()}  # safe: python-sql-injection
