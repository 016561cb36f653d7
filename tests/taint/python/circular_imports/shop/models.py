from typing import TYPE_CHECKING

import shop

from . import db

if TYPE_CHECKING:
    from .views import Wanted


def find(wanted: "Wanted"):
    return db.execute(f"SELECT id FROM {shop.prefix(wanted.table)} LIMIT {wanted.limit}").fetchall()  # vuln: python-sql-injection


def count(wanted: "Wanted"):
    return shop.db.execute(f"SELECT id FROM items LIMIT {wanted.limit}").fetchall()  # safe: python-sql-injection
