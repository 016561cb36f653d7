"""Stores for items."""
from . import base


class ItemStore(base.SqlStore):
    def condition(self, name):
        return "name = '" + name + "'"


class SafeStore(base.SqlStore):
    def lookup(self, name):
        return self.connection.execute("SELECT id FROM items WHERE name = ?", (name,)).fetchall()  # safe: python-sql-injection
