"""Inheritance in one file: inherited methods, super(), overriding, mixins, abstract bases."""
import abc

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Table(abc.ABC):
    def __init__(self, name):
        self.name = name

    @abc.abstractmethod
    def condition(self, text): ...

    def find(self, text):
        return db.execute(f"SELECT id FROM items WHERE {self.condition(text)}").fetchall()  # vuln: python-sql-injection

    def stored(self):
        return db.execute("SELECT id FROM items WHERE owner = '" + self.name + "'").fetchall()  # vuln: python-sql-injection


class ByName(Table):
    def condition(self, text):
        return "name = '" + text + "'"


class BySize(Table):
    def condition(self, text):
        return f"size = {int(text)}"


class Numbered(abc.ABC):
    @abc.abstractmethod
    def column(self, text): ...

    def find(self, text):
        return db.execute("SELECT id FROM items ORDER BY " + self.column(text)).fetchall()  # safe: python-sql-injection


class First(Numbered):
    def column(self, text):
        return str(int(text))


class Second(Numbered):
    def column(self, text):
        return "id" if text == "id" else "name"


class Shouting(ByName):
    def __init__(self, name, suffix):
        super().__init__(name.upper())
        self.suffix = suffix

    def condition(self, text):
        return super().condition(text) + " AND kind = 1"


class CountMixin:
    def count(self, condition):
        return db.execute("SELECT count(*) FROM items WHERE " + condition).fetchone()  # vuln: python-sql-injection


class Counted(CountMixin, BySize):
    def numbered(self, text):
        return self.count(self.condition(text))

    def named(self, text):
        return self.count("name = '" + text + "'")


@app.get("/find")
def find():
    return {"rows": ByName("x").find(request.args["name"])}


@app.get("/stored")
def stored():
    return {"rows": Shouting(request.args["owner"], "!").stored()}


@app.get("/ordered")
def ordered():
    return {"rows": [First().find(request.args["n"]), Second().find(request.args["n"])]}


@app.get("/counted")
def counted():
    return {"rows": [Counted("x").named(request.args["name"])]}


@app.get("/super")
def through_super():
    condition = Shouting("x", "y").condition(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + condition).fetchall()}  # vuln: python-sql-injection


@app.get("/sized")
def sized():
    condition = BySize("x").condition(request.args["size"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + condition).fetchall()}  # safe: python-sql-injection
