"""What a package offers to others and calls itself with its own machine's settings: others may pass anything."""
import os
import shlex


def fetch(url):
    os.system("git clone " + url)  # vuln: python-command-injection [library]


def _fetch_own(url):
    os.system("git fetch " + url)  # vuln: python-command-injection [local]


def fetch_quoted(url):
    os.system("git clone " + shlex.quote(url))  # safe: python-command-injection


def update():
    fetch(os.environ["MIRROR"])
    _fetch_own(os.environ["MIRROR"])
    fetch_quoted(os.environ["MIRROR"])
