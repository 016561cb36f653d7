"""Functions that change what they are given: lists, dictionaries, objects."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Draft:
    def __init__(self):
        self.text = ""
        self.size = 0


def add(parts, part):
    parts.append("name = '" + part + "'")


def add_number(parts, part):
    parts.append(f"size = {int(part)}")


def fill(options, args):
    options["order"] = args["order"]
    options["limit"] = int(args["limit"])


def write(draft, text):
    draft.text = text
    draft.size = len(text)


def deeper(parts, part):
    add(parts, part)


def clear(parts):
    parts.clear()


@app.get("/list")
def lists():
    parts = []
    add(parts, request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(parts)).fetchall()}  # vuln: python-sql-injection


@app.get("/number")
def number():
    parts = []
    add_number(parts, request.args["size"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(parts)).fetchall()}  # safe: python-sql-injection


@app.get("/dict")
def dicts():
    options = {}
    fill(options, request.args)
    found = db.execute("SELECT id FROM items ORDER BY " + options["order"]).fetchall()  # vuln: python-sql-injection
    return {"rows": found + db.execute(f"SELECT id FROM items LIMIT {options['limit']}").fetchall()}  # safe: python-sql-injection


@app.get("/object")
def objects():
    draft = Draft()
    write(draft, request.args["text"])
    db.execute(f"INSERT INTO sizes VALUES ({draft.size})")  # safe: python-sql-injection
    db.execute("INSERT INTO drafts VALUES ('" + draft.text + "')")  # vuln: python-sql-injection
    return {}


@app.get("/deeper")
def through_two():
    parts = []
    deeper(parts, request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + parts[0]).fetchall()}  # vuln: python-sql-injection


@app.get("/alias")
def alias():
    parts = []
    other = parts
    other.append(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + parts[0]).fetchall()}  # vuln: python-sql-injection


@app.get("/other")
def other_list():
    parts, others = ["1 = 1"], []
    add(others, request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE " + parts[0]).fetchall()}  # safe: python-sql-injection


@app.get("/extended")
def extended():
    parts = ["1 = 1"]
    parts.extend(f"name = '{name}'" for name in request.args.getlist("name"))
    parts += ["2 = 2"]
    return {"rows": db.execute("SELECT id FROM items WHERE " + " AND ".join(parts)).fetchall()}  # vuln: python-sql-injection
