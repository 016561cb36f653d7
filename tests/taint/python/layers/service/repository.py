"""The last layer: statements."""
import sqlite3


class ItemRepository:
    def __init__(self, path):
        self.connection = sqlite3.connect("items.db")

    def by_name(self, name):
        cursor = self.connection.cursor()
        cursor.execute("SELECT id FROM items WHERE name = '%s'" % name)  # vuln: python-sql-injection
        return cursor.fetchall()

    def by_id(self, number):
        cursor = self.connection.cursor()
        cursor.execute("SELECT name FROM items WHERE id = %d" % number)  # safe: python-sql-injection
        return cursor.fetchone()

    def sorted_by(self, column):
        return self.connection.execute("SELECT id FROM items ORDER BY " + column).fetchall()  # safe: python-sql-injection

    def note(self, entry):
        self.connection.execute(f"INSERT INTO notes VALUES ('{entry['text']}', '{entry['kind']}')")  # vuln: python-sql-injection

    def kind(self, entry):
        self.connection.execute(f"INSERT INTO kinds VALUES ('{entry['kind']}')")  # safe: python-sql-injection
