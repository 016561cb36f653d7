"""Lists of text joined into one."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/clauses")
def clauses():
    found = ["price > 0"]
    if "name" in request.args:
        found.append("name = '" + request.args["name"] + "'")
    query = "SELECT id FROM items WHERE " + " AND ".join(found)
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/columns")
def columns():
    chosen = request.args.getlist("column")
    query = "SELECT {} FROM items".format(", ".join(c.strip() for c in chosen))
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/marks")
def marks():
    wanted = request.args.getlist("id")
    places = ", ".join("?" for _ in wanted)
    rows = db.execute(f"SELECT id FROM items WHERE id IN ({places})", wanted)  # safe: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/numbers")
def numbers():
    wanted = ",".join(str(int(item)) for item in request.args.getlist("id"))
    return {"rows": db.execute(f"SELECT id FROM items WHERE id IN ({wanted})").fetchall()}  # safe: python-sql-injection


@app.get("/repeated")
def repeated():
    wanted = request.args.getlist("id")
    places = ",".join(["?"] * len(wanted))
    return {"rows": db.execute("SELECT id FROM items WHERE id IN (" + places + ")", wanted).fetchall()}  # safe: python-sql-injection
