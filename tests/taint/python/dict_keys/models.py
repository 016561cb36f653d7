"""Keys that are none of the visitor's, whatever lies under them: in dictionaries filled by key, and of models whose class names the fields."""
import sqlite3

from fastapi import FastAPI
from flask import Flask, request
from pydantic import BaseModel

app = Flask(__name__)
api = FastAPI()
db = sqlite3.connect("shop.db", check_same_thread=False)


class Order(BaseModel):
    name: str
    note: str


def plain(model: BaseModel) -> dict:
    found: dict = {}
    for key, value in model.dict().items():
        found[key] = value
    return found


def inserting(table, model: BaseModel):
    fields = ", ".join(f'"{name}"' for name in plain(model).keys())
    return f"INSERT INTO {table} ({fields}) VALUES (?, ?)"


def unsafe(table, model: BaseModel):
    values = ", ".join(f"'{value}'" for value in plain(model).values())
    return f"INSERT INTO {table} VALUES ({values})"


@api.post("/orders")
async def orders(order: Order):
    db.execute(inserting("orders", order), list(plain(order).values()))  # safe: python-sql-injection
    db.execute(unsafe("orders", order))  # vuln: python-sql-injection
    return {}


@app.get("/filled")
def filled():
    wanted = {field: set() for field in ("name", "note")}
    for field in wanted:
        wanted[field].add(request.args[field])
    for field, values in wanted.items():
        db.executemany(f"UPDATE items SET seen = 1 WHERE {field} = ?", [(value,) for value in values])  # safe: python-sql-injection
        db.execute(f"UPDATE items SET seen = 1 WHERE {field} IN ({','.join(values)})")  # vuln: python-sql-injection
    return {}


@app.get("/own-keys")
def own_keys():
    wanted = {}
    wanted[request.args["column"]] = 1
    for column in wanted:
        db.execute(f"UPDATE items SET {column} = 1")  # vuln: python-sql-injection
    for number in wanted.values():
        db.execute(f"UPDATE items SET seen = {number}")  # safe: python-sql-injection
    return {}


def renamed(values):
    return {key.lower(): value for key, value in values.items()}


@app.post("/handed-over")
def handed_over():
    for column, value in renamed(request.get_json()).items():
        db.execute(f"UPDATE items SET {column} = ?", (value,))  # vuln: python-sql-injection
    for column, value in renamed({"name": request.args["name"]}).items():
        db.execute(f"UPDATE items SET {column} = ?", (value,))  # safe: python-sql-injection
    return {}
