"""Text put together by f-strings: plain, nested, with format specifications, over several lines."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/plain")
def plain():
    name = request.args["name"]
    rows = db.execute(f"SELECT id FROM items WHERE name = '{name}'")  # vuln: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/nested")
def nested():
    order = request.args.get("order", "name")
    clause = f"ORDER BY {f'{order} DESC' if request.args.get('down') else order}"
    rows = db.execute(f"SELECT id FROM items {clause}")  # vuln: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/spec")
def spec():
    width = request.args.get("name", "")
    padded = f"{width:>20}"
    rows = db.execute(f"SELECT id FROM items WHERE code = '{padded!s:.40}'")  # vuln: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/page")
def page():
    number = int(request.args.get("page", "1"))
    rows = db.execute(f"SELECT id FROM items LIMIT 20 OFFSET {20 * (number - 1)}")  # safe: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/bound")
def bound():
    pattern = f"%{request.args['name']}%"
    table = "items"
    rows = db.execute(f"SELECT id FROM {table} WHERE name LIKE ?", (pattern,))  # safe: python-sql-injection
    return {"rows": rows.fetchall()}


@app.get("/number")
def number():
    price = float(request.args["price"])
    rows = db.execute(f"SELECT id FROM items WHERE price < {price:.2f}")  # safe: python-sql-injection
    return {"rows": rows.fetchall()}
