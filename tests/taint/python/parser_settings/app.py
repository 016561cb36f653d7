"""Parsers that are handed over: what they were told when they were made."""
from flask import Flask, request
from lxml import etree

app = Flask(__name__)
PLAIN = etree.XMLParser(remove_blank_text=True)
CAREFUL = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
PAGES = etree.HTMLParser()


@app.post("/plain")
def plain():
    return etree.fromstring(request.data, PLAIN).tag  # vuln: python-xml-external-entities


@app.post("/plain-by-name")
def plain_by_name():
    return etree.fromstring(request.data, parser=etree.XMLParser()).tag  # vuln: python-xml-external-entities


@app.post("/careful")
def careful():
    return etree.fromstring(request.data, CAREFUL).tag  # safe: python-xml-external-entities


@app.post("/careful-by-name")
def careful_by_name():
    return etree.parse(request.stream, parser=CAREFUL).getroot().tag  # safe: python-xml-external-entities


@app.post("/page")
def page():
    return etree.fromstring(request.data, PAGES).tag  # safe: python-xml-external-entities


@app.post("/unknown")
def unknown():
    return etree.fromstring(request.data, app.config["PARSER"]).tag  # safe: python-xml-external-entities


@app.post("/settings")
def settings():
    return etree.fromstring(request.data, etree.XMLParser(**app.config["XML"])).tag  # safe: python-xml-external-entities
