"""Method chains and builders that return themselves."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Query:
    def __init__(self, table):
        self._table = table
        self._conditions = []
        self._order = ""
        self._values = []

    def where(self, condition):
        self._conditions.append(condition)
        return self

    def order(self, column):
        self._order = " ORDER BY " + column
        return self

    def value(self, value):
        self._values.append(value)
        return self

    def text(self):
        return "SELECT id FROM " + self._table + " WHERE " + " AND ".join(self._conditions) + self._order

    def run(self):
        return db.execute(self.text(), self._values).fetchall()  # vuln: python-sql-injection


class Safe:
    def __init__(self):
        self._limit = 10
        self._values = []

    def limit(self, number):
        self._limit = int(number)
        return self

    def value(self, value):
        self._values.append(value)
        return self

    def run(self):
        return db.execute(f"SELECT id FROM items WHERE name = ? LIMIT {self._limit}", self._values).fetchall()  # safe: python-sql-injection


class Immutable:
    def __init__(self, text=""):
        self.text = text

    def add(self, part):
        return Immutable(self.text + part)


@app.get("/chain")
def chain():
    rows = Query("items").where("price > 0").where(f"name = '{request.args['name']}'").order("id").run()
    return {"rows": rows}


@app.get("/safe")
def safe():
    return {"rows": Safe().limit(request.args["n"]).value(request.args["name"]).run()}


@app.get("/copies")
def copies():
    query = Immutable("SELECT id FROM items").add(" WHERE name = '").add(request.args["name"]).add("'")
    return {"rows": db.execute(query.text).fetchall()}  # vuln: python-sql-injection


@app.get("/parameters")
def parameters():
    rows = db.cursor().execute("SELECT id FROM items WHERE name = ?", (request.args["name"].strip(),)).fetchall()  # safe: python-sql-injection
    return {"rows": rows}


@app.get("/cursor")
def cursor():
    rows = db.cursor().execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": rows}
