"""Parts of parts: what is kept deep within an object makes all of the object untrusted only as far as nothing else is guessed."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)


class Table:
    def __init__(self, spec):
        self.spec = spec

    def statement(self):
        return f"SELECT * FROM {self.spec.name}"


class Engine:
    def __init__(self):
        self.table = None

    def load(self, spec):
        self.table = Table(spec)

    def run(self):
        return db.execute(self.table.statement()).fetchall()  # safe: python-sql-injection


class Store:
    def __init__(self, registry):
        self.registry = registry

    def find(self, name):
        remember(self.registry, name)

    def load(self):
        Engine().load(self.registry.first())


def remember(registry, name):
    registry.cache.seen[0] = name


def shaped(store):
    return db.execute("SELECT * FROM items ORDER BY " + store.registry.cache.shape).fetchall()  # vuln: python-sql-injection


def serve(store: Store):
    @app.post("/find")
    def find():
        store.find(request.args["name"])
        store.load()
        return {"rows": Engine().run()}

    @app.post("/order")
    def order():
        store.registry.order = request.args["order"]
        return {"rows": db.execute("SELECT * FROM items ORDER BY " + store.registry.order).fetchall()}  # vuln: python-sql-injection

    @app.post("/shape")
    def shape():
        store.registry.cache.shape = request.args["shape"]
        return {"rows": shaped(store)}
