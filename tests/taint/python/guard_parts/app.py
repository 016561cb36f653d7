"""What is tested is a part of a text, or made from it: the part is proven, the rest is not. Another spelling of the whole proves the whole."""
import os
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/ending")
def ending():
    name = request.args["name"]
    kind = name.rsplit(".", 1)[-1]
    if kind != "png":
        return {}
    return {"text": open(os.path.join("/srv", name)).read()}  # vuln: python-path-traversal


@app.get("/suffix")
def suffix():
    name = request.args["name"]
    kind = os.path.splitext(name)[1].lower()
    if kind not in {".png", ".jpg"}:
        return {}
    return {"text": open(os.path.join("/srv", name)).read()}  # vuln: python-path-traversal


@app.get("/part")
def part():
    name = request.args["name"]
    kind = name.rsplit(".", 1)[-1]
    if kind not in {"png", "jpg"}:
        return {}
    return {"text": open("/srv/sample." + kind).read()}  # safe: python-path-traversal


@app.get("/slice")
def sliced():
    name = request.args["name"]
    if name[-4:] == ".png":
        return {"text": open(os.path.join("/srv", name)).read()}  # vuln: python-path-traversal
    return {}


@app.get("/kept-slice")
def kept_slice():
    name = request.args["name"]
    tail = name[-4:]
    if tail == ".png":
        return {"text": open(os.path.join("/srv", name)).read()}  # vuln: python-path-traversal
    return {}


@app.get("/unpacked")
def unpacked():
    kind, name = request.args["name"].split(":", 1)
    if kind == "file":
        return {"text": open(os.path.join("/srv", name)).read()}  # vuln: python-path-traversal
    return {}


@app.get("/spelling")
def spelling():
    name = request.args["name"].strip()
    plain = str(name).lower()
    if plain in ("readme", "licence"):
        return {"text": open(os.path.join("/srv", name)).read()}  # safe: python-path-traversal
    return {}


@app.get("/host")
def host():
    address = request.args["address"]
    where = urlsplit(address).hostname
    if where not in ("a.example.org", "b.example.org"):
        return {}
    return {"text": requests.get(address, timeout=5).text}  # safe: python-server-side-request-forgery


@app.get("/unpacked-host")
def unpacked_host():
    address = request.args["address"]
    _scheme, where, _path, _query, _fragment = urlsplit(address)
    if where != "a.example.org":
        return {}
    return {"text": requests.get(address, timeout=5).text}  # safe: python-server-side-request-forgery


@app.get("/scheme")
def scheme():
    address = request.args["address"]
    how = urlsplit(address).scheme
    if how not in ("http", "https"):
        return {}
    return {"text": requests.get(address, timeout=5).text}  # vuln: python-server-side-request-forgery
