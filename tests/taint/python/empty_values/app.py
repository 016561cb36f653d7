"""Parameters that were tested to be empty: nothing of what was passed is left in them."""
from html import escape
from markupsafe import Markup

from flask import Flask, request

app = Flask(__name__)


def cleaned(text):
    if text:
        text = escape(text)
    return text


def half_cleaned(text, other):
    if other:
        text = escape(text)
    return text


def cleaned_with_default(text=None):
    if not text:
        return text
    return escape(text)


def cleaned_when_empty(text):
    if not text:
        text = escape(text)
    return text


@app.get("/cleaned")
def first():
    return Markup(cleaned(request.args["text"]))  # safe: python-cross-site-scripting


@app.get("/half")
def second():
    return Markup(half_cleaned(request.args["text"], request.args.get("other")))  # vuln: python-cross-site-scripting


@app.get("/default")
def third():
    return Markup(cleaned_with_default(request.args["text"]))  # safe: python-cross-site-scripting


@app.get("/empty")
def fourth():
    return Markup(cleaned_when_empty(request.args["text"]))  # vuln: python-cross-site-scripting
