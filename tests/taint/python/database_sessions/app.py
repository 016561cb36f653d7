"""Sessions of databases: what is added to one is stored, and does not become what every other query returns. Containers keep it."""
from flask import Flask, request

from desk import make_session

app = Flask(__name__)


class Shelf:
    def __init__(self, session, waiting):
        self.session = session
        self.waiting = waiting

    def store(self, note):
        self.session.add(note)

    def folder(self, number):
        return self.session.query("Book").filter(number).first()

    def wait(self, name):
        self.waiting.append(name)

    def next(self):
        return self.waiting[0]


shelf = Shelf(make_session(), [])


@app.post("/notes")
def notes():
    shelf.store(request.form["note"])
    return {}


@app.get("/book")
def book():
    return {"text": open("/srv/books/" + shelf.folder(1).path).read()}  # safe: python-path-traversal


@app.post("/wait")
def wait():
    shelf.wait(request.form["name"])
    return {"text": open("/srv/books/" + shelf.next()).read()}  # vuln: python-path-traversal
