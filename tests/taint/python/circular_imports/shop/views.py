import dataclasses

from flask import Blueprint, request

from . import db as database
from .models import count, find

views = Blueprint("views", __name__)


@dataclasses.dataclass
class Wanted:
    table: str
    limit: int


@views.get("/find")
def finding():
    wanted = Wanted(request.args["table"], int(request.args["limit"]))
    return {"rows": find(wanted) + count(wanted)}


@views.get("/direct")
def direct():
    from shop import prefix

    found = database.execute("SELECT id FROM " + prefix("chairs")).fetchall()  # safe: python-sql-injection
    return {"rows": found + database.execute("SELECT id FROM " + prefix(request.args["table"])).fetchall()}  # vuln: python-sql-injection
