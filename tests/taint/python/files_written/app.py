"""Files that are written: what goes into one is in its contents, and neither in its name nor in what its path was put together from."""
import io
import json
import os
import shutil
import tempfile
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
NAME = Path("shop", "settings.json")


class Build:
    def run(self, folder, data):
        output = Path(folder) / NAME
        output.parent.mkdir(parents=True)  # safe: python-path-traversal
        with output.open("w", encoding="utf-8") as file:
            dump(data, file)


def dump(data, file):
    json.dump(data, file)


@app.post("/build")
def build():
    Build().run("/srv", request.get_json())
    return {}


@app.post("/moved")
def moved():
    with tempfile.NamedTemporaryFile(mode="w+", delete=False) as file:
        json.dump(request.get_json(), file)
    shutil.move(file.name, "/srv/settings.json")  # safe: python-path-traversal
    return {}


@app.post("/named")
def named():
    with open(request.args["name"], "w") as file:  # vuln: python-path-traversal
        json.dump({}, file)
    return {}


@app.post("/contents")
def contents():
    file = io.StringIO()
    json.dump(request.get_json(), file)
    os.system("echo " + file.getvalue())  # vuln: python-command-injection
    return {}
