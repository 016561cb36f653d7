"""Attributes of classes, shared by all instances, and enumerations."""
import enum

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Settings:
    table = "items"
    column = "id"
    theme = "plain"

    @classmethod
    def choose(cls, theme):
        cls.theme = theme

    def themed(self):
        return db.execute("SELECT id FROM themes WHERE name = '" + self.theme + "'").fetchall()  # vuln: python-sql-injection


class Registry:
    names = []
    kinds = ["a", "b"]

    def add(self, name):
        self.names.append(name)

    def rows(self):
        return [db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall() for name in self.names]  # vuln: python-sql-injection

    def kind(self, number):
        return db.execute("SELECT id FROM items WHERE kind = '" + self.kinds[number] + "'").fetchall()  # safe: python-sql-injection


class Column(enum.Enum):
    NAME = "name"
    PRICE = "price"


class Order(str, enum.Enum):
    UP = "ASC"
    DOWN = "DESC"


@app.get("/fixed")
def fixed():
    return {"rows": db.execute(f"SELECT {Settings.column} FROM {Settings.table}").fetchall()}  # safe: python-sql-injection


@app.get("/theme")
def theme():
    Settings.choose(request.args["theme"])
    return {"rows": Settings().themed()}


@app.get("/assigned")
def assigned():
    Settings.theme = request.args["theme"]
    return {"rows": db.execute("SELECT id FROM themes WHERE name = '" + Settings.theme + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/registry")
def registry():
    Registry().add(request.args["name"])
    return {"rows": Registry().rows() + Registry().kind(int(request.args["n"]))}


@app.get("/enum")
def member():
    column = Column(request.args["column"])
    return {"rows": db.execute("SELECT " + column.value + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/enum-name")
def named():
    column = Column[request.args["column"]].value
    order = Order(request.args["order"])
    return {"rows": db.execute(f"SELECT {column} FROM items ORDER BY id {order.value}").fetchall()}  # safe: python-sql-injection
