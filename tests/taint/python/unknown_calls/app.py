"""Functions of libraries that nobody described: what goes in comes out, masks stay, and nothing else becomes untrusted."""
import shlex
import os

from textkit import Normaliser, normalise, pick, table_name

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
normaliser = Normaliser(form="NFC")


@app.get("/argument")
def argument():
    name = normalise(request.args["name"], form="NFC")
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/method")
def method():
    name = normaliser.run(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/receiver")
def receiver():
    name = Normaliser(request.args["name"]).text()
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/wrapped-attribute")
def wrapped_attribute():
    parsed = pick(request.args)
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + parsed.name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/constant")
def constant():
    return {"rows": db.execute("SELECT id FROM " + table_name("items")).fetchall()}  # safe: python-sql-injection


@app.get("/masked")
def masked():
    name = normalise(shlex.quote(request.args["name"]))
    os.system("ls " + name)  # safe: python-command-injection
    return {}


@app.get("/beside")
def beside():
    table = "items"
    normalise(request.args["name"])
    return {"rows": db.execute("SELECT id FROM " + table).fetchall()}  # safe: python-sql-injection


@app.get("/once")
def once():
    name = normalise(request.args["name"])
    assert not name.startswith("/")  # vuln: python-assert-as-guard
    return {}


@app.get("/twice")
def twice():
    outcome = normaliser.run(request.args["name"]).process()
    assert outcome in {"done", "failed"}  # safe: python-assert-as-guard
    return {}


@app.get("/unpacked")
def unpacked():
    name = pick(request.args).get("name").strip()
    assert not name.startswith("/")  # vuln: python-assert-as-guard
    return {}
