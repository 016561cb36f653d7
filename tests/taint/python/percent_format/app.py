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
