"""Text put together by the percent operator: one value, a tuple, a dictionary."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
BY_COLOUR = "SELECT id FROM items WHERE colour = '%(colour)s' AND size = %(size)d"


@app.get("/one")
def one():
    query = "SELECT id FROM items WHERE name = '%s'" % request.args["name"]
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/two")
def two():
    column, value = request.args["column"], 12
    query = "SELECT id FROM items WHERE %s = %d" % (column, value)
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/named")
def named():
    query = BY_COLOUR % {"colour": request.args["colour"], "size": 3}
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/named-number")
def named_number():
    query = BY_COLOUR % {"colour": "red", "size": int(request.args["size"])}
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection


@app.get("/remainder")
def remainder():
    slot = int(request.args["user"]) % 16
    return {"rows": db.execute("SELECT id FROM items_" + str(slot)).fetchall()}  # safe: python-sql-injection


@app.get("/number")
def number():
    return {"rows": db.execute("SELECT id FROM items WHERE size = %d" % request.args["size"]).fetchall()}  # safe: python-sql-injection


@app.get("/numbers")
def numbers():
    size, rate = request.args["size"], request.args["rate"]
    return {"rows": db.execute("SELECT id FROM items WHERE size = %5d AND rate < %.2f" % (size, rate)).fetchall()}  # safe: python-sql-injection


@app.get("/number-and-text")
def number_and_text():
    query = "SELECT id FROM items WHERE size = %d AND name = '%s'" % (3, request.args["name"])
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/number-and-constant")
def number_and_constant():
    query = "SELECT id FROM items WHERE size = %d AND name = '%s'" % (request.args["size"], "x")
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection


@app.get("/percent")
def percent():
    query = "SELECT id FROM items WHERE name LIKE '%%d' AND name != '%s'" % request.args["name"]
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/width")
def width():
    query = "SELECT id FROM items WHERE name = '%*d' OR name = '%s'" % (3, 4, request.args["name"])
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/named-numbers")
def named_numbers():
    query = "SELECT id FROM items WHERE size = %(size)d AND colour = '%(colour)s'" % {"size": request.args["size"], "colour": "red"}
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection


@app.get("/named-twice")
def named_twice():
    query = "SELECT id FROM items WHERE size = %(size)d OR name = '%(size)s'" % {"size": request.args["size"]}
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection
