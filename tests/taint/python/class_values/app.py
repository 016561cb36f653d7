"""Classes as values: what a test of a class says about the objects that it makes."""
import importlib

import requests
from flask import Flask, request

from plugins import Plugin

app = Flask(__name__)


class Host:
    def __init__(self):
        self.running = []

    def start(self, modules):
        for one in modules:
            for _, cls in one["module"].__dict__.items():
                if isinstance(cls, type) and issubclass(cls, Plugin) and cls is not Plugin:
                    self.running.append(cls(one["config"], self))


@app.post("/plugins")
def change():
    module = importlib.import_module("plugins")
    Host().start([{"module": module, "config": request.get_json()["config"]}])
    return {}


@app.post("/quick")
def quick():
    for cls in vars(importlib.import_module("plugins")).values():
        if not (isinstance(cls, type) and issubclass(cls, Plugin)):
            continue
        cls.quick(request.args["address"])
    return {}


class Call:
    def __init__(self, address):
        self.address = address

    def again(self, address):
        return type(self)(address)

    def copy(self, address):
        return self.__class__(address)

    def run(self):
        return requests.get(self.address, timeout=5).text  # vuln: python-server-side-request-forgery


@app.get("/again")
def again():
    return {"text": Call("https://example.org").again(request.args["address"]).run()}
