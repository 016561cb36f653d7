"""Libraries that were copied into a package are those libraries; what a package keeps beside them is its own."""
from flask import Flask, request
from shop._vendor import requests
from shop.extern import yaml
from shop.prices import requests as own
from shop.third_party.defusedxml import ElementTree
from shop.vendor.urllib3 import PoolManager

app = Flask(__name__)


@app.get("/copied")
def copied():
    return {"text": requests.get(request.args["url"]).text}  # vuln: python-server-side-request-forgery


@app.get("/own")
def others():
    return {"text": own.get(request.args["url"])}  # safe: python-server-side-request-forgery


@app.get("/pool")
def pool():
    return {"text": PoolManager().request("GET", request.args["url"]).data.decode()}  # vuln: python-server-side-request-forgery


@app.post("/yaml")
def load():
    return {"names": list(yaml.unsafe_load(request.data))}  # vuln: python-unsafe-deserialisation


@app.post("/safe-yaml")
def load_safely():
    return {"names": list(yaml.safe_load(request.data))}  # safe: python-unsafe-deserialisation


@app.post("/xml")
def parse():
    return {"tag": ElementTree.fromstring(request.data).tag}  # safe: python-xml-external-entities
