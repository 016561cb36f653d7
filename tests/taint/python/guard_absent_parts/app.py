"""Tests that something is not in a name: no separator, no way up, not absolute, no hyphen at its start."""
import os
import posixpath
import subprocess
from pathlib import PurePosixPath

from flask import Flask, abort, redirect, request

app = Flask(__name__)
ROOT = "/srv/files"


@app.get("/separator")
def separator():
    name = request.args["name"]
    if "/" in name:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/system-separator")
def system_separator():
    name = request.args["name"]
    if os.sep in name or name == os.pardir:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/comma")
def comma():
    name = request.args["name"]
    if "," in name:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/relative")
def relative():
    name = request.args["name"]
    if os.path.isabs(name) or ".." in name:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/parts-then-slash")
def parts_then_slash():
    name = request.args["name"]
    if ".." in name.split("/"):
        abort(400)
    if name.startswith("/"):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/only-relative")
def only_relative():
    name = request.args["name"]
    if os.path.isabs(name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/only-parts")
def only_parts():
    name = request.args["name"]
    if ".." in name.split("/"):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/words")
def words():
    name = request.args["name"]
    if ".." in name.split(" ") or name.startswith("/"):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/any-part")
def any_part():
    name = request.args["name"]
    if any(part in (".", "..") for part in name.split("/")):
        abort(400)
    with open(ROOT + "/" + name) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/any-hidden-part")
def any_hidden_part():
    name = request.args["name"]
    if any(part in (".", "") for part in name.split("/")):
        abort(400)
    with open(ROOT + "/" + name) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/path-parts")
def path_parts():
    path = PurePosixPath(request.args["name"])
    if path.is_absolute() or ".." in path.parts:
        abort(400)
    with open(os.path.join(ROOT, path)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/no-directory")
def no_directory():
    name = request.args["name"]
    directory, _ = os.path.split(name)
    if directory:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/dirname")
def dirname():
    name = request.args["name"]
    if os.path.dirname(name):
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/no-name")
def no_name():
    name = request.args["name"]
    _, last = os.path.split(name)
    if last:
        abort(400)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/relpath")
def relpath():
    path = os.path.join(ROOT, request.args["name"])
    if os.path.relpath(path, ROOT).startswith(".."):
        abort(400)
    with open(path) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/joined-dots")
def joined_dots():
    path = os.path.join(ROOT, request.args["name"])
    if path.startswith(".."):
        abort(400)
    with open(path) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/from-the-root")
def from_the_root():
    name = posixpath.normpath("/" + request.args["name"]).lstrip("/")
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/below-the-root")
def below_the_root():
    with open(ROOT + os.path.normpath(os.path.join("/", request.args["name"]))) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/still-absolute")
def still_absolute():
    with open(os.path.join(ROOT, posixpath.normpath("/" + request.args["name"]))) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/from-nowhere")
def from_nowhere():
    name = posixpath.normpath(request.args["name"]).lstrip("/")
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/other-separator")
def other_separator():
    name = request.args["name"].replace("/", os.sep)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/dashes")
def dashes():
    name = request.args["name"].replace("/", "-")
    with open(os.path.join(ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/option")
def option():
    name = request.args["name"]
    if name.startswith("-"):
        abort(400)
    subprocess.run(["git", "log", name], check=True)  # safe: python-option-injection
    return "ok"


@app.get("/end")
def end():
    name = request.args["name"]
    if name.endswith("-"):
        abort(400)
    subprocess.run(["git", "log", name], check=True)  # vuln: python-option-injection
    return "ok"


@app.get("/two-slashes")
def two_slashes():
    if request.path.startswith("//"):
        abort(403)
    return redirect(request.path + "/")  # safe: python-open-redirect


@app.get("/one-slash")
def one_slash():
    if request.path.endswith("//"):
        abort(403)
    return redirect(request.path + "/")  # vuln: python-open-redirect
