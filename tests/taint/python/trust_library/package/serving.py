"""Functions that are made here and given to others to call."""
import subprocess


def serve(app, uri, table):
    def handle(request, name=None):
        subprocess.run(f"lookup {name}", shell=True, check=True)  # vuln: python-command-injection [library]

    app.route(uri)(handle)


def sort(names):
    def key(name):
        subprocess.run(f"rank {name}", shell=True, check=True)  # safe: python-command-injection [library]

    return sorted(["one", "two"], key=key)


def _hidden(app):
    def handle(name):
        subprocess.run(f"lookup {name}", shell=True, check=True)  # safe: python-command-injection [library]

    app.route("/")(handle)
