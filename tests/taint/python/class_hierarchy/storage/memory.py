"""A store without a database."""
from .base import Store


class Rows:
    def __init__(self):
        self.rows = []

    def execute(self, text):
        self.rows.append(text)
        return self.rows


class MemoryStore(Store):
    def __init__(self):
        super().__init__(":memory:")
        self.held = Rows()

    def condition(self, name):
        return name

    def fetch(self, condition):
        return self.held.execute("name is " + condition)  # safe: python-sql-injection
