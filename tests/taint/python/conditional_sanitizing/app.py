"""Sanitizing on some ways only, too late, or of another value."""
import os
import shlex

import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = sqlite3.connect("shop.db", check_same_thread=False)

@app.get("/one-branch")
def one_branch():
    name = request.args["name"]
    if len(name) > 10:
        name = shlex.quote(name)
    os.system("ls " + name)  # vuln: python-command-injection
    return {}


@app.get("/both-branches")
def both_branches():
    name = request.args["name"]
    if len(name) > 10:
        name = shlex.quote(name[:10])
    else:
        name = shlex.quote(name)
    os.system("ls " + name)  # safe: python-command-injection
    return {}


@app.get("/too-late")
def too_late():
    name = request.args["name"]
    os.system("ls " + name)  # vuln: python-command-injection
    name = shlex.quote(name)
    os.system("cat " + name)  # safe: python-command-injection
    return {}


@app.get("/thrown-away")
def thrown_away():
    name = request.args["name"]
    shlex.quote(name)
    os.system("ls " + name)  # vuln: python-command-injection
    return {}


@app.get("/other")
def other():
    name, folder = request.args["name"], request.args["folder"]
    name = shlex.quote(name)
    os.system("ls " + folder)  # vuln: python-command-injection
    os.system("ls " + name)  # safe: python-command-injection
    return {}


@app.get("/copy")
def copied():
    name = request.args["name"]
    kept = name
    name = shlex.quote(name)
    os.system("ls " + kept)  # vuln: python-command-injection
    return {}


@app.get("/undone")
def undone():
    words = shlex.split(shlex.quote(request.args["name"]))
    os.system("ls " + words[0])  # vuln: python-command-injection
    return {}


@app.get("/loop")
def looped():
    name = request.args["name"]
    for _ in range(len(request.args.getlist("x"))):
        name = shlex.quote(name)
    os.system("ls " + name)  # vuln: python-command-injection
    return {}


@app.get("/ternary")
def ternary():
    name = request.args["name"]
    os.system("ls " + (shlex.quote(name) if name else ""))  # safe: python-command-injection
    return {}
