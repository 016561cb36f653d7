"""Imports of every form: relative, re-exported by a package, with a star, under another name, inside of a function, as modules."""
from flask import Blueprint, request

import shop.sql.build as builder
from shop import sql

from . import sql as queries
from .sql import by_size, name_query
from .sql.run import db

views = Blueprint("views", __name__)


@views.get("/reexported")
def reexported():
    return {"rows": sql.run_query(name_query(request.args["name"]))}


@views.get("/number")
def number():
    return {"rows": queries.run_number(by_size(request.args["size"]))}


@views.get("/module")
def module():
    return {"rows": db.execute(builder.by_name(request.args["name"])).fetchall()}  # vuln: python-sql-injection


@views.get("/inside")
def inside():
    from .sql.run import run_private as run

    return {"rows": run(name_query(request.args["name"]))}


@views.get("/dotted")
def dotted():
    import shop.sql.run

    return {"rows": shop.sql.run.run_number(builder.by_size(request.args["size"]))}


@views.get("/built")
def built():
    return {"rows": db.execute(builder.by_size(request.args["size"])).fetchall()}  # safe: python-sql-injection
