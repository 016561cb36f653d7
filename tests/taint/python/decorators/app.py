"""Decorators that wrap functions, with and without arguments, and those that only register."""
import functools

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
HANDLERS = {}


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        app.logger.info("call of %s", function.__name__)
        return function(*args, **kwargs)

    return wrapper


def repeated(times):
    def decorate(function):
        def wrapper(*args, **kwargs):
            result = None
            for _ in range(times):
                result = function(*args, **kwargs)
            return result

        return wrapper

    return decorate


def numeric(function):
    @functools.wraps(function)
    def wrapper(value):
        return function(int(value))

    return wrapper


def handler(name):
    def register(function):
        HANDLERS[name] = function
        return function

    return register


@logged
def by_name(name):
    return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


@repeated(times=2)
def by_note(note):
    return db.execute(f"SELECT id FROM items WHERE note = '{note}'").fetchall()  # vuln: python-sql-injection


@numeric
def by_size(size):
    return db.execute(f"SELECT id FROM items WHERE size = {size}").fetchall()  # safe: python-sql-injection


@handler("colour")
def by_colour(colour):
    return db.execute(f"SELECT id FROM items WHERE colour = '{colour}'").fetchall()  # vuln: python-sql-injection


@functools.lru_cache(maxsize=100)
def by_sku(sku):
    return db.execute("SELECT id FROM items WHERE sku = '" + sku + "'").fetchall()  # vuln: python-sql-injection


@handler("price")
def by_price(price):
    return db.execute("SELECT id FROM items WHERE price < ?", (price,)).fetchall()  # safe: python-sql-injection


@app.get("/name")
@logged
def name():
    return {"rows": by_name(request.args["name"]) + by_note(request.args["note"]) + by_sku(request.args["sku"])}


@app.get("/size")
def size():
    return {"rows": by_size(request.args["size"])}


@app.get("/any/<kind>")
def anything(kind):
    return {"rows": HANDLERS[kind](request.args["value"])}


@app.get("/wrapped/<name>")
@logged
def wrapped(name):
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
