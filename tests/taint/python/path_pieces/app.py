"""Paths taken apart: what stands behind the last separator or dot leads nowhere, what stands before it does."""
import os
import shutil

from flask import Flask, request

app = Flask(__name__)


@app.post("/ending")
def ending():
    _, kind = os.path.splitext(request.files["upload"].filename)
    shutil.copyfile("/tmp/upload", os.path.join("/srv/books", "book" + kind.lower()))  # safe: python-path-traversal
    return {}


@app.post("/root")
def root():
    name, _ = os.path.splitext(request.files["upload"].filename)
    shutil.copyfile("/tmp/upload", os.path.join("/srv/books", name + ".txt"))  # vuln: python-path-traversal
    return {}


@app.post("/split")
def split():
    folder, name = os.path.split(request.args["name"])
    shutil.copyfile("/tmp/upload", os.path.join("/srv/books", name))  # safe: python-path-traversal
    return {"folder": os.listdir(os.path.join("/srv/books", folder))}  # vuln: python-path-traversal


def store(uploads):
    for upload in uploads:
        name = upload.filename
        kind = name.rsplit(".", 1)[-1].lower()
        shutil.copyfile("/tmp/upload", os.path.join("/srv/books", "book." + kind))  # safe: python-path-traversal
        shutil.copyfile("/tmp/upload", os.path.join("/srv/books", name))  # vuln: python-path-traversal


@app.post("/many")
def many():
    store(request.files.getlist("uploads"))
    return {}
