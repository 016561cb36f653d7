"""Functions for others."""
import sqlite3
import subprocess


class Store:
    def __init__(self, path):
        self.handle = sqlite3.connect("shop.db")

    def find(self, name):
        return self.handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection [library]

    def _internal(self, name):
        return self.handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # safe: python-sql-injection [library]

    def page(self, size: int):
        return self.handle.execute(f"SELECT id FROM items LIMIT {size}").fetchall()  # safe: python-sql-injection [library]


def search(handle: sqlite3.Connection, table, name):
    return handle.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchall()  # vuln: python-sql-injection [library]


def convert(source, target):
    subprocess.run(f"convert {source} {target}", shell=True, check=True)  # vuln: python-command-injection [library]


def convert_safely(source, target):
    subprocess.run(["convert", "--", source, target], check=True)  # safe: python-command-injection [library]


def _hidden(command):
    subprocess.run(command, shell=True, check=True)  # safe: python-command-injection [library]
