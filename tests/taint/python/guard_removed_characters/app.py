"""Texts whose letters were tested against a set of them, and texts that some were taken out of."""
import os
import re
import string
import subprocess

from flask import Flask, abort, request

app = Flask(__name__)
ROOT = "/srv/files"
NAMES = string.ascii_letters + string.digits + "_"
PATHS = string.ascii_letters + "/."
SIGNS = re.compile(r"[\s;&|-]+")


@app.get("/all")
def every():
    name = request.args["name"]
    if not all(letter in NAMES for letter in name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/none-other")
def none_other():
    name = request.args["name"]
    if any(letter not in NAMES for letter in name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/wide")
def wide():
    name = request.args["name"]
    if not all(letter in PATHS for letter in name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/some")
def some():
    name = request.args["name"]
    if not any(letter in NAMES for letter in name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/subset")
def subset():
    name = request.args["name"]
    if not set(name).issubset(NAMES):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/superset")
def superset():
    name = request.args["name"]
    if not set(NAMES).issubset(name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/frozen")
def frozen():
    name = request.args["name"]
    if not set(name) <= frozenset(string.ascii_lowercase):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/removed")
def removed():
    name = re.sub(r"[\s\-;]", "", request.args["name"])
    subprocess.run(["git", "log", name], check=True)  # safe: python-option-injection
    return "ok"


@app.get("/compiled")
def compiled():
    name = SIGNS.sub("_", request.args["name"])
    subprocess.run(["git", "log", name], check=True)  # safe: python-option-injection
    return "ok"


@app.get("/put-back")
def put_back():
    name = re.sub(r"[\s-]", "-", request.args["name"])
    subprocess.run(["git", "log", name], check=True)  # vuln: python-option-injection
    return "ok"


@app.get("/once")
def once():
    name = re.sub(r"[\s-]", "", request.args["name"], 1)
    subprocess.run(["git", "log", name], check=True)  # vuln: python-option-injection
    return "ok"


@app.get("/way-up")
def way_up():
    name = request.args["name"].replace("..", "")
    with open(ROOT + "/" + name) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/way-up-with-slash")
def way_up_with_slash():
    name = request.args["name"].replace("../", "")
    with open(ROOT + "/" + name) as file:  # vuln: python-path-traversal
        return file.read()
