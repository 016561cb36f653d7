"""What comparisons yield carries nothing; chained ones neither."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/bool")
def truth():
    cheap = request.args["kind"] == "cheap"
    return {"rows": db.execute(f"SELECT id FROM items WHERE cheap = {cheap:d}").fetchall()}  # safe: python-sql-injection


@app.get("/chain")
def chain():
    inside = "a" <= request.args["name"] < "n"
    return {"rows": db.execute("SELECT id FROM items WHERE early = " + str(int(inside))).fetchall()}  # safe: python-sql-injection


@app.get("/membership")
def membership():
    known = request.args["name"] in request.args["names"]
    return {"rows": db.execute("SELECT id FROM items WHERE known = %s" % known).fetchall()}  # safe: python-sql-injection


@app.get("/range")
def letter():
    name = request.args["name"]
    if "a" <= name <= "z":
        return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection
    return {"rows": []}


@app.get("/operand")
def operand():
    name = request.args.get("name") or request.args.get("alias") or "none"
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/and")
def both():
    column = "sort" in request.args and request.args["sort"]
    return {"rows": db.execute(f"SELECT id FROM items ORDER BY {column or 'id'}").fetchall()}  # vuln: python-sql-injection
