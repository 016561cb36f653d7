"""What is stored under a key that nobody knows: those who ask for some key all over the program mostly ask for another one."""
import os

from flask import Flask, request
from store import drafts, labels, settings

app = Flask(__name__)
TABLE = {}


class Profile:
    def __init__(self):
        self.data = {}


profile = Profile()


@app.post("/settings")
def save():
    settings.merge(request.json)
    for name, value in request.form.items():
        settings.keep(name, value)
    labels.keep("shelf", request.args["shelf"])
    labels.keep("banner", request.args["banner"])
    labels.keep("motto", "fixed")
    return {}


@app.post("/jobs")
def jobs():
    os.system(settings.get("cleanup"))  # safe: python-command-injection
    os.system(settings.get("rotate"))  # safe: python-command-injection
    os.system(labels.get("shelf"))  # vuln: python-command-injection
    os.system(labels.get("banner"))  # vuln: python-command-injection
    return {}


@app.post("/motto")
def motto():
    os.system(labels.get("motto"))  # safe: python-command-injection
    return {}


def describe():
    return [
        *(settings.get("title"), settings.get("colour"), settings.get("language"), settings.get("theme")),
        *(settings.get("logo"), settings.get("width"), settings.get("height")),
        *(labels.get("title"), labels.get("colour"), labels.get("language"), labels.get("theme")),
        *(labels.get("logo"), labels.get("width"), labels.get("height")),
    ]


@app.post("/drafts/<name>")
def write(name):
    drafts.keep(name, request.data)
    TABLE[name] = request.args["order"]
    profile.data = request.json
    return {}


@app.get("/drafts/<name>")
def run(name):
    os.system(drafts.get(name))  # vuln: python-command-injection
    os.system(TABLE[name])  # vuln: python-command-injection
    os.system(profile.data["greeting"])  # vuln: python-command-injection
    return {}
