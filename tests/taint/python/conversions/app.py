"""Conversions whose result carries nothing."""
import datetime
import decimal
import hashlib
import uuid

import sqlite3

from flask import Flask, request
from packaging.version import Version, parse

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/int")
def integer():
    wanted = int(request.args["id"])
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + str(wanted)).fetchall()}  # safe: python-sql-injection


@app.get("/getter")
def getter():
    wanted = request.args.get("id", 0, type=int)
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.get("/uuid")
def identifier():
    wanted = uuid.UUID(request.args["key"])
    return {"rows": db.execute(f"SELECT name FROM items WHERE key = '{wanted}'").fetchall()}  # safe: python-sql-injection


@app.get("/date")
def date():
    day = datetime.date.fromisoformat(request.args["day"])
    return {"rows": db.execute(f"SELECT name FROM items WHERE created > '{day.isoformat()}'").fetchall()}  # safe: python-sql-injection


@app.get("/decimal")
def price():
    wanted = decimal.Decimal(request.args["price"])
    return {"rows": db.execute("SELECT name FROM items WHERE price < " + str(wanted)).fetchall()}  # safe: python-sql-injection


@app.get("/digest")
def digest():
    key = hashlib.sha256(request.args["key"].encode()).hexdigest()
    return {"rows": db.execute("SELECT name FROM items WHERE digest = '" + key + "'").fetchall()}  # safe: python-sql-injection


@app.get("/route/<int:number>")
def route(number):
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()}  # safe: python-sql-injection


@app.get("/text/<number>")
def text(number):
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()}  # vuln: python-sql-injection


@app.get("/str")
def string():
    wanted = str(request.args["id"])
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + wanted).fetchall()}  # vuln: python-sql-injection


@app.get("/bytes")
def encoded():
    wanted = request.args["id"].encode("utf-8").decode("ascii", "ignore")
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + wanted).fetchall()}  # vuln: python-sql-injection


@app.get("/unused")
def unused():
    wanted = request.args["id"]
    number = int(wanted) if wanted.isdigit() else 0
    found = db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT name FROM items WHERE id = " + wanted).fetchall()}  # vuln: python-sql-injection


@app.get("/maybe")
def maybe():
    wanted = request.args["id"]
    if "full" in request.args:
        wanted = int(wanted)
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # vuln: python-sql-injection


@app.get("/version")
def version():
    wanted = Version(request.args["version"])
    return {"rows": db.execute(f"SELECT name FROM releases WHERE version = '{wanted}'").fetchall()}  # safe: python-sql-injection


@app.get("/version-of-old")
def version_of_old():
    wanted = parse(request.args["version"])
    return {"rows": db.execute(f"SELECT name FROM releases WHERE version = '{wanted}'").fetchall()}  # vuln: python-sql-injection


@app.post("/added")
def added():
    offset = 100
    number = request.json["number"] + offset
    name = request.json["name"] + "_" + str(1)
    db.execute(f"SELECT id FROM items LIMIT {number}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM items OFFSET {1 + request.json['number']}")  # safe: python-sql-injection
    db.execute(f"SELECT id FROM {name}")  # vuln: python-sql-injection
    return db.execute(f"SELECT id FROM items WHERE name = '{request.json['name'] * 2}'").fetchall()  # vuln: python-sql-injection


@app.get("/added-maybe")
def added_maybe():
    wanted = request.args["id"]
    if "full" in request.args:
        wanted = int(wanted)
    other = 1
    if "full" in request.args:
        other = request.args["other"]
    db.execute("SELECT name FROM items WHERE id = " + (other + request.args["id"]))  # vuln: python-sql-injection
    return {"rows": db.execute("SELECT name FROM items WHERE id = " + (wanted + request.args["more"])).fetchall()}  # vuln: python-sql-injection
