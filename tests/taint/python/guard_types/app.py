"""isinstance and comparisons of types."""
import numbers

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.post("/int")
def integer():
    wanted = request.get_json()["id"]
    if not isinstance(wanted, int):
        return {}, 400
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.post("/either")
def either():
    wanted = request.get_json()["id"]
    if isinstance(wanted, (int, float)):
        return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection
    return {}


@app.post("/number")
def number():
    wanted = request.get_json()["id"]
    assert isinstance(wanted, numbers.Number)
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.post("/text")
def text():
    wanted = request.get_json()["name"]
    if not isinstance(wanted, str):
        return {}, 400
    return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{wanted}'").fetchall()}  # vuln: python-sql-injection


@app.post("/mixed")
def mixed():
    wanted = request.get_json()["id"]
    if isinstance(wanted, (int, str)):
        return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # vuln: python-sql-injection
    return {}


@app.post("/else")
def otherwise():
    wanted = request.get_json()["id"]
    if isinstance(wanted, int):
        clause = f"id = {wanted}"
    else:
        clause = f"name = '{wanted}'"
    return {"rows": db.execute("SELECT id FROM items WHERE " + clause).fetchall()}  # vuln: python-sql-injection
