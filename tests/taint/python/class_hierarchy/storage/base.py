"""What all stores have."""
import sqlite3


class Store:
    def __init__(self, path):
        self.path = path

    def find(self, name):
        return self.fetch(self.condition(name))

    def condition(self, name):
        raise NotImplementedError

    def fetch(self, condition):
        raise NotImplementedError


class SqlStore(Store):
    def __init__(self, path):
        super().__init__(path)
        self.connection = sqlite3.connect("shop.db")

    def fetch(self, condition):
        return self.connection.execute("SELECT id FROM items WHERE " + condition).fetchall()  # vuln: python-sql-injection

    def raw(self, query):
        return self.connection.execute(query).fetchall()  # vuln: python-sql-injection
