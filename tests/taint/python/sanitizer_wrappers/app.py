"""Sanitizers of the program that rest on those of libraries."""
import os
import shlex

from clean import clean_name, identifier, only_number, shorten

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

class Shell:
    def quote(self, text):
        return shlex.quote(text)

    def line(self, *words):
        return " ".join(self.quote(word) for word in words)

    def loose(self, *words):
        return " ".join(words)


@app.get("/number")
def number():
    return {"rows": db.execute(f"SELECT name FROM items WHERE id = {only_number(request.args['id'])}").fetchall()}  # safe: python-sql-injection


@app.get("/identifier")
def column():
    return {"rows": db.execute("SELECT " + identifier(request.args["column"]) + " FROM items").fetchall()}  # safe: python-sql-injection


@app.get("/name")
def name():
    with open("/srv/files/" + clean_name(request.args["name"])) as file:  # safe: python-path-traversal
        return {"text": file.read()}


@app.get("/name-for-sql")
def name_for_sql():
    return {"rows": db.execute("SELECT " + clean_name(request.args["column"]) + " FROM items").fetchall()}  # vuln: python-sql-injection


@app.get("/line")
def line():
    os.system(Shell().line("ls", request.args["name"]))  # safe: python-command-injection
    return {}


@app.get("/loose")
def loose():
    os.system(Shell().loose("ls", request.args["name"]))  # vuln: python-command-injection
    return {}


@app.get("/shorten")
def shortened():
    return {"rows": db.execute("SELECT " + shorten(request.args["column"]) + " FROM items").fetchall()}  # vuln: python-sql-injection
