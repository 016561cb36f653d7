"""Zope: published objects and views find the request in an attribute."""
from OFS.Folder import Folder
from Products.Five.browser import BrowserView
from urllib.parse import quote, urlparse, urlunparse


def local(url):
    return urlunparse(("", "") + urlparse(url)[2:])


def secure(url):
    return urlunparse(("https", "") + urlparse(url)[2:])


class Login(Folder):
    def came_from(self):
        request = self.REQUEST
        response = request["RESPONSE"]
        return response.redirect(request.form["came_from"])  # vuln: python-open-redirect

    def home(self):
        request = self.REQUEST
        return request["RESPONSE"].redirect("/home?from=" + quote(request.form["came_from"]))  # safe: python-open-redirect


    def local(self):
        request = self.REQUEST
        return request["RESPONSE"].redirect(local(request.form["came_from"]))  # safe: python-open-redirect

    def secure(self):
        request = self.REQUEST
        return request["RESPONSE"].redirect(secure(request.form["came_from"]))  # vuln: python-open-redirect


class Page(BrowserView):
    def __call__(self):
        target = self.request.get("next", "")
        return self.request.response.redirect(target)  # vuln: python-open-redirect


class Other:
    def __init__(self, request):
        self.REQUEST = request

    def back(self, response):
        return response.redirect("/")  # safe: python-open-redirect
