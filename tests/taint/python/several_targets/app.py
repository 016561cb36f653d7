"""Calls that may reach one of several functions or methods: chosen by branches, kept in attributes, made by factories."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def sized(size):
    return f"size = {int(size)}"


def named(name):
    return "name = '" + name + "'"


class Strict:
    def condition(self, value):
        return f"size = {int(value)}"


class Loose:
    def condition(self, value):
        return f"name = '{value}'"


class Exact:
    def condition(self, value):
        return f"id = {int(value)}"


class Search:
    def __init__(self, strict):
        if strict:
            self.maker = Strict()
        else:
            self.maker = Loose()

    def rows(self, value):
        return db.execute("SELECT id FROM items WHERE " + self.maker.condition(value)).fetchall()  # vuln: python-sql-injection


def make(kind):
    if kind == "strict":
        return Strict()
    if kind == "exact":
        return Exact()
    return Loose()


@app.get("/choice")
def choice():
    convert = sized if "size" in request.args else named
    return {"rows": db.execute("SELECT id FROM items WHERE " + convert(request.args["value"])).fetchall()}  # vuln: python-sql-injection


@app.get("/branch")
def branch():
    if "size" in request.args:
        convert = sized
    else:
        convert = named
    return {"rows": db.execute("SELECT id FROM items WHERE " + convert(request.args["value"])).fetchall()}  # vuln: python-sql-injection


@app.get("/objects")
def objects():
    maker = Strict() if "size" in request.args else Loose()
    return {"rows": db.execute("SELECT id FROM items WHERE " + maker.condition(request.args["value"])).fetchall()}  # vuln: python-sql-injection


@app.get("/attribute")
def attribute():
    return {"rows": Search("size" in request.args).rows(request.args["value"])}


@app.get("/factory")
def factory():
    maker = make(request.args["kind"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + maker.condition(request.args["value"])).fetchall()}  # vuln: python-sql-injection


@app.get("/loop")
def loop():
    found = []
    for convert in (sized, named):
        found += db.execute("SELECT id FROM items WHERE " + convert(request.args["value"])).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/all-safe")
def all_safe():
    maker = Strict() if "size" in request.args else Exact()
    return {"rows": db.execute("SELECT id FROM items WHERE " + maker.condition(request.args["value"])).fetchall()}  # safe: python-sql-injection


@app.get("/same")
def same():
    convert = sized if "size" in request.args else sized
    return {"rows": db.execute("SELECT id FROM items WHERE " + convert(request.args["value"])).fetchall()}  # safe: python-sql-injection
