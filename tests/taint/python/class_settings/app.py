"""Classes of libraries kept in attributes: of the class, or always set by its constructor; what calls are passed them do."""
import yaml
from flask import Flask, request
from yaml import SafeLoader

app = Flask(__name__)


class Reader:
    loader_class = yaml.UnsafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.loader_class)  # vuln: python-unsafe-deserialisation


class SafeReader:
    loader_class = SafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.loader_class)  # safe: python-unsafe-deserialisation


class Own:
    def __init__(self):
        self.loader_class = yaml.UnsafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.loader_class)  # vuln: python-unsafe-deserialisation


class SafeOwn:
    def __init__(self):
        self.loader_class = yaml.SafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.loader_class)  # safe: python-unsafe-deserialisation


class Changed:
    kind = yaml.UnsafeLoader

    def __init__(self):
        self.kind = SafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.kind)  # safe: python-unsafe-deserialisation


class Parted:
    def __init__(self, trusted):
        self.maker = SafeLoader
        if trusted:
            self.maker = yaml.CSafeLoader

    def parse(self, text):
        return yaml.load(text, Loader=self.maker)  # safe: python-unsafe-deserialisation


@app.post("/read")
def read():
    text = request.get_data()
    return {"all": [Reader().parse(text), Own().parse(text), SafeReader().parse(text), SafeOwn().parse(text), Changed().parse(text), Parted(False).parse(text)]}
