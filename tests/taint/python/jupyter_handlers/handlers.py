"""Handlers of Jupyter's extensions: Tornado's, those of the API answer JSON, and each asks for a login itself."""
import json

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado.web import authenticated


class JobHandler(APIHandler):
    @authenticated
    async def get(self, job):
        self.finish(json.dumps({"job": job}))  # safe: python-cross-site-scripting

    @authenticated
    async def post(self, job):
        self.finish(json.dumps({"new": job}))

    @authenticated
    async def delete(self, job):
        with open("/srv/jobs/" + job) as file:  # vuln: python-path-traversal
            self.finish(json.dumps(file.read()))


class RunHandler(APIHandler):
    @authenticated
    async def get(self):
        self.finish(json.dumps({}))


class EnvironmentsHandler(APIHandler):
    async def get(self):  # vuln: python-missing-authorisation
        self.finish(json.dumps({"environments": []}))


class PageHandler(JupyterHandler):
    @authenticated
    def get(self, name):
        self.finish("<h1>" + name + "</h1>")  # vuln: python-cross-site-scripting


class TemplateHandler(JupyterHandler):
    @authenticated
    def get(self, name):
        self.write(self.render_template("page.html", name=name))  # safe: python-cross-site-scripting
