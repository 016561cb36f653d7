"""Plugins: a base class, and what derives from it."""
import requests


class Plugin:
    registry = []

    def __init__(self, settings, host=None):
        self.settings = settings
        self.host = host

    @classmethod
    def quick(cls, address):
        return requests.get(address, timeout=5).text  # vuln: python-server-side-request-forgery

    def again(self, settings):
        return type(self)(settings)


class Feed(Plugin):
    def __init__(self, settings, host=None):
        super().__init__(settings, host=host)
        self.address = self.settings.get("address", "https://feed.example.org")

    def fetch(self):
        return requests.get(f"{self.address}/latest", timeout=5).text  # vuln: python-server-side-request-forgery


class Clock(Plugin):
    def __init__(self, settings):
        super().__init__(settings)
        self.zone = "utc"

    def fetch(self):
        return requests.get(f"https://time.example.org/{self.zone}", timeout=5).text  # safe: python-server-side-request-forgery


class Eager(Plugin):
    def __init__(self, settings, host=None):
        super().__init__({}, host)
        requests.get(settings["address"], timeout=5)  # vuln: python-server-side-request-forgery


class Unrelated:
    def __init__(self, settings):
        requests.get(settings["address"], timeout=5)  # safe: python-server-side-request-forgery
