"""Dictionaries that are put together elsewhere: a framework sends them as JSON, and text that is made of one is markup again."""
from flask import Flask, Response, request

app = Flask(__name__)


class Document:
    def __init__(self, args):
        self.args = args

    def whole(self):
        document = {"data": []}
        document["included"] = self.args.get("include")
        return document

    def shown(self):
        return f"<p>{self.whole()['included']}</p>"

    def printed(self):
        return "<pre>%s</pre>" % self.whole()


def make():
    return Document(request.args)


@app.get("/document")
def document():
    return make().whole()  # safe: python-cross-site-scripting


@app.get("/other")
def other():
    found = make().whole()
    found["links"] = {"next": request.args.get("next")}
    return found  # safe: python-cross-site-scripting


@app.get("/shown")
def shown():
    return make().shown()  # vuln: python-cross-site-scripting


@app.get("/printed")
def printed():
    return make().printed()  # vuln: python-cross-site-scripting


@app.get("/text")
def text():
    return str(make().whole())  # vuln: python-cross-site-scripting


@app.get("/part")
def part():
    return make().whole()["included"]  # vuln: python-cross-site-scripting


@app.get("/streamed")
def streamed():
    return Response(row for row in [make().whole()["included"]])  # vuln: python-cross-site-scripting


@app.get("/listed")
def listed():
    return "".join(value for value in make().whole().values())  # vuln: python-cross-site-scripting
