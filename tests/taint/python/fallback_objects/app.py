"""Parameters with an object to fall back on: what is stored is either, whoever passes nothing gets the one that the code names."""
import os
import sqlite3

import boto3
from flask import Flask, request

app = Flask(__name__)


class Robot:
    def __init__(self):
        self.steps = []

    def perform(self, command):
        self.steps.append(command)
        return self.steps


class Store:
    def __init__(self):
        self.handle = sqlite3.connect("shop.db")

    def perform(self, name):
        return self.handle.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


class Quiet:
    def perform(self, name):
        return sqlite3.connect("shop.db").execute("SELECT id FROM items WHERE name = '" + name + "'")  # safe: python-sql-injection


class Passed:
    def perform(self, name):
        return sqlite3.connect("shop.db").execute("SELECT id FROM items WHERE name = '" + name + "'")  # vuln: python-sql-injection


class Shop:
    def __init__(self, keeper=None):
        self.keeper = keeper or Store()

    def search(self, name):
        return self.keeper.perform(name)


class Other:
    def __init__(self, keeper=None):
        self.keeper = keeper if keeper is not None else Robot()

    def search(self, name):
        return self.keeper.perform(name)


class Link:
    def __init__(self, thing=None):
        self.thing = thing or sqlite3.connect("shop.db")

    def search(self, name):
        return self.thing.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


class Walker:
    def __init__(self, cursor=None):
        self.cursor = cursor or Motor()

    def walk(self, name):
        return self.cursor.execute("go to " + name)  # safe: python-sql-injection


class Motor:
    def execute(self, command):
        return [command]


def search(name, thing=None):
    thing = thing or sqlite3.connect("shop.db")
    return thing.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection


def within(thing=None):
    thing = thing or sqlite3.connect("shop.db")

    def inner(name):
        return thing.execute("SELECT id FROM items WHERE name = '" + name + "'").fetchall()  # vuln: python-sql-injection

    return inner(request.args["name"])


@app.get("/shop")
def shop():
    return {"rows": [Shop().search(request.args["name"]), Other().search(request.args["name"]), Other(Passed()).search(request.args["name"])]}


@app.get("/link")
def link():
    return {"rows": [Link().search(request.args["name"]), Walker().walk(request.args["name"]), search(request.args["name"]), within()]}


class Mirror:
    def __init__(self, client=None):
        self.client = client or boto3.client("s3")

    def run(self, bucket):
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for item in page.get("Contents", ()):
                self.client.download_file(bucket, item["Key"], os.path.join("/srv", item["Key"]))  # vuln: python-path-traversal
                self.client.download_file(bucket, item["Key"], os.path.join("/srv", os.path.basename(item["Key"])))  # safe: python-path-traversal
