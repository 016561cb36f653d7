"""Parameters that a framework gives what a function returns: of this file, of others, of functions in functions, by default or annotation."""
import sqlite3
from typing import Annotated, Literal

from dependencies import Pager, checked, column_of, current_user, inner_name, page, session
from fastapi import Depends, FastAPI

app = FastAPI()
db = sqlite3.connect("shop.db", check_same_thread=False)


def order(direction: Literal["asc", "desc"] = "asc", limit: int = 10):
    return {"direction": direction, "limit": limit}


def anything(name: str = "items"):
    return name


async def later(name: str = "items") -> str:
    return name


def fixed():
    return "items"


@app.get("/order")
def in_order(wanted: dict = Depends(order)):
    return db.execute(f"SELECT id FROM items ORDER BY id {wanted['direction']} LIMIT {wanted['limit']}").fetchall()  # safe: python-sql-injection


@app.get("/anything")
def takes_anything(name: str = Depends(anything)):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/later")
def takes_later(name: Annotated[str, Depends(later)]):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/fixed")
def takes_fixed(name: str = Depends(fixed)):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # safe: python-sql-injection


@app.get("/checked")
def takes_checked(name: str = Depends(checked)):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # safe: python-sql-injection


@app.get("/page")
def takes_page(number: Annotated[object, Depends(page)]):
    return db.execute(f"SELECT id FROM items LIMIT {number}").fetchall()  # safe: python-sql-injection


@app.get("/user")
def takes_user(user=Depends(current_user)):
    return db.execute(f"SELECT id FROM items WHERE owner = '{user.name}'").fetchall()  # safe: python-sql-injection


@app.get("/agent")
def takes_agent(user=Depends(current_user)):
    return db.execute(f"SELECT id FROM items WHERE agent = '{user.agent}'").fetchall()  # vuln: python-sql-injection


@app.get("/made")
def takes_made(column: str = Depends(column_of("items"))):
    return db.execute(f"SELECT {column} FROM items").fetchall()  # vuln: python-sql-injection


@app.get("/nested")
def takes_nested(name: str = Depends(inner_name)):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/yielded")
def takes_yielded(name: str = Depends(session)):
    return db.execute(f"SELECT id FROM {name}").fetchall()  # vuln: python-sql-injection


@app.get("/class")
def takes_class(pager: Pager = Depends()):
    return db.execute(f"SELECT id FROM items ORDER BY {pager.column}").fetchall()  # vuln: python-sql-injection


@app.get("/class-number")
def takes_class_number(pager: Pager = Depends()):
    return db.execute(f"SELECT id FROM items LIMIT {pager.limit}").fetchall()  # safe: python-sql-injection
