"""Decorators on classes, classes as decorators, decorators on methods."""
import functools

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
CLASSES = {}


def registered(cls):
    CLASSES[cls.__name__] = cls
    return cls


def titled(title):
    def decorate(cls):
        cls.title = title
        return cls

    return decorate


class Counted:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.function(*args, **kwargs)


def traced(method):
    @functools.wraps(method)
    def wrapper(self, *args):
        app.logger.info(method.__name__)
        return method(self, *args)

    return wrapper


@registered
class Search:
    def rows(self, name):
        return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    @traced
    def limited(self, limit):
        return db.execute("SELECT id FROM items LIMIT " + limit).fetchall()  # vuln: python-sql-injection

    @traced
    def bound(self, name):
        return db.execute("SELECT id FROM items WHERE name = ?", (name,)).fetchall()  # safe: python-sql-injection


@titled("page")
class Page:
    def rows(self, size):
        return db.execute(f"SELECT id FROM items LIMIT {int(size)}").fetchall()  # safe: python-sql-injection


@Counted
def by_note(note):
    return db.execute("SELECT id FROM items WHERE note = '" + note + "'").fetchall()  # vuln: python-sql-injection


@app.get("/search")
def search():
    found = Search()
    return {"rows": found.rows(request.args["a"]) + found.limited(request.args["b"]) + found.bound(request.args["c"])}


@app.get("/page")
def page():
    return {"rows": Page().rows(request.args["size"]) + by_note(request.args["note"])}
