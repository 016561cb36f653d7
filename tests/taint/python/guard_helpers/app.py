"""Tests in functions of their own: those that answer, those that raise, methods, nested calls."""
import re

from checks import check_column, ensure_table

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = {"id", "name"}


def is_known(column):
    return column in COLUMNS


def is_word(text):
    if not text:
        return False
    return re.fullmatch(r"\w+", text) is not None


def is_short(text):
    return len(text) < 20


def is_fine(text):
    return is_short(text) and is_word(text)


def looks_fine(text):
    return is_short(text) or is_word(text)


def require_word(text):
    if not is_word(text):
        raise ValueError(text)


def require_logged(text):
    if not is_word(text):
        app.logger.warning("strange %r", text)


def checked(text):
    if text not in COLUMNS:
        raise ValueError(text)
    return text


class Validator:
    def __init__(self, names):
        self.names = names

    def knows(self, name):
        return name in COLUMNS

    def require(self, name):
        if not self.knows(name):
            raise LookupError(name)


@app.get("/known")
def known():
    column = request.args["column"]
    if not is_known(column):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/word")
def word():
    column = request.args["column"]
    if is_word(column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/short")
def short():
    column = request.args["column"]
    if not is_short(column):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/fine")
def fine():
    column = request.args["column"]
    if is_fine(column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/looks")
def looks():
    column = request.args["column"]
    if looks_fine(column):
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/require")
def required():
    column = request.args["column"]
    require_word(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/logged")
def logged():
    column = request.args["column"]
    require_logged(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/caught")
def caught():
    column = request.args["column"]
    try:
        require_word(column)
    except ValueError:
        pass
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/returned")
def returned():
    return {"rows": db.execute("SELECT " + checked(request.args["column"]) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/method")
def method():
    column = request.args["column"]
    validator = Validator(["id"])
    if not validator.knows(column):
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/method-raises")
def method_raises():
    column = request.args["column"]
    Validator(["id"]).require(column)
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/imported")
def imported():
    column, table = request.args["column"], request.args["table"]
    if not check_column(column):
        return {}, 400
    ensure_table(table)
    return {"rows": db.execute(f"SELECT {column} FROM {table}").fetchall()}  # safe: python-sql-injection


@app.get("/unchecked")
def unchecked():
    column, table = request.args["column"], request.args["table"]
    ensure_table(column)
    return {"rows": db.execute(f"SELECT id FROM {table}").fetchall()}  # vuln: python-sql-injection


@app.get("/negated")
def negated():
    column = request.args["column"]
    if is_known(column):
        return {}
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/kept")
def kept():
    column = request.args["column"]
    fine = is_known(column)
    if not fine:
        return {}, 400
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
