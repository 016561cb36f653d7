"""Dictionaries whose keys are told apart."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/other-key")
def other_key():
    parts = {"column": "id", "value": request.args["value"]}
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()}  # safe: python-sql-injection


@app.get("/same-key")
def same_key():
    parts = {"column": "id", "value": request.args["value"]}
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + parts["value"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/assigned")
def assigned():
    parts = {}
    parts["safe"] = "name"
    parts["open"] = request.args["column"]
    first = parts["open"]
    first = parts["safe"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + first).fetchall()}  # safe: python-sql-injection


@app.get("/overwritten")
def overwritten():
    parts = {"column": request.args["column"]}
    parts["column"] = "id"
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()}  # safe: python-sql-injection


@app.get("/nested")
def nested():
    query = {"where": {"name": request.args["name"]}, "order": {"by": "id"}}
    found = db.execute("SELECT id FROM items ORDER BY " + query["order"]["by"]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items WHERE name = '" + query["where"]["name"] + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/unknown")
def unknown():
    parts = {"column": "id", "value": request.args["value"]}
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts[request.args["which"]]).fetchall()}  # vuln: python-sql-injection


@app.get("/unknown-store")
def unknown_store():
    parts = {"column": "id"}
    parts[request.args["key"]] = request.args["value"]
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()}  # vuln: python-sql-injection


@app.get("/get")
def got():
    parts = {"column": "id", "value": request.args["value"]}
    found = db.execute("SELECT id FROM items ORDER BY " + parts.get("column", "id")).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts.get("value")).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/merged")
def merged():
    defaults = {"column": "id", "order": "ASC"}
    parts = {**defaults, "order": request.args["order"]}
    found = db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()  # safe: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY id " + parts["order"]).fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/updated")
def updated():
    parts = {"column": "id"}
    parts.update(order=request.args["order"])
    found = db.execute("SELECT id FROM items ORDER BY id " + parts["order"]).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/popped")
def popped():
    parts = dict(column="id", value=request.args["value"])
    value = parts.pop("value")
    found = db.execute("SELECT id FROM items WHERE name = '" + value + "'").fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items ORDER BY " + parts["column"]).fetchall()  # safe: python-sql-injection
    return {"rows": found}


@app.get("/items")
def items():
    parts = {"name": request.args["name"], "note": request.args["note"]}
    clauses = [key + " = '" + value + "'" for key, value in parts.items()]
    safe = [key + " = ?" for key in parts]
    found = db.execute("SELECT id FROM items WHERE " + " AND ".join(clauses)).fetchall()  # vuln: python-sql-injection
    found += db.execute("SELECT id FROM items WHERE " + " AND ".join(safe), list(parts.values())).fetchall()  # safe: python-sql-injection
    return {"rows": found}
