"""Applications of WSGI and ASGI that no framework wraps: what their parameters hold is the visitor's in part, and helpers get it from them."""
import os
import subprocess


def resolve(path):
    return os.path.join("/srv", path)


async def app(scope, receive, send):
    with open(resolve(scope["path"]), "rb") as fh:  # vuln: python-path-traversal
        body = fh.read()
    await send({"type": "http.response.body", "body": body})


class Static:
    def __init__(self, root):
        self.root = root

    async def __call__(self, scope, receive, send):
        subprocess.call("echo " + scope["type"], shell=True)  # safe: python-command-injection
        await self.handle(scope["path"], send)

    async def handle(self, path, send):
        with open(os.path.join(self.root, path), "rb") as fh:  # vuln: python-path-traversal
            await send({"type": "http.response.body", "body": fh.read()})


def mounted(prefix, inner):
    async def application(scope, receive, send):
        subprocess.call("log " + scope["query_string"].decode(), shell=True)  # vuln: python-command-injection
        await inner(scope, receive, send)

    return application


class Middleware:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, environ, start_response):
        subprocess.call("log " + environ["wsgi.url_scheme"], shell=True)  # safe: python-command-injection
        subprocess.call("log " + environ.get("PATH_INFO", ""), shell=True)  # vuln: python-command-injection
        return self.inner(environ, start_response)


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Lang", environ["HTTP_ACCEPT_LANGUAGE"])])  # vuln: python-header-injection
    return [b"hello"]


def length(environ, start_response):
    start_response("200 OK", [("Content-Length", str(len(environ["PATH_INFO"])))])  # safe: python-header-injection
    return [b"hello"]


def receiver(scope, message):
    """No application: nobody outside decides what this is called with."""
    subprocess.call("echo " + scope["path"], shell=True)  # safe: python-command-injection
