"""Imports that depend on what is installed, and functions defined under a condition."""
import sys

try:
    import pysqlite3 as sqlite3
except ImportError:
    import sqlite3

try:
    from shlex import quote
except ImportError:
    from pipes import quote

try:
    from speedups import join_words
except ImportError:

    def join_words(first, second):
        return first + " " + second


import os

from flask import Flask, request

if sys.version_info >= (3, 12):
    from newer import condition
else:
    from older import condition

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)


@app.get("/name")
def name():
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/words")
def words():
    os.system("grep -r " + join_words("-i", request.args["q"]) + " data")  # vuln: python-command-injection
    return {}


@app.get("/condition")
def conditions():
    return {"rows": db.execute("SELECT id FROM items WHERE " + condition(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/quoted")
def quoted():
    os.system("grep -r -- " + quote(request.args["q"]) + " data")  # safe: python-command-injection
    return {}


@app.get("/bound")
def bound():
    return {"rows": db.execute("SELECT id FROM items WHERE name = ?", (request.args["name"],)).fetchall()}  # safe: python-sql-injection
