"""Tests of variables that belong to a function around the one that tests them."""

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("items.db")


@app.get("/inside")
def inside():
    column = request.args["column"]

    def ordered():
        if column in {"id", "name"}:
            return db.execute(f"SELECT id FROM items ORDER BY {column}")  # safe: python-sql-injection
        return db.execute(f"SELECT id FROM items ORDER BY {column}, id")  # vuln: python-sql-injection

    return str(ordered().fetchall())


@app.get("/leaving")
def leaving():
    number = request.args["number"]

    def find():
        if not number.isdigit():
            return None
        return db.execute(f"SELECT name FROM items WHERE id = {number}")  # safe: python-sql-injection

    return str(find())
