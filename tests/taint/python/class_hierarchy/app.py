"""Classes over several files: inherited constructors, overridden methods, template methods."""
from flask import Flask, request

from storage.memory import MemoryStore
from storage.sql import ItemStore, SafeStore

app = Flask(__name__)
items = ItemStore("shop.db")
safe = SafeStore("shop.db")


@app.get("/find")
def find():
    return {"rows": items.find(request.args["name"])}


@app.get("/raw")
def raw():
    return {"rows": items.raw("SELECT id FROM items WHERE " + request.args["where"])}


@app.get("/safe")
def safely():
    return {"rows": safe.lookup(request.args["name"])}


@app.get("/memory")
def memory():
    return {"rows": MemoryStore().find(request.args["name"])}
