"""Exceptions that carry data, and what flows through try, except, else and finally."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Invalid(Exception):
    def __init__(self, text):
        super().__init__(text)
        self.text = text


class Coded(Exception):
    def __init__(self, code):
        super().__init__("failed")
        self.code = code


def check(name):
    if len(name) > 40:
        raise Invalid(name)
    raise Coded(len(name))


def refuse(name):
    raise ValueError("no item " + name)


@app.get("/attribute")
def attribute():
    try:
        check(request.args["name"])
    except Invalid as error:
        db.execute("INSERT INTO refused VALUES ('" + error.text + "')")  # vuln: python-sql-injection
    except Coded as error:
        db.execute(f"INSERT INTO codes VALUES ({error.code})")  # safe: python-sql-injection
    return {}


@app.get("/message")
def message():
    try:
        refuse(request.args["name"])
    except ValueError as error:
        db.execute(f"INSERT INTO refused VALUES ('{error}')")  # vuln: python-sql-injection
    return {}


@app.get("/arguments")
def arguments():
    try:
        raise KeyError(request.args["name"])
    except KeyError as error:
        db.execute("INSERT INTO refused VALUES ('" + error.args[0] + "')")  # vuln: python-sql-injection
    return {}


@app.get("/handler")
def handler():
    column = "id"
    try:
        column = request.args["column"]
        db.execute("SELECT 1")
    except sqlite3.Error:
        db.execute("SELECT id FROM items ORDER BY " + column)  # vuln: python-sql-injection
    return {}


@app.get("/finally")
def last():
    name = ""
    try:
        name = request.args["name"]
    finally:
        db.execute("INSERT INTO seen VALUES ('" + name + "')")  # vuln: python-sql-injection
    return {}


@app.get("/converted")
def converted():
    try:
        wanted = int(request.args["id"])
    except ValueError:
        wanted = 0
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.get("/left")
def left():
    text = request.args["id"]
    try:
        int(text)
    except ValueError:
        return {"error": "no number"}, 400
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + text).fetchall()}  # safe: python-sql-injection


@app.get("/ignored")
def ignored():
    text = request.args["id"]
    try:
        int(text)
    except ValueError:
        app.logger.warning("no number")
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + text).fetchall()}  # vuln: python-sql-injection


@app.get("/else")
def otherwise():
    column = request.args["column"]
    try:
        known = {"id": "id", "name": "name"}[column]
    except KeyError:
        column = "id"
    else:
        column = known
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # safe: python-sql-injection
