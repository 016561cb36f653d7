# Names that are refused when they hold `..`: behind a directory's path they stay below it, joined or by themselves they may still be absolute.
import os

from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/behind")
def behind():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    with open(f"/srv/files/{name}") as file:  # safe: python-path-traversal
        return file.read()


@app.get("/joined")
def joined():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    with open(os.path.join("/srv/files", name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/late")
def late():
    path = os.path.normpath("/srv/files/" + request.args["name"])
    if ".." in path:
        abort(400)
    with open(path) as file:  # vuln: python-path-traversal
        return file.read()
