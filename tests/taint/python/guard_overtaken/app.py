"""Tests whose outcome is kept in a variable, when what they were about is something else by the time it is asked."""
from flask import Flask, abort, request

app = Flask(__name__)
ROOT = "/srv/files/"
NAMES = ("a", "b")


@app.get("/kept")
def kept():
    name = request.args["name"]
    fine = name in NAMES
    if not fine:
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/respelled")
def respelled():
    name = request.args["name"]
    fine = name in NAMES
    name = name.lower()
    if not fine:
        abort(404)
    return {"text": open(ROOT + name).read()}  # safe: python-path-traversal


@app.get("/another")
def another():
    name = request.args["name"]
    fine = name in NAMES
    name = request.args["other"]
    if not fine:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/another-of-digits")
def another_of_digits():
    name = request.args["name"]
    fine = name.isdigit()
    name = request.args["other"]
    if not fine:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/another-number")
def another_number():
    name = request.args["name"]
    number = int(name)
    name = request.args["other"]
    if not number:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/another-found")
def another_found():
    name = request.args["name"]
    found = [known for known in NAMES if known == name]
    name = request.args["other"]
    if not found:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal


@app.get("/another-next")
def another_next():
    name = request.args["name"]
    found = next((known for known in NAMES if known == name), None)
    name = request.args["other"]
    if found is None:
        abort(404)
    return {"text": open(ROOT + name).read()}  # vuln: python-path-traversal
