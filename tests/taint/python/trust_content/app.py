"""Contents of files and archives, and what a database gives back."""
import csv
import json
import os
import shutil
import tarfile

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


@app.post("/pack")
def pack():
    with tarfile.open("/srv/exports/all.tar", "w:gz") as archive:
        archive.add("/srv/items", arcname="items")
        for name in archive.getnames():
            shutil.rmtree(name)  # safe: python-path-traversal
    return {}


@app.post("/unpack")
def unpack():
    with tarfile.open("/srv/imports/all.tar", "r:gz") as archive:
        for name in archive.getnames():
            shutil.rmtree(name)  # vuln: python-path-traversal [content]
    return {}


@app.post("/any-mode")
def any_mode():
    with tarfile.open("/srv/imports/all.tar", os.environ["MODE"]) as archive:
        for name in archive.getnames():
            shutil.rmtree(name)  # vuln: python-path-traversal [content]
    return {}
