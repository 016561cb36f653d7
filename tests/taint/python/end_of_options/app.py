"""`--` in a list of arguments: what stands behind it is no option."""

import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/behind")
def behind():
    subprocess.run(["git", "log", "--", request.args["path"]], check=True)  # safe: python-option-injection
    return "ok"


@app.get("/before")
def before():
    subprocess.run(["git", "log", request.args["branch"], "--"], check=True)  # vuln: python-option-injection
    return "ok"


def remove(names):
    subprocess.run(["rm", "-f", "--", *names], check=True)  # safe: python-argument-injection


def show(names):
    subprocess.run(["ls", "-l", *names], check=True)  # vuln: python-argument-injection


@app.get("/names")
def names():
    remove(request.args.getlist("name"))
    show(request.args.getlist("name"))
    return "ok"
