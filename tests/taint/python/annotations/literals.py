"""Parameters of handlers that the framework takes only one of a few texts for, and others."""
import sqlite3
from typing import Literal

from fastapi import FastAPI, Query

app = FastAPI()
db = sqlite3.connect("shop.db", check_same_thread=False)
Column = Literal["name", "price"]
Anything = str


@app.get("/named")
async def named(column: Column):
    return db.execute(f"SELECT id FROM items ORDER BY {column}").fetchall()  # safe: python-sql-injection


@app.get("/written")
async def written(column: Literal["name", "price"] = "name"):
    return db.execute(f"SELECT id FROM items ORDER BY {column}").fetchall()  # safe: python-sql-injection


@app.get("/anything")
async def anything(column: Anything):
    return db.execute(f"SELECT id FROM items ORDER BY {column}").fetchall()  # vuln: python-sql-injection


@app.get("/asked")
async def asked(column: Column = Query("name"), size: int = Query(10)):
    return db.execute(f"SELECT id FROM items ORDER BY {column} LIMIT {size}").fetchall()  # safe: python-sql-injection


@app.get("/asked-anything")
async def asked_anything(column: str = Query("name")):
    return db.execute(f"SELECT id FROM items ORDER BY {column}").fetchall()  # vuln: python-sql-injection
