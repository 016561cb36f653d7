"""What containers give and take: setdefault, extend, sets, iteration over keys and items, map and filter with library functions."""
import collections

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Options:
    def __init__(self, **options):
        self.__dict__.update(options)


class Settings:
    def __init__(self, data):
        for key, value in data.items():
            setattr(self, key, value)


@app.get("/setdefault")
def setdefault():
    groups = {}
    groups.setdefault("names", []).append(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + groups["names"][0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/set")
def sets():
    names = {"chair"}
    names.add(request.args["name"])
    names |= {"table"}
    return {"rows": db.execute("SELECT id FROM items WHERE name IN ('" + "','".join(names) + "')").fetchall()}  # vuln: python-sql-injection


@app.get("/deque")
def deque():
    names = collections.deque(maxlen=3)
    names.appendleft(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + names.popleft() + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/items")
def items():
    found = []
    for key, value in {"name": request.args["name"], "note": request.args["note"]}.items():
        found += db.execute("SELECT id FROM items WHERE " + key + " = ?", (value,)).fetchall()  # safe: python-sql-injection
        found += db.execute("SELECT id FROM items WHERE note = '" + value + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/map-int")
def map_int():
    first, last = map(int, request.args["range"].split("-"))
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {last - first} OFFSET {first}").fetchall()}  # safe: python-sql-injection


@app.get("/map-list")
def map_list():
    wanted = list(map(int, request.args.getlist("id")))
    return {"rows": db.execute(f"SELECT id FROM items WHERE id IN ({str(wanted)[1:-1]})").fetchall()}  # safe: python-sql-injection


@app.get("/map-strip")
def map_strip():
    names = list(map(str.strip, request.args.getlist("name")))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + names[0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/filter")
def filtered():
    names = list(filter(None, request.args.getlist("name")))
    digits = list(filter(str.isdigit, request.args.getlist("id")))
    found = db.execute("SELECT id FROM items WHERE name = '" + names[0] + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE id = " + digits[0]).fetchall()}  # safe: python-sql-injection


@app.get("/keyword-attributes")
def keyword_attributes():
    options = Options(name=request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + options.name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/set-attributes")
def set_attributes():
    settings = Settings(request.get_json())
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + settings.name + "'").fetchall()}  # vuln: python-sql-injection
