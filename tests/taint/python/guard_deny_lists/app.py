"""Tests for what is bad: they leave more than they know of."""
import os

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
BAD = ("'", '"', ";", "--")


@app.get("/substring")
def substring():
    name = request.args["name"]
    if "'" in name:
        return {}, 400
    return {"rows": db.execute("SELECT id FROM items WHERE size = " + name).fetchall()}  # vuln: python-sql-injection


@app.get("/list")
def listed():
    name = request.args["name"]
    for bad in BAD:
        if bad in name:
            return {}, 400
    return {"rows": db.execute("SELECT id FROM items WHERE size = " + name).fetchall()}  # vuln: python-sql-injection


@app.get("/names")
def names():
    table = request.args["table"]
    if table in ("users", "secrets"):
        return {}, 403
    return {"rows": db.execute("SELECT id FROM " + table).fetchall()}  # vuln: python-sql-injection


@app.get("/command")
def command():
    host = request.args["host"]
    if ";" in host or "&" in host:
        return {}, 400
    os.system("ping -c 1 " + host)  # vuln: python-command-injection
    return {}


@app.get("/allowed")
def allowed():
    table = request.args["table"]
    if table in ("users", "secrets") or table not in ("items", "carts"):
        return {}, 403
    return {"rows": db.execute("SELECT id FROM " + table).fetchall()}  # safe: python-sql-injection


@app.get("/allowed-command")
def allowed_command():
    host = request.args["host"]
    if host not in {"one.example.org", "two.example.org"}:
        return {}, 400
    os.system("ping -c 1 " + host)  # safe: python-command-injection
    return {}
