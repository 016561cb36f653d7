"""Patterns whose time grows with the square of a text's length: which they are, where the text comes from, and bounds on it."""
import re

from flask import Flask, abort, request

app = Flask(__name__)
COLOUR = re.compile(r"rgba?\(\s*(.+?)\s*\)")  # vuln: python-slow-regex [remote]
BOUNDED = re.compile(r"hsl\(\s*(.+?)\s*\)")  # safe: python-slow-regex
TRIMMED = re.compile(r"hsv\(([^()]*)\)")  # safe: python-slow-regex
BLAME = re.compile(r"\s*(\d+)\s*(\S+) (.*)")  # vuln: python-slow-regex [library]
OWN = re.compile(r"(\d+)\s*(\S+) (.*)")  # safe: python-slow-regex


@app.get("/colour")
def colour():
    return {"found": bool(COLOUR.search(request.args["colour"]))}


@app.get("/bounded")
def bounded():
    text = request.args["colour"]
    if len(text) > 40:
        abort(400)
    return {"found": bool(BOUNDED.match(text))}


@app.get("/trimmed")
def trimmed():
    return {"found": bool(TRIMMED.match(request.args["colour"]))}


@app.get("/tail")
def tail():
    return {"text": re.sub(r"[ \t]*\s*;$", "", request.args["text"])}  # vuln: python-slow-regex


@app.get("/end")
def end():
    return {"text": re.sub(r"\s+$", "", request.args["text"])}  # safe: python-slow-regex


@app.get("/unbounded")
def unbounded():
    text = request.args["text"]
    if len(text) < 3:
        abort(400)
    return {"found": bool(re.match(r"\d*\.?\d+px", text))}  # vuln: python-slow-regex


def blame(line):
    return BLAME.match(line)


def own():
    return [OWN.match(line) for line in ("1 a b", "2 c d")]
