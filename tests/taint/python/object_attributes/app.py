"""Data kept in objects: set in __init__ or later, used in other methods, of objects in objects."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Search:
    def __init__(self, name, limit):
        self.name = name
        self.limit = int(limit)
        self.order = "id"

    def rows(self):
        return db.execute("SELECT id FROM items WHERE name = '" + self.name + "'").fetchall()  # vuln: python-sql-injection

    def limited(self):
        return db.execute(f"SELECT id FROM items ORDER BY {self.order} LIMIT {self.limit}").fetchall()  # safe: python-sql-injection


class Basket:
    def __init__(self):
        self.owner = None
        self.note = None
        self.parts = {}

    def own(self, owner):
        self.owner = owner
        return self

    def save(self):
        db.execute(f"INSERT INTO carts VALUES ('{self.owner}')")  # vuln: python-sql-injection
        self._note()

    def _note(self):
        db.execute(f"INSERT INTO notes VALUES ('{self.note}')")  # vuln: python-sql-injection

    def keep(self, key, value):
        self.parts[key] = value

    def store(self):
        db.execute("INSERT INTO parts VALUES ('" + self.parts["size"] + "')")  # vuln: python-sql-injection


class Page:
    def __init__(self, search):
        self.search = search
        self.title = "page"

    def show(self):
        return db.execute("SELECT id FROM items WHERE note = '" + self.search.name + "'").fetchall()  # vuln: python-sql-injection

    def titled(self):
        return db.execute("SELECT id FROM pages WHERE title = '" + self.title + "'").fetchall()  # safe: python-sql-injection


@app.get("/search")
def search():
    found = Search(request.args["name"], request.args["limit"])
    return {"rows": found.rows() + found.limited()}


@app.get("/basket")
def basket():
    mine = Basket()
    mine.own(request.args["owner"])
    mine.note = request.args["note"]
    mine.save()
    return {}


@app.get("/parts")
def parts():
    mine = Basket()
    mine.keep("size", request.args["size"])
    mine.store()
    return {}


@app.get("/page")
def page():
    shown = Page(Search(request.args["name"], "3"))
    return {"rows": shown.show() + shown.titled()}


@app.get("/passed")
def passed():
    return {"rows": _use(Search(request.args["name"], request.args["limit"]))}


def _use(search):
    found = db.execute("SELECT id FROM items WHERE kind = '" + search.name + "'").fetchall()  # vuln: python-sql-injection
    return found + db.execute(f"SELECT id FROM items LIMIT {search.limit}").fetchall()  # safe: python-sql-injection
