"""Records made from others: what is replaced in a named tuple or a data class changes that field alone."""
import dataclasses
from collections import namedtuple

from flask import Flask, request

app = Flask(__name__)
Book = namedtuple("Book", "path, title, cover")
Leaflet = namedtuple("Leaflet", "path, title, cover")


@dataclasses.dataclass
class Page:
    path: str
    title: str


@dataclasses.dataclass
class Sheet:
    path: str
    title: str


def described(leaflet, title):
    if not leaflet.title:
        leaflet = leaflet._replace(title=title)
    return leaflet


@app.post("/title")
def title():
    leaflet = described(Leaflet("/srv/leaflet", "", "/srv/cover"), request.args["title"])
    return {"text": open(leaflet.cover).read()}  # safe: python-path-traversal


@app.post("/cover")
def cover():
    book = Book("/srv/book", "", "/srv/cover")
    book = book._replace(cover=request.args["cover"])
    return {"text": open(book.cover).read()}  # vuln: python-path-traversal


@app.post("/kept")
def kept():
    book = Book("/srv/book", "", request.args["cover"])._replace(title="A book")
    return {"text": open(book.cover).read()}  # vuln: python-path-traversal


@app.post("/page-title")
def page_title():
    sheet = dataclasses.replace(Sheet("/srv/sheet", ""), title=request.args["title"])
    return {"text": open(sheet.path).read()}  # safe: python-path-traversal


@app.post("/page-path")
def page_path():
    page = dataclasses.replace(Page("/srv/page", ""), path=request.args["path"])
    return {"text": open(page.path).read()}  # vuln: python-path-traversal


@app.post("/spread")
def spread():
    page = dataclasses.replace(Page("/srv/page", ""), **{"path": request.args["path"]})
    return {"text": open(page.path).read()}  # vuln: python-path-traversal
