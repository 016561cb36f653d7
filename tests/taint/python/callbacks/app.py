"""Functions handed to functions: of the program, of threads and pools, stored and called later."""
import threading
from concurrent.futures import ThreadPoolExecutor

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

def each(values, action):
    return [action(value) for value in values]


def by_name(name):
    return db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


def by_id(number):
    return db.execute(f"SELECT name FROM items WHERE id = {number}").fetchall()  # safe: python-sql-injection


def warm(table):
    db.execute("SELECT count(*) FROM " + table)  # vuln: python-sql-injection


def warm_later(table, kind):
    db.execute(f"SELECT count(*) FROM {table} WHERE kind = '{kind}'")  # vuln: python-sql-injection


def by_value(value):
    return db.execute("SELECT id FROM items WHERE name = ?", (value,)).fetchall()  # safe: python-sql-injection


def with_result(compute, then):
    return then(compute())


class Events:
    def __init__(self):
        self.listeners = []

    def listen(self, listener):
        self.listeners.append(listener)

    def fire(self, payload):
        for listener in self.listeners:
            listener(payload)


def remove(name):
    db.execute("DELETE FROM items WHERE name = '" + name + "'")  # vuln: python-sql-injection


events = Events()
events.listen(remove)


@app.get("/each")
def names():
    return {"rows": each(request.args.getlist("name"), by_name)}


@app.get("/numbers")
def numbers():
    return {"rows": each([int(value) for value in request.args.getlist("id")], by_id)}


@app.get("/values")
def values():
    return {"rows": list(map(by_value, request.args.getlist("name")))}


@app.get("/thread")
def thread():
    threading.Thread(target=warm, args=(request.args["table"],)).start()
    return {}


@app.get("/pool")
def pool():
    with ThreadPoolExecutor() as workers:
        workers.submit(warm_later, "items", request.args["kind"])
    return {}


@app.get("/then")
def then():
    name = request.args["name"]
    with_result(lambda: "name = '" + name + "'", lambda clause: db.execute("SELECT id FROM items WHERE " + clause))  # vuln: python-sql-injection
    return {}


@app.delete("/items/<name>")
def fire(name):
    events.fire(name)
    return {}
