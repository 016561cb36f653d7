"""Constants that are computed: slices, concatenation, arithmetic, methods, formats, and values that prove to be one."""
import os

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
PREFIX = "user" + "_"
LIMIT = 5 * 4
CHOICES = ["id", "name", "price"]
INDEX = 1


@app.get("/slice")
def sliced():
    column = request.args["column"]
    word = "safe-mode"[:4]
    if word == "safe":
        column = "id"
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/concatenated")
def concatenated():
    column = "id"
    if PREFIX + "x" != "user_x":
        column = request.args["column"]
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/arithmetic")
def arithmetic():
    column = request.args["column"]
    number = 10
    number -= 3
    if number * 2 + LIMIT < 30:
        return {"rows": db.execute("SELECT id FROM items WHERE " + column).fetchall()}  # safe: python-sql-injection
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/length")
def length():
    column = request.args["column"]
    if len(CHOICES) > 10:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/method")
def method():
    column = request.args["column"]
    if "SAFE".lower() == "safe":
        column = "id"
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/unknown")
def unknown():
    column = "id"
    if os.environ.get("OPEN") == "1":
        column = request.args["column"]
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/counter")
def counter():
    column = "id"
    rounds = 0
    while rounds < 3:
        if rounds == 2:
            column = request.args["column"]
        rounds += 1
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/index")
def index():
    parts = ["id", request.args["column"], "name"]
    found = db.execute("SELECT " + parts[INDEX + 1] + " FROM items").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT " + parts[INDEX] + " FROM items").fetchall()}  # vuln: python-sql-injection
