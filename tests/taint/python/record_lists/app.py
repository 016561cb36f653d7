"""Records in lists: each field keeps what it holds while the list goes from function to function and file to file."""
import enum

from flask import Flask, request
from records import Filter
from store import Store

app = Flask(__name__)
store = Store()


class Comparison(enum.Enum):
    EQUAL = "="
    NOT = "<>"


@app.get("/by-value")
def by_value():
    return {"rows": store.list_by([Filter("name", request.args["name"], Comparison.EQUAL)])}


@app.get("/by-operator")
def by_operator():
    return {"rows": store.list_as([Filter("name", "apple", request.args["operator"])])}


@app.get("/by-position")
def by_position():
    return {"rows": store.list_at([Filter(request.args["field"], "apple", "=")])}


@app.get("/several")
def several():
    found = [Filter("name", request.args["name"], Comparison.EQUAL)]
    found.append(Filter("kind", request.args["kind"], Comparison.NOT))
    return {"rows": store.list_by(found)}
