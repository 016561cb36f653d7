"""Class methods, alternative constructors and static methods."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Search:
    table = "items"

    def __init__(self, condition):
        self.condition = condition

    @classmethod
    def from_args(cls, args):
        return cls(cls.quote(args["name"]))

    @classmethod
    def numbered(cls, text):
        return int(text)

    @staticmethod
    def quote(text):
        return "'" + text + "'"

    @staticmethod
    def limit(text):
        return min(int(text), 100)

    @classmethod
    def run(cls, condition):
        return db.execute(f"SELECT id FROM {cls.table} WHERE name = {condition}").fetchall()  # vuln: python-sql-injection

    def rows(self):
        return db.execute("SELECT id FROM items WHERE name = " + self.condition).fetchall()  # vuln: python-sql-injection


@app.get("/constructor")
def constructor():
    return {"rows": Search.from_args(request.args).rows()}


@app.get("/class")
def of_class():
    return {"rows": Search.run(request.args["condition"])}


@app.get("/static")
def static():
    condition = Search.quote(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = " + condition).fetchall()}  # vuln: python-sql-injection


@app.get("/limit")
def limit():
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {Search.limit(request.args['n'])}").fetchall()}  # safe: python-sql-injection


@app.get("/number")
def number():
    return {"rows": db.execute("SELECT name FROM items WHERE id = %s" % Search.numbered(request.args["id"])).fetchall()}  # safe: python-sql-injection
