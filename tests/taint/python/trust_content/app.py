"""Contents of files and archives, and what a database gives back."""
import csv
import json
import os

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/second-order")
def second_order():
    (name,) = db.execute("SELECT name FROM users WHERE id = ?", (request.args["id"],)).fetchone()
    return {"rows": db.execute("SELECT id FROM items WHERE owner = '" + name + "'").fetchall()}  # vuln: python-sql-injection [stored]


@app.get("/second-order-number")
def second_order_number():
    row = db.execute("SELECT count(*) FROM users").fetchone()
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {int(row[0])}").fetchall()}  # safe: python-sql-injection


@app.post("/upload")
def upload():
    for line in request.files["table"].stream:
        db.execute("INSERT INTO items VALUES ('" + line.decode() + "')")  # vuln: python-sql-injection
    return {}


@app.post("/import")
def imported():
    with open("/srv/imports/items.csv") as file:
        for row in csv.reader(file):
            db.execute("INSERT INTO items VALUES (?, ?)", row)  # safe: python-sql-injection
    return {}


@app.post("/json")
def parsed():
    data = json.loads(request.get_data())
    os.system("convert " + data["image"])  # vuln: python-command-injection
    return {}
