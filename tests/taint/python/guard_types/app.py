"""isinstance and comparisons of types."""
import numbers

import pandas
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.post("/int")
def integer():
    wanted = request.get_json()["id"]
    if not isinstance(wanted, int):
        return {}, 400
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.post("/either")
def either():
    wanted = request.get_json()["id"]
    if isinstance(wanted, (int, float)):
        return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection
    return {}


@app.post("/number")
def number():
    wanted = request.get_json()["id"]
    assert isinstance(wanted, numbers.Number)
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # safe: python-sql-injection


@app.post("/text")
def text():
    wanted = request.get_json()["name"]
    if not isinstance(wanted, str):
        return {}, 400
    return {"rows": db.execute(f"SELECT id FROM items WHERE name = '{wanted}'").fetchall()}  # vuln: python-sql-injection


@app.post("/mixed")
def mixed():
    wanted = request.get_json()["id"]
    if isinstance(wanted, (int, str)):
        return {"rows": db.execute(f"SELECT name FROM items WHERE id = {wanted}").fetchall()}  # vuln: python-sql-injection
    return {}


@app.post("/else")
def otherwise():
    wanted = request.get_json()["id"]
    if isinstance(wanted, int):
        clause = f"id = {wanted}"
    else:
        clause = f"name = '{wanted}'"
    return {"rows": db.execute("SELECT id FROM items WHERE " + clause).fetchall()}  # vuln: python-sql-injection


def rows_of(query):
    if isinstance(query, str):
        return db.execute(f"SELECT * FROM ({query})").fetchall()  # safe: python-sql-injection
    return query.to_dict()


@app.post("/table")
def table():
    return {"rows": rows_of(pandas.DataFrame(request.get_json()))}


def kept_rows(query):
    if type(query) is str:
        return db.execute(f"SELECT * FROM ({query})").fetchall()  # safe: python-sql-injection
    return query["rows"]


@app.post("/kept")
def kept():
    return {"rows": kept_rows({"rows": request.get_json()})}


def either_rows(query):
    if isinstance(query, str):
        return db.execute(f"SELECT * FROM ({query})").fetchall()  # vuln: python-sql-injection
    return query.to_dict()


@app.post("/statement")
def statement():
    if request.args.get("table"):
        return {"rows": either_rows(pandas.DataFrame(request.get_json()))}
    return {"rows": either_rows(request.args["query"])}


def first_row(frame):
    text = f"{frame}"
    if isinstance(text, str):
        return db.execute(f"SELECT * FROM ({text})").fetchall()  # vuln: python-sql-injection
    return []


@app.post("/names")
def names():
    frame = pandas.DataFrame(request.get_json())
    db.execute(f"SELECT * FROM {frame.columns[0]}")  # vuln: python-sql-injection
    return {"rows": first_row(frame)}


@app.post("/read")
def read():
    return {"rows": rows_of(pandas.read_parquet("/srv/imports/items.parquet"))}


@app.post("/columns")
def columns():
    frame = pandas.read_csv("/srv/imports/items.csv")
    db.execute(f"SELECT * FROM {frame.columns[0]}")  # vuln: python-sql-injection [content]
    db.execute(f"SELECT * FROM {frame['table'][0]}")  # vuln: python-sql-injection [content]
    db.execute(f"SELECT * FROM {frame.iloc[0]['table']}")  # vuln: python-sql-injection [content]
    return {}


@app.post("/walked")
def walked():
    for row in pandas.read_csv(request.files["table"]).itertuples():
        db.execute(f"SELECT * FROM items WHERE name = '{row.name}'")  # vuln: python-sql-injection [remote]
    return {}


@app.post("/records")
def records():
    for row in pandas.read_csv("/srv/imports/items.csv").fillna("").to_dict("records"):
        db.execute(f"SELECT * FROM items WHERE name = '{row['name']}'")  # vuln: python-sql-injection [content]
    return {}


@app.post("/iterated")
def iterated():
    frame = pandas.read_csv("/srv/imports/items.csv")
    for _, row in frame.iterrows():
        store_row(row)
    return {}


def store_row(row):
    db.execute(f"SELECT * FROM items WHERE name = '{row['name']}'")  # vuln: python-sql-injection [content]
