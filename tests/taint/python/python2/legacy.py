# -*- coding: utf-8 -*-
"""Python 2 as it is still found: print statements, backticks, except with a comma, exec, old octals, unicode literals."""
import os
import sqlite3
import sys

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db")


@app.route("/name")
def name():
    wanted = request.args.get("name", u"")
    print "looking for", wanted
    print >>sys.stderr, "still looking for %s" % wanted
    rows = db.execute("SELECT id FROM items WHERE name = '%s'" % wanted)  # vuln: python-sql-injection
    return unicode(list(rows))


@app.route("/command")
def command():
    try:
        os.system("ls " + request.args["folder"])  # vuln: python-command-injection
    except OSError, error:
        print "failed: %s" % error
    return ""


@app.route("/raised")
def raised():
    column = request.args["column"]
    if column not in (u"id", u"name"):
        raise ValueError, "unknown column"
    rows = db.execute("SELECT " + column + " FROM items")  # safe: python-sql-injection
    return unicode(list(rows))


@app.route("/number")
def number():
    wanted = long(request.args["id"])
    os.umask(0022)
    rows = db.execute("SELECT name FROM items WHERE id = %d" % wanted)  # safe: python-sql-injection
    return unicode(list(rows))


@app.route("/keys")
def keys():
    clauses = []
    for key, value in request.args.iteritems():
        if value <> "":
            clauses.append(key + " = '" + value + "'")
    rows = db.execute("SELECT id FROM items WHERE " + " AND ".join(clauses))  # vuln: python-sql-injection
    return unicode(list(rows))
