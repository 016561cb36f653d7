"""Assignments to several targets: tuples, nested ones, starred ones, swaps, enumerate and zip."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/pair")
def pair():
    column, value = "id", request.args["value"]
    found = db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items WHERE name = '" + value + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/nested")
def nested():
    (first, (second, third)) = "id", (request.args["column"], "name")
    found = db.execute("SELECT id FROM items ORDER BY " + second).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + first + ", " + third).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/starred")
def starred():
    head, *middle, tail = "id", request.args["column"], "price", "name"
    found = db.execute("SELECT id FROM items ORDER BY " + middle[0]).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + head + ", " + tail).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/swapped")
def swapped():
    first, second = "id", request.args["column"]
    first, second = second, first
    found = db.execute("SELECT id FROM items ORDER BY " + first).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + second).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/unknown")
def unknown():
    first, *others = request.args["columns"].split(",")
    found = db.execute("SELECT id FROM items ORDER BY " + first).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + ", ".join(others)).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/enumerate")
def enumerated():
    found = []
    for number, column in enumerate(request.args.getlist("column")):
        found += db.execute(f"SELECT id FROM items LIMIT {number}").fetchall()  # safe: python-sql-injection
        found += db.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/placeholders")
def placeholders():
    values = {}
    marks = []
    for number, (low, high) in enumerate(request.get_json()):
        values |= {f"low_{number}": low, f"high_{number}": high}
        marks.append(f"price BETWEEN :low_{number} AND :high_{number}")
    return {"rows": db.execute("SELECT id FROM items WHERE " + " OR ".join(marks), values).fetchall()}  # safe: python-sql-injection


@app.get("/pairs")
def pairs():
    found = []
    for pair in sorted(enumerate(request.args.getlist("column")), key=lambda pair: pair[1]):
        found += db.execute(f"SELECT id FROM items ORDER BY {pair[1]}").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/zip")
def zipped():
    found = []
    for column, value in zip(("name", "note"), request.args.getlist("value")):
        found += db.execute("SELECT id FROM items WHERE " + column + " = ?", (value,)).fetchall()  # safe: python-sql-injection
        found += db.execute("SELECT id FROM items WHERE name = '" + value + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/chained")
def chained():
    first = second = request.args["column"]
    first = "id"
    found = db.execute("SELECT id FROM items ORDER BY " + first).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + second).fetchall()  # vuln: python-sql-injection
    return {"rows": found}
