"""Look-ups: there is an element that is equal to the data, in a table of the program or among the members of an enumeration."""
import enum
import sqlite3

from catalogue import Color, Loose, find, known
from flask import Flask, abort, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)


class Table:
    def __init__(self, name):
        self.name = name


TABLES = (Table("items"), Table("carts"))


class Direction(enum.Enum):
    UP = "asc"
    DOWN = "desc"


@app.get("/next")
def next_():
    name = request.args["name"]
    table = next((table for table in TABLES if table.name == name), None)
    if table is None:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # safe: python-sql-injection


@app.get("/next-unasked")
def next_unasked():
    name = request.args["name"]
    table = next((table for table in TABLES if table.name == name), None)
    if table is not None:
        app.logger.info("known")
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/next-or-another")
def next_or_another():
    name = request.args["name"]
    table = next((table for table in TABLES if table.name == name), TABLES[0])
    if not table:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/next-like")
def next_like():
    name = request.args["name"]
    table = next((table for table in TABLES if name.startswith(table.name)), None)
    if table is None:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/next-or-old")
def next_or_old():
    name = request.args["name"]
    table = next((table for table in TABLES if table.name == name or request.args.get("old")), None)
    if table is None:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.post("/next-of-theirs")
def next_of_theirs():
    name = request.args["name"]
    table = next((table for table in request.get_json() if table["name"] == name), None)
    if table is None:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/any")
def any_():
    name = request.args["name"]
    if not any(table.name == name for table in TABLES):
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # safe: python-sql-injection


@app.get("/any-refused")
def any_refused():
    name = request.args["name"]
    if any(table.name == name for table in TABLES):
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/list")
def list_():
    name = request.args["name"]
    found = [table for table in TABLES if table.name == name]
    if not found:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # safe: python-sql-injection


@app.get("/list-of-others")
def list_of_others():
    name = request.args["name"]
    found = [table for table in TABLES if table.name != name]
    if not found:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/generator")
def generator():
    name = request.args["name"]
    found = (table for table in TABLES if table.name == name)
    if not found:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/helper")
def helper():
    name = request.args["name"]
    table = find(name)
    return {"table": table, "rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # safe: python-sql-injection


@app.get("/helper-that-answers")
def helper_that_answers():
    name = request.args["name"]
    table = known(name)
    return {"table": table, "rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/member")
def member():
    name = request.args["name"]
    direction = Direction(name)
    return {"direction": direction.name, "rows": db.execute(f"SELECT id FROM items ORDER BY id {name}").fetchall()}  # safe: python-sql-injection


@app.get("/member-of-another-module")
def member_of_another_module():
    name = request.args["name"]
    try:
        Color(name)
    except ValueError:
        abort(400)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # safe: python-sql-injection


@app.get("/member-for-anything")
def member_for_anything():
    name = request.args["name"]
    color = Loose(name)
    return {"color": color.name, "rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/no-enumeration")
def no_enumeration():
    name = request.args["name"]
    table = Table(name)
    return {"table": str(table), "rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection


@app.get("/row")
def row():
    name = request.args["name"]
    found = db.execute("SELECT id FROM tables WHERE name = ?", (name,)).fetchone()
    if found is None:
        abort(404)
    return {"rows": db.execute(f"SELECT id FROM {name}").fetchall()}  # vuln: python-sql-injection
