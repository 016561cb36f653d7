"""Addresses: allow-lists of hosts protect, tests on the text do not."""
from urllib.parse import urljoin, urlparse, urlsplit
from urllib.request import urlopen

import httpx
from flask import Flask, redirect, request

app = Flask(__name__)
HOSTS = {"api.example.org", "files.example.org"}


@app.get("/listed")
def listed():
    url = request.args["url"]
    if urlsplit(url).hostname not in HOSTS:
        return "", 400
    return urlopen(url).read()  # safe: python-server-side-request-forgery


@app.get("/parsed")
def parsed():
    url = request.args["url"]
    parts = urlparse(url)
    if parts.scheme == "https" and parts.netloc == "api.example.org":
        return urlopen(url).read()  # safe: python-server-side-request-forgery
    return "", 400


@app.get("/prefix-with-slash")
def prefix_with_slash():
    url = request.args["url"]
    if not url.startswith("https://api.example.org/"):
        return "", 400
    return urlopen(url).read()  # safe: python-server-side-request-forgery


@app.get("/fixed-host")
def fixed_host():
    return urlopen("https://api.example.org/items/" + request.args["item"]).read()  # safe: python-server-side-request-forgery


@app.get("/local-redirect")
def local_redirect():
    target = request.args["next"]
    parts = urlsplit(target)
    if parts.netloc or parts.scheme:
        return "", 400
    return redirect(target)  # safe: python-open-redirect


@app.get("/prefix")
def prefix():
    url = request.args["url"]
    if not url.startswith("https://api.example.org"):
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/substring")
def substring():
    url = request.args["url"]
    if "example.org" not in url:
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/host-suffix")
def host_suffix():
    url = request.args["url"]
    if not urlsplit(url).netloc.endswith("example.org"):
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/scheme")
def scheme():
    url = request.args["url"]
    if urlsplit(url).scheme != "https":
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/joined")
def joined():
    return urlopen(urljoin("https://api.example.org/", request.args["path"])).read()  # vuln: python-server-side-request-forgery


@app.get("/deny-list")
def deny_list():
    url = request.args["url"]
    if urlsplit(url).hostname in ("localhost", "127.0.0.1"):
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/other-url")
def other_url():
    url, other = request.args["url"], request.args["other"]
    if urlsplit(other).hostname not in HOSTS:
        return "", 400
    return urlopen(url).read()  # vuln: python-server-side-request-forgery


@app.get("/template")
def template():
    return urlopen("https://api.example.org/items?name={}".format(request.args["name"])).read()  # safe: python-server-side-request-forgery


@app.get("/percent")
def percent():
    return urlopen("https://%s.example.org/items" % request.args["name"]).read()  # vuln: python-server-side-request-forgery


@app.get("/pieces")
def pieces():
    address = "https://api.example.org/" + request.args["kind"]
    return urlopen(address + "/" + request.args["name"]).read()  # safe: python-server-side-request-forgery


@app.get("/own-scheme")
def own_scheme():
    return urlopen(f"{app.config['SCHEME']}://{request.args['host']}/items").read()  # vuln: python-server-side-request-forgery


@app.get("/setting")
def setting():
    return redirect("%s?next=%s" % (app.config["LOGIN"], request.path))  # safe: python-open-redirect


@app.get("/slash")
def slash():
    return redirect("/" + request.args["next"])  # vuln: python-open-redirect


@app.get("/client")
def client():
    with httpx.Client(base_url=app.config["API"]) as remote:
        return remote.get(f"/items/{request.args['name']}").text  # safe: python-server-side-request-forgery


@app.get("/client-anywhere")
def client_anywhere():
    with httpx.Client(base_url=app.config["API"]) as remote:
        return remote.get(f"/{request.args['name']}").text  # vuln: python-server-side-request-forgery


@app.get("/path-put-behind")
def path_put_behind():
    return urlopen(request.args["host"] + f"/items/{request.args['name']}").read()  # vuln: python-server-side-request-forgery
