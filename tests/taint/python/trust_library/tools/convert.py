"""A script beside the package: whoever runs it decides, and nobody imports it."""
import sqlite3


def rename(table):
    connection = sqlite3.connect("shop.db")
    connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")  # safe: python-sql-injection [library]


rename("orders")
