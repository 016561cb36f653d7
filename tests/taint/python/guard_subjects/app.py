"""What a guard looks at: attributes, values of dictionaries, the same expression twice, elements, copies, derived values."""
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)
COLUMNS = {"id", "name"}


class Listing:
    def __init__(self, column):
        self.column = column

    def rows(self):
        if self.column not in COLUMNS:
            raise ValueError(self.column)
        return db.execute("SELECT " + self.column + " FROM items").fetchall()  # safe: python-sql-injection


class Open:
    def __init__(self, column):
        self.column = column

    def rows(self):
        if not self.column:
            raise ValueError(self.column)
        return db.execute("SELECT " + self.column + " FROM items").fetchall()  # vuln: python-sql-injection


class Guarded:
    def __init__(self, column):
        if column not in COLUMNS:
            raise ValueError(column)
        self.column = column

    def rows(self):
        return db.execute("SELECT " + self.column + " FROM items").fetchall()  # safe: python-sql-injection


@app.get("/attribute")
def attribute():
    column = request.args["column"]
    return {"rows": Listing(column).rows() + Open(column).rows() + Guarded(column).rows()}


@app.get("/same")
def same():
    if request.args["column"] in COLUMNS:
        return {"rows": db.execute("SELECT " + request.args["column"] + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/different")
def different():
    if request.args["column"] in COLUMNS:
        return {"rows": db.execute("SELECT " + request.args["table"] + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/key")
def key():
    data = request.get_json()
    if data["column"] not in COLUMNS:
        return {}, 400
    return {"rows": db.execute("SELECT " + data["column"] + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/other-key")
def other_key():
    data = request.get_json()
    if data["column"] not in COLUMNS:
        return {}, 400
    return {"rows": db.execute("SELECT id FROM " + data["table"]).fetchall()}  # vuln: python-sql-injection


@app.get("/elements")
def elements():
    columns = request.args.getlist("column")
    for column in columns:
        if column not in COLUMNS:
            return {}, 400
    return {"rows": db.execute("SELECT " + ", ".join(columns) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/all-elements")
def all_elements():
    columns = request.args.getlist("column")
    if not all(column in COLUMNS for column in columns):
        return {}, 400
    return {"rows": db.execute("SELECT " + ", ".join(columns) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/subset")
def subset():
    columns = request.args.getlist("column")
    if not set(columns) <= COLUMNS:
        return {}, 400
    return {"rows": db.execute("SELECT " + ", ".join(columns) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/copy")
def copied():
    column = request.args["column"]
    kept = column
    if column in COLUMNS:
        return {"rows": db.execute("SELECT " + kept + " FROM items").fetchall()}  # safe: python-sql-injection
    return {}


@app.get("/stripped")
def stripped():
    column = request.args["column"]
    if column.strip("'\"; -()") in COLUMNS:
        return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection
    return {}


@app.get("/reassigned")
def reassigned():
    column = request.args["column"]
    if column in COLUMNS:
        column = request.args["other"]
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/found")
def found():
    column = next((known for known in COLUMNS if known == request.args["column"]), "id")
    return {"rows": db.execute("SELECT " + column + " FROM items").fetchall()}  # safe: python-sql-injection
