"""Runs statements."""
import sqlite3

__all__ = ["run_query", "run_number", "run_private"]

db = sqlite3.connect("shop.db", check_same_thread=False)


def run_query(query):
    return db.execute(query).fetchall()  # vuln: python-sql-injection


def run_number(query):
    return db.execute(query).fetchall()  # safe: python-sql-injection


def run_private(query):
    return db.execute(query).fetchall()  # vuln: python-sql-injection
