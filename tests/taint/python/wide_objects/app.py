"""Objects with many fields of which requests set most: the others stay what they were."""
from flask import Flask, request

app = Flask(__name__)


class Settings:
    def __init__(self):
        self.logfile = "/var/log/shop.log"
        self.template = "/srv/template"
        self.host = ""
        self.port = ""
        self.user = ""
        self.mail = ""
        self.theme = ""
        self.lang = ""
        self.title = ""
        self.motto = ""
        self.colour = ""
        self.level = ""
        self.format = ""
        self.order = ""

    def reload(self):
        self.check()

    def check(self):
        return open(self.logfile).read()  # safe: python-path-traversal

    def render(self):
        return open(self.template).read()  # vuln: python-path-traversal


settings = Settings()


@app.post("/settings")
def change():
    form = request.form
    settings.host = form.get("host", "")
    settings.port = form.get("port", "")
    settings.user = form.get("user", "")
    settings.mail = form.get("mail", "")
    settings.theme = form.get("theme", "")
    settings.lang = form.get("lang", "")
    settings.title = form.get("title", "")
    settings.motto = form.get("motto", "")
    settings.colour = form.get("colour", "")
    settings.level = form.get("level", "")
    settings.format = form.get("format", "")
    settings.order = form.get("order", "")
    settings.template = form["template"]
    settings.reload()
    settings.render()
    return {}
