"""Ways that rest on guesses: a method found by its name alone is followed, but not on top of other guesses."""
import registry
from flask import Flask, request

app = Flask(__name__)


class Archive:
    def __init__(self, root):
        self.root = root

    def unpack_volume(self, name):
        with open(f"/srv/volumes/{name}") as handle:  # vuln: python-path-traversal
            return handle.read()


class Press:
    def __init__(self, root):
        self.root = root

    def print_leaflet(self):
        with open(f"/srv/leaflets/{self.root}") as handle:  # safe: python-path-traversal
            return handle.read()


class Desk:
    def __init__(self):
        self.titles = {}
        self.last = None

    def note(self, title):
        self.titles["last"] = title

    def remember(self):
        self.last = registry.lookup(self.titles["last"])

    def show(self):
        return self.last.print_leaflet()


desk = Desk()


@app.post("/volumes")
def volumes():
    return registry.current().unpack_volume(request.args["name"])


@app.post("/titles")
def titles():
    desk.note(request.args["title"])
    desk.remember()
    return desk.show()
