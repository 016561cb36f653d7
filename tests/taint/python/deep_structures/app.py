"""Structures within structures, deeper than anybody tells apart."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Node:
    def __init__(self, value, child=None):
        self.value = value
        self.child = child


@app.get("/nested")
def nested():
    data = {"a": {"b": {"c": {"d": request.args["name"], "e": "x"}}}}
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + data["a"]["b"]["c"]["d"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/lists")
def lists():
    data = [[["x"]], [["y", [request.args["name"]]]]]
    found = db.execute("SELECT id FROM items WHERE name = '" + data[0][0][0] + "'").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + data[1][0][1][0] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/objects")
def objects():
    node = Node("a", Node("b", Node("c", Node(request.args["name"]))))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + node.child.child.child.value + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/mixed")
def mixed():
    data = {"rows": [{"name": request.args["name"], "size": int(request.args["size"])}]}
    found = db.execute(f"SELECT id FROM items WHERE size = {data['rows'][0]['size']}").fetchall()  # safe: python-sql-injection
    return {"rows": found + db.execute("SELECT id FROM items WHERE name = '" + data["rows"][0]["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/whole")
def whole():
    data = {"a": {"b": [request.args["name"]]}}
    return {"rows": db.execute(f"SELECT id FROM items WHERE note = '{data}'").fetchall()}  # vuln: python-sql-injection
