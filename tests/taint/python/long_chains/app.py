"""Many steps from source to sink, within a function and through many."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def one(text):
    return two(text.strip())


def two(text):
    return three(text, "items")


def three(text, table):
    return four({"text": text, "table": table})


def four(parts):
    return five(parts["text"], parts["table"])


def five(text, table):
    return six(*(text, table))


def six(text, table):
    return seven(text=text, table=table)


def seven(**parts):
    return "SELECT id FROM " + eight(parts["table"]) + " WHERE name = '" + parts["text"] + "'"


def eight(table):
    return table + " "


def down(text, level=0):
    if level == 3:
        return bottom(text)
    return down(text, level + 1)


def bottom(text):
    return db.execute("SELECT id FROM items WHERE name = '" + text + "'").fetchall()  # vuln: python-sql-injection


def safe_down(text):
    return safe_bottom(text)


def safe_bottom(text):
    return last(int(text))


def last(number):
    return db.execute(f"SELECT id FROM items WHERE id = {number}").fetchall()  # safe: python-sql-injection


@app.get("/through")
def through():
    return {"rows": db.execute(one(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@app.get("/local")
def local():
    a = request.args["name"]
    b = a + ""
    c = [b]
    d = {"c": c}
    e = d["c"]
    f = e[0]
    g = (f, f)
    h = g[1]
    i = h.lower()
    j = f"{i}"
    k = "%s" % j
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + k + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/down")
def deep():
    return {"rows": down(request.args["name"]) + safe_down(request.args["id"])}


@app.get("/table")
def table():
    return {"rows": db.execute("SELECT count(*) FROM " + eight("items")).fetchall()}  # safe: python-sql-injection
