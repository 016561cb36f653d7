"""Command line and environment: local data. It counts for SQL and shells, not for paths."""
import argparse
import os
import sqlite3
import sys


def main():
    db = sqlite3.connect("shop.db")
    db.execute("DELETE FROM items WHERE name = '" + sys.argv[1] + "'")  # vuln: python-sql-injection [local]
    db.execute("DELETE FROM items WHERE owner = '" + os.environ["OWNER"] + "'")  # vuln: python-sql-injection [local]
    os.system("ls " + os.getenv("FOLDER", "."))  # vuln: python-command-injection [local]
    parser = argparse.ArgumentParser()
    parser.add_argument("--name")
    parser.add_argument("--size", type=int)
    options = parser.parse_args()
    db.execute(f"DELETE FROM items WHERE name = '{options.name}'")  # vuln: python-sql-injection [local]
    db.execute(f"DELETE FROM items WHERE size = {options.size}")  # safe: python-sql-injection
    with open(sys.argv[2]) as file:  # safe: python-path-traversal
        return file.read()


def lines():
    db = sqlite3.connect("shop.db")
    name = input("name: ")
    db.execute("DELETE FROM items WHERE name = '" + name + "'")  # vuln: python-sql-injection [local]
    db.execute("DELETE FROM items WHERE name = ?", (name,))  # safe: python-sql-injection


if __name__ == "__main__":
    main()
    lines()
