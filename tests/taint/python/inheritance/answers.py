"""Handlers that leave the answer to the class above: that one's answer counts, once."""
from flask.views import MethodView
from pages import Pages


class Greeting(MethodView):
    def get(self, name):
        return "<b>" + name  # vuln: python-cross-site-scripting


class Louder(Greeting):
    def get(self, name):
        return super().get(name.upper())  # safe: python-cross-site-scripting


class Unknown(Pages, MethodView):
    def get(self, name):
        return super().get(name)  # safe: python-cross-site-scripting


class Around(Greeting):
    def get(self, name):
        return "<i>" + super().get("nobody") + name  # vuln: python-cross-site-scripting
