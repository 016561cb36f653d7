"""Types that annotations give: of parameters, variables, attributes, with quotes, Optional and unions."""
from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Optional

from flask import Flask, Request, request

if TYPE_CHECKING:
    from sqlite3 import Cursor

    from robots import Robot

app = Flask(__name__)


class Store:
    handle: sqlite3.Connection
    robot: Robot

    def search(self, name: str):
        return self.handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    def move(self, name: str):
        return self.robot.execute(name)  # safe: python-sql-injection


def search(handle: sqlite3.Connection, name: str):
    return handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


def maybe(handle: Optional[Cursor], name: str):
    if handle is None:
        return []
    return handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


def united(handle: "sqlite3.Cursor | None", name: str):
    return handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall() if handle else []  # vuln: python-sql-injection


def steer(cursor: Robot, name: str):
    return cursor.execute("go to " + name)  # safe: python-sql-injection


def connect() -> sqlite3.Connection:
    return _make()


def read(req: Request):
    return req.args["name"]


@app.get("/all")
def everything():
    name = request.args["name"]
    pool = _make()
    steer(_make(), name)
    return {"rows": [search(pool, name), maybe(pool, name), united(pool, name), Store().search(name), Store().move(name)]}


@app.get("/return-type")
def return_type():
    return {"rows": connect().execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/request-type")
def request_type():
    name = read(request)
    return {"rows": connect().execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/variable-type")
def variable_type():
    handle: sqlite3.Connection = _make()
    return {"rows": handle.execute("SELECT id FROM items WHERE name = '" + request.args["name"] + "'").fetchall()}  # vuln: python-sql-injection


def _make():
    import importlib

    return importlib.import_module("drivers").open()
