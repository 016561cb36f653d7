"""Containment of paths: after normalisation and with a separator it protects, otherwise not."""
import os
from pathlib import Path

from flask import Flask, abort, request, send_file
from werkzeug.utils import safe_join, secure_filename

app = Flask(__name__)
ROOT = "/srv/files"
BASE = Path("/srv/files").resolve()


@app.get("/contained")
def contained():
    path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
    if not path.startswith(ROOT + os.sep):
        abort(403)
    with open(path) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/slash")
def slash():
    path = os.path.abspath(os.path.join(ROOT, request.args["name"]))
    if path.startswith("/srv/files/"):
        with open(path) as file:  # safe: python-path-traversal
            return file.read()
    return "", 404


@app.get("/common")
def common():
    path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
    if os.path.commonpath([ROOT, path]) != ROOT:
        return "", 403
    with open(path) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/relative")
def relative():
    path = (BASE / request.args["name"]).resolve()
    if not path.is_relative_to(BASE):
        return "", 403
    return path.read_text()  # safe: python-path-traversal


@app.get("/parents")
def parents():
    path = BASE.joinpath(request.args["name"]).resolve()
    if BASE not in path.parents:
        return "", 403
    return path.read_text()  # safe: python-path-traversal


@app.get("/relative-to")
def relative_to():
    path = (BASE / request.args["name"]).resolve()
    try:
        path.relative_to(BASE)
    except ValueError:
        abort(403)
    return path.read_text()  # safe: python-path-traversal


@app.get("/basename")
def basename():
    with open(os.path.join(ROOT, os.path.basename(request.args["name"]))) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/secure")
def secure():
    with open(os.path.join(ROOT, secure_filename(request.args["name"]))) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/joined")
def joined():
    path = safe_join(ROOT, request.args["name"])
    return send_file(path)  # safe: python-path-traversal


@app.get("/no-separator")
def no_separator():
    path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
    if not path.startswith(ROOT):
        abort(403)
    with open(path) as file:  # vuln: python-path-prefix-test [remote]
        return file.read()


@app.get("/not-normalised")
def not_normalised():
    path = os.path.join(ROOT, request.args["name"])
    if not path.startswith(ROOT + os.sep):
        abort(403)
    with open(path) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/too-early")
def too_early():
    name = request.args["name"]
    path = os.path.join(ROOT, name)
    if not path.startswith(ROOT + "/"):
        abort(403)
    path = os.path.normpath(path)
    with open(path) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/dots")
def dots():
    name = request.args["name"]
    if name.startswith(".."):
        abort(403)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/unresolved")
def unresolved():
    path = BASE / request.args["name"]
    if not path.is_relative_to(BASE):
        return "", 403
    return path.read_text()  # vuln: python-path-traversal


@app.get("/exists")
def exists():
    path = os.path.join(ROOT, request.args["name"])
    if not os.path.isfile(path):
        abort(404)
    return send_file(path)  # vuln: python-path-traversal


@app.get("/suffix")
def suffix():
    name = request.args["name"]
    if not name.endswith(".txt"):
        abort(404)
    with open(os.path.join(ROOT, name)) as file:  # vuln: python-path-traversal
        return file.read()


@app.get("/base-name")
def base_name():
    name = request.args["name"]
    if name != os.path.basename(name):
        abort(404)
    with open("%s/%s" % (ROOT, name)) as file:  # safe: python-path-traversal
        return file.read()


@app.get("/base-name-positive")
def base_name_positive():
    name = request.args["name"]
    if os.path.basename(name) == name:
        return send_file(os.path.join(ROOT, name))  # safe: python-path-traversal
    return send_file(os.path.join(ROOT, name))  # vuln: python-path-traversal


def plain_name(name):
    if os.path.basename(name) != name:
        raise ValueError(name)
    return name


def is_plain(name):
    return name == os.path.basename(name)


@app.get("/base-name-helper")
def base_name_helper():
    name = plain_name(request.args["name"])
    other = request.args["other"]
    if not is_plain(other):
        abort(404)
    return [send_file(os.path.join(ROOT, name)), send_file(os.path.join(ROOT, other))]  # safe: python-path-traversal


@app.get("/secure-name")
def secure_name():
    name = request.args["name"]
    safe = secure_filename(name)
    if safe != name:
        abort(404)
    return send_file(os.path.join(ROOT, name))  # safe: python-path-traversal


@app.get("/last-part")
def last_part():
    name = request.args["name"]
    if Path(name).name != name:
        abort(404)
    return (BASE / name).read_text()  # safe: python-path-traversal


@app.get("/base-name-of-another")
def base_name_of_another():
    name, other = request.args["name"], request.args["other"]
    if other != os.path.basename(other):
        abort(404)
    return send_file(os.path.join(ROOT, name))  # vuln: python-path-traversal


@app.get("/directory-name")
def directory_name():
    name = request.args["name"]
    if name != os.path.normpath(name):
        abort(404)
    return send_file(os.path.join(ROOT, name))  # vuln: python-path-traversal


@app.get("/unresolved-parents")
def unresolved_parents():
    path = BASE / request.args["name"]
    if BASE not in path.parents:
        return "", 403
    return path.read_text()  # vuln: python-path-traversal


@app.get("/other-parents")
def other_parents():
    path = (BASE / request.args["name"]).resolve()
    if BASE in path.parents:
        return "", 403
    return path.read_text()  # vuln: python-path-traversal
