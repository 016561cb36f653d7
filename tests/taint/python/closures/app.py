"""Functions in functions: captured variables, nonlocal, factories of functions."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def searcher(column):
    def search(value):
        return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # vuln: python-sql-injection

    return search


def safe_searcher(column):
    def search(value):
        return db.execute(f"SELECT id FROM items WHERE {column} = ?", (value,)).fetchall()  # safe: python-sql-injection

    return search


def collector():
    words = []

    def add(word):
        words.append(word)

    def text():
        return " ".join(words)

    return add, text


@app.get("/column")
def column():
    return {"rows": searcher(request.args["column"])("x")}


@app.get("/value")
def value():
    return {"rows": safe_searcher("name")(request.args["value"])}


@app.get("/captured")
def captured():
    name = request.args["name"]

    def run():
        return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    return {"rows": run()}


@app.get("/nonlocal")
def outer():
    clause = "1 = 1"

    def narrow():
        nonlocal clause
        clause = f"name = '{request.args['name']}'"

    narrow()
    return {"rows": db.execute("SELECT id FROM items WHERE " + clause).fetchall()}  # vuln: python-sql-injection


@app.get("/collected")
def collected():
    add, text = collector()
    add(request.args["word"])
    return {"rows": db.execute("SELECT id FROM items WHERE note MATCH '" + text() + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/shadowed")
def shadowed():
    name = request.args["name"]

    def run(name):
        return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # safe: python-sql-injection

    return {"rows": run("chair"), "name": name}


@app.get("/converted")
def converted():
    limit = int(request.args["limit"])

    def run():
        return db.execute(f"SELECT id FROM items LIMIT {limit}").fetchall()  # safe: python-sql-injection

    return {"rows": run()}
