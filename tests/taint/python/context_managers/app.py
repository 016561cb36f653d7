"""with: what it binds, managers of classes, managers of generators."""
import contextlib

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Reader:
    def __init__(self, text):
        self.text = text

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class Lowered:
    def __init__(self, text):
        self.text = text

    def __enter__(self):
        return self.text.lower()

    def __exit__(self, *details):
        return False


@contextlib.contextmanager
def quoted(text):
    yield "'" + text + "'"


@contextlib.contextmanager
def counted(text):
    yield len(text)


@contextlib.contextmanager
def transaction():
    cursor = db.cursor()
    try:
        yield cursor
        db.commit()
    finally:
        cursor.close()


@app.get("/self")
def itself():
    with Reader(request.args["name"]) as reader:
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + reader.text + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/other")
def other():
    with Lowered(request.args["name"]) as name:
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/generator")
def generated():
    with quoted(request.args["name"]) as name:
        return {"rows": db.execute("SELECT id FROM items WHERE name = " + name).fetchall()}  # vuln: python-sql-injection


@app.get("/resource")
def resource():
    with transaction() as handle:
        handle.execute("DELETE FROM items WHERE name = '" + request.args["name"] + "'")  # vuln: python-sql-injection
    return {}


@app.get("/connection")
def connection():
    with sqlite3.connect("other.db") as other_db, contextlib.closing(other_db.cursor()) as pointer:
        pointer.execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'")  # vuln: python-sql-injection
        return {"rows": pointer.fetchall()}


@app.get("/counted")
def numbers():
    with counted(request.args["name"]) as size:
        return {"rows": db.execute(f"SELECT id FROM items WHERE size = {size}").fetchall()}  # safe: python-sql-injection


@app.get("/bound")
def bound():
    with transaction() as handle, quoted(request.args["name"]) as name:
        handle.execute("DELETE FROM items WHERE name = ?", (name,))  # safe: python-sql-injection
    return {}
