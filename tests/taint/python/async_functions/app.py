"""Coroutines: what is awaited, async for, async with, gather."""
import asyncio
from contextlib import asynccontextmanager

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

async def clean(text):
    await asyncio.sleep(0)
    return text.strip()


async def number(text):
    await asyncio.sleep(0)
    return int(text)


async def terms(text):
    for term in text.split():
        yield term


class Session:
    def __init__(self, owner):
        self.owner = owner

    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        return None


@asynccontextmanager
async def opened(name):
    yield name.lower()


@app.get("/awaited")
async def awaited():
    name = await clean(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/for")
async def loops():
    found = []
    async for term in terms(request.args["q"]):
        found += db.execute("SELECT id FROM items WHERE name = '" + term + "'").fetchall()  # vuln: python-sql-injection
    return {"rows": found}


@app.get("/comprehension")
async def comprehension():
    names = [term async for term in terms(request.args["q"])]
    return {"rows": db.execute("SELECT id FROM items WHERE name IN ('" + "','".join(names) + "')").fetchall()}  # vuln: python-sql-injection


@app.get("/with")
async def entered():
    async with Session(request.args["owner"]) as session:
        return {"rows": db.execute(f"SELECT id FROM carts WHERE owner = '{session.owner}'").fetchall()}  # vuln: python-sql-injection


@app.get("/manager")
async def managed():
    async with opened(request.args["table"]) as table:
        return {"rows": db.execute("SELECT id FROM " + table).fetchall()}  # vuln: python-sql-injection


@app.get("/gather")
async def gathered():
    first, second = await asyncio.gather(clean(request.args["a"]), number(request.args["b"]))
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + first + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/number")
async def numbers():
    wanted = await number(request.args["id"])
    return {"rows": db.execute("SELECT name FROM items WHERE id = %s" % wanted).fetchall()}  # safe: python-sql-injection


@app.get("/bound")
async def bound():
    name = await clean(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = ?", [name]).fetchall()}  # safe: python-sql-injection
