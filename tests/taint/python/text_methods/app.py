"""Methods of text that keep what an attacker wrote: replace, strip, case, split, slices."""
import os
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/replace")
def replace():
    name = request.args["name"].replace("'", "")
    return {"rows": db.execute("SELECT id FROM items WHERE size = " + name).fetchall()}  # vuln: python-sql-injection


@app.get("/chain")
def chain():
    name = request.args["name"].strip().lower().removeprefix("item-").title()
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/slice")
def slices():
    name = request.args["name"][1:-1]
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name[:40] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/split")
def split():
    column, _, direction = request.args["order"].partition(":")
    return {"rows": db.execute("SELECT id FROM items ORDER BY " + column).fetchall()}  # vuln: python-sql-injection


@app.get("/template")
def template():
    query = "SELECT id FROM items WHERE name = 'NAME'".replace("NAME", request.args["name"])
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/length")
def length():
    query = "SELECT id FROM items WHERE length(name) = " + str(len(request.args["name"]))
    return {"rows": db.execute(query).fetchall()}  # safe: python-sql-injection


@app.get("/test")
def test():
    direction = "DESC" if request.args["order"].startswith("-") else "ASC"
    return {"rows": db.execute("SELECT id FROM items ORDER BY id " + direction).fetchall()}  # safe: python-sql-injection


@app.get("/count")
def count():
    depth = request.args["path"].count("/")
    return {"rows": db.execute("SELECT id FROM items WHERE depth = %s" % depth).fetchall()}  # safe: python-sql-injection


@app.get("/ending")
def ending():
    ending = request.args["name"].rsplit(".", 1)[-1].lower()
    with open("/srv/pictures/picture." + ending) as picture:  # safe: python-path-traversal
        return picture.read()


@app.get("/ending-alone")
def ending_alone():
    ending = request.args["name"].rpartition(".")[2]
    with open(os.path.join("/srv/pictures", ending)) as picture:  # vuln: python-path-traversal
        return picture.read()


@app.get("/start")
def start():
    name, _ = request.args["name"].rsplit(".", 1)
    with open("/srv/pictures/" + name) as picture:  # vuln: python-path-traversal
        return picture.read()


@app.get("/doubled")
def doubled():
    name = request.args["name"].replace("'", "''")
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # safe: python-sql-injection
