import sqlite3
from pathlib import Path

DATABASE = Path("var/billing.sqlite3")

ORDERINGS = {
    "newest": "issued_on DESC",
    "oldest": "issued_on",
    "largest": "total DESC, issued_on DESC",
    "customer": "customer COLLATE NOCASE",
}


def connect():
    connection = sqlite3.connect(DATABASE)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def list_invoices(order, limit, offset):
    # unknown keys: keep the page usable instead of failing
    order = ORDERINGS.get(order, "issued_on DESC")
    sql = "SELECT number, customer, total FROM invoices WHERE deleted = 0 ORDER BY " + order
    with connect() as db:
        return db.execute(sql + " LIMIT ? OFFSET ?", (limit, offset)).fetchall()
