"""A sanitizer makes safe what it was made for and nothing else."""
import html
import os
import shlex
from urllib.parse import quote, quote_plus

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/html-for-sql")
def html_for_sql():
    name = html.escape(request.args["name"], quote=False)
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/html")
def html_for_html():
    return "<p>" + html.escape(request.args["name"]) + "</p>"  # safe: python-cross-site-scripting


@app.get("/html-missing")
def html_missing():
    return "<p>" + request.args["name"] + "</p>"  # vuln: python-cross-site-scripting


@app.get("/shell-for-html")
def shell_for_html():
    return "<p>" + shlex.quote(request.args["name"]) + "</p>"  # vuln: python-cross-site-scripting


@app.get("/shell")
def shell():
    os.system("ls " + shlex.quote(request.args["name"]))  # safe: python-command-injection
    return {}


@app.get("/shell-for-path")
def shell_for_path():
    with open("/srv/files/" + shlex.quote(request.args["name"])) as file:  # vuln: python-path-traversal
        return {"text": file.read()}


@app.get("/shell-for-sql")
def shell_for_sql():
    name = shlex.quote(request.args["name"])
    return {"rows": db.execute("SELECT id FROM items WHERE name = " + name).fetchall()}  # vuln: python-sql-injection


@app.get("/basename-for-shell")
def basename_for_shell():
    os.system("ls " + os.path.basename(request.args["name"]))  # vuln: python-command-injection
    return {}


@app.get("/basename")
def basename():
    with open("/srv/files/" + os.path.basename(request.args["name"])) as file:  # safe: python-path-traversal
        return {"text": file.read()}


@app.get("/quote-for-sql")
def quote_for_sql():
    name = quote(request.args["name"], safe="'")
    return {"rows": db.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()}  # vuln: python-sql-injection


@app.get("/quote-for-path")
def quote_for_path():
    with open("/srv/files/" + quote(request.args["name"])) as file:  # vuln: python-path-traversal
        return {"text": file.read()}


@app.get("/quote-plus-for-path")
def quote_plus_for_path():
    with open("/srv/files/" + quote_plus(request.args["name"]) + ".txt") as file:  # safe: python-path-traversal
        return {"text": file.read()}


@app.get("/unescaped-again")
def unescaped_again():
    return "<p>" + html.unescape(html.escape(request.args["name"])) + "</p>"  # vuln: python-cross-site-scripting
