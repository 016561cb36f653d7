"""Data that passes through the standard library: JSON, base64, copies, queues, itertools, collections, templates, text files in memory."""
import base64
import collections
import copy
import io
import itertools
import json
import queue
import string
import textwrap
import urllib.parse

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/json")
def through_json():
    data = json.loads(json.dumps({"name": request.args["name"]}))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + data["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/base64")
def through_base64():
    name = base64.b64decode(request.args["name"]).decode()
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/round-trip")
def round_trip():
    name = base64.b64decode(base64.b64encode(request.args["name"].encode())).decode()
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/copy")
def through_copy():
    parts = copy.deepcopy({"name": [request.args["name"]]})
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + parts["name"][0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/queue")
def through_queue():
    waiting = queue.Queue()
    waiting.put(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + waiting.get() + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/chain")
def through_chain():
    names = itertools.chain(["x"], request.args.getlist("name"))
    return {"rows": db.execute("SELECT id FROM items WHERE name IN ('" + "','".join(names) + "')").fetchall()}  # vuln: python-sql-injection


@app.get("/groups")
def through_groups():
    groups = collections.defaultdict(list)
    for name in request.args.getlist("name"):
        groups[name[:1]].append(name)
    found = []
    for names in groups.values():
        found += db.execute("SELECT id FROM items WHERE name IN ('" + "','".join(names) + "')").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/template")
def through_template():
    query = string.Template("SELECT id FROM items WHERE name = '$name'").substitute(name=request.args["name"])
    return {"rows": db.execute(query).fetchall()}  # vuln: python-sql-injection


@app.get("/memory")
def through_memory():
    text = io.StringIO()
    text.write("SELECT id FROM items WHERE name = '")
    text.write(request.args["name"] + "'")
    return {"rows": db.execute(text.getvalue()).fetchall()}  # vuln: python-sql-injection


@app.get("/unquote")
def through_unquote():
    name = urllib.parse.unquote(textwrap.dedent(request.args["name"]))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/min")
def through_min():
    name = min(sorted(set(request.args.getlist("name"))), key=len)
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/query")
def through_query():
    fields = urllib.parse.parse_qs(request.query_string.decode())
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + fields["name"][0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/counter")
def through_counter():
    counted = collections.Counter(request.args.getlist("name"))
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {counted.total()}").fetchall()}  # safe: python-sql-injection


@app.get("/parameters")
def through_parameters():
    values = json.loads(request.get_data())
    return {"rows": db.execute("SELECT id FROM items WHERE name = :name", values).fetchall()}  # safe: python-sql-injection


@app.get("/positions")
def through_positions():
    counted = itertools.count(len(request.args))
    return {"rows": db.execute(f"SELECT id FROM items LIMIT {next(counted)}").fetchall()}  # safe: python-sql-injection
