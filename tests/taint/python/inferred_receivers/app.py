"""Receivers whose class is inferred: from constructors, attributes, return values. A method of the same name elsewhere is no sink."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)


class Robot:
    def __init__(self):
        self.log = []

    def execute(self, command):
        self.log.append(command)
        return self.log


class Holder:
    def __init__(self):
        self.link = sqlite3.connect("shop.db")
        self.pointer = self.link.cursor()
        self.robot = Robot()

    def search(self, name):
        self.pointer.execute("SELECT id FROM items WHERE name = '" + name + "'")  # vuln: python-sql-injection
        return self.pointer.fetchall()

    def direct(self, name):
        return self.link.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    def move(self, name):
        return self.robot.execute("go to " + name)  # safe: python-sql-injection


class Lazy:
    _link = None

    @property
    def link(self):
        if self._link is None:
            self._link = sqlite3.connect("shop.db")
        return self._link

    def search(self, name):
        return self.link.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


def opened():
    return sqlite3.connect("shop.db")


def pointer():
    handle = opened()
    return handle.cursor()


def choose(kind):
    return Robot()


@app.get("/holder")
def holder():
    held = Holder()
    return {"rows": [held.search(request.args["a"]), held.direct(request.args["b"]), held.move(request.args["c"])]}


@app.get("/lazy")
def lazy():
    return {"rows": Lazy().search(request.args["name"])}


@app.get("/factory")
def factory():
    return {"rows": opened().execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/pointer")
def pointed():
    handle = pointer()
    handle.execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'")  # vuln: python-sql-injection
    return {"rows": handle.fetchall()}


@app.get("/robot")
def robot():
    machine = choose("small")
    return {"log": machine.execute("go to " + request.args["name"])}  # safe: python-sql-injection


@app.get("/cursor-name")
def cursor_name():
    cursor = Robot()
    return {"log": cursor.execute("go to " + request.args["name"])}  # safe: python-sql-injection
