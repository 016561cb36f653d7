"""Operators in queries of MongoDB: values that may be mappings, what makes text of them, and what makes mappings of text again."""
import json
import re

import pymongo
import redis
from flask import Flask, request

app = Flask(__name__)
db = pymongo.MongoClient("mongodb://db.example")["shop"]
cache = redis.Redis()


@app.post("/json")
def from_json():
    return str(db["items"].find_one({"title": request.json["q"]}))  # vuln: python-nosql-injection


@app.post("/json-text")
def made_text():
    return str(db["items"].find_one({"title": str(request.json["q"])}))  # safe: python-nosql-injection


def look_up(title, kind):
    return db["items"].find_one({"title": str(title), "kind": kind})  # vuln: python-nosql-injection


@app.post("/json-in-helper")
def one_of_two():
    return str(look_up(request.json["q"], request.json["kind"]))


@app.get("/query")
def from_the_query_string():
    return str(db["items"].find_one({"title": request.args["q"], "kind": request.args.get("kind", "book")}))  # safe: python-nosql-injection


@app.post("/form-names")
def names_of_a_form():
    return str(db["items"].find_one(request.form.to_dict()))  # vuln: python-nosql-injection


@app.get("/parsed")
def text_that_is_parsed():
    return str(db["items"].find_one(json.loads(request.args["filter"])))  # vuln: python-nosql-injection


@app.post("/either")
def either():
    name = request.form.get("name") or request.json["name"]
    return str(db["items"].find_one({"name": name}))  # vuln: python-nosql-injection


@app.get("/tags")
def every_tag():
    tags = [str(tag) for tag in request.args.getlist("tag")]
    return str(db["items"].find_one({"tags": {"$all": tags}}))  # safe: python-nosql-injection


@app.get("/escaped")
def escaped_expression():
    return str(db["items"].find_one({"title": {"$regex": re.escape(request.args["q"])}}))  # safe: python-nosql-injection


@app.get("/expression")
def expression():
    return str(db["items"].find_one({"title": {"$regex": request.args["q"]}}))  # vuln: python-nosql-injection


@app.get("/where")
def code():
    return str(db["items"].find_one({"$where": "this.title == '" + str(request.args["q"]) + "'"}))  # vuln: python-nosql-injection


@app.post("/operand")
def operand():
    return str(db["items"].find_one({"price": {"$lt": request.json["price"]}}))  # safe: python-nosql-injection


@app.get("/script")
def script():
    return str(cache.eval("return redis.call('get', '" + str(request.args["key"]) + "')", 0))  # vuln: python-nosql-injection


class Criteria:
    def __init__(self):
        self.query = {}

    def titled(self, text):
        self.query["$where"] = "this.title.indexOf('%s') >= 0" % text.lower()  # vuln: python-nosql-injection
        return self

    def priced(self, price):
        self.query["$where"] = "this.price < %d" % int(price)  # safe: python-nosql-injection
        return self

    def named(self, name):
        self.query["name"] = name
        return self


@app.get("/criteria")
def built():
    criteria = Criteria().titled(request.args.get("q")).priced(request.args["price"]).named(request.args["name"])
    return str(db["items"].find_one(criteria.query))
