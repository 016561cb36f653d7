"""Variables of a module: set by one handler with global, read by another; mutable ones."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
current = "id"
safe_limit = 10
table = "items"
recent = []
settings = {}


@app.post("/column")
def set_column():
    global current
    current = request.form["column"]
    return {}


@app.get("/rows")
def rows():
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + current).fetchall()}  # vuln: python-sql-injection


@app.post("/limit")
def set_limit():
    global safe_limit
    safe_limit = int(request.form["limit"])
    return {}


@app.get("/limited")
def limited():
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {safe_limit}").fetchall()}  # safe: python-sql-injection


@app.post("/recent")
def remember():
    recent.append(request.form["name"])
    return {}


@app.get("/recent")
def remembered():
    return {"rows": [db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall() for name in recent]}  # vuln: python-sql-injection


@app.post("/settings")
def configure():
    settings["theme"] = request.form["theme"]
    return {}


@app.get("/settings")
def configured():
    return {"rows": db.execute("SELECT id FROM themes WHERE name = '" + settings["theme"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/table")
def of_table():
    table = request.args["table"]
    app.logger.info("asked for %r", table)
    return other_table()


def other_table():
    return {"rows": db.execute("SELECT id FROM " + table).fetchall()}  # safe: python-sql-injection
