"""Lists and tuples whose positions are told apart."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/tuple")
def pair():
    parts = ("id", request.args["name"])
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[1]).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/appended")
def appended():
    parts = []
    parts.append("id")
    parts.append(request.args["column"])
    parts.append("name")
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[1]).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[-1]).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/popped")
def popped():
    parts = ["safe", request.args["column"], "moresafe"]
    parts.pop(0)
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[1]).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/inserted")
def inserted():
    parts = ["id", "name"]
    parts.insert(0, request.args["column"])
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[1]).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/last")
def last():
    parts = ["id", request.args["column"]]
    column = parts.pop()
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/left")
def left():
    parts = ["id", request.args["column"]]
    parts.pop()
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts[-1]).fetchall()}  # safe: python-sql-injection


@app.get("/assigned")
def assigned():
    parts = ["id", "name"]
    parts[1] = request.args["column"]
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + ", ".join(parts)).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/joined")
def concatenated():
    parts = ["id"] + [request.args["column"]]
    found = db.execute("SELECT id FROM items ORDER BY " + parts[0]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts[1]).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/unknown")
def unknown():
    parts = ["id", "name", request.args["column"]]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts[int(request.args["n"])]).fetchall()}  # vuln: python-sql-injection


@app.get("/slice")
def sliced():
    parts = ["id", "name", request.args["column"]]
    found = db.execute("SELECT id FROM items ORDER BY " + ", ".join(parts[:2])).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + ", ".join(parts[1:])).fetchall()  # vuln: python-sql-injection
    return {"rows": found}
