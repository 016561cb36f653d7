import os
import pickle
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from farm.signing import BadSignature, Signer

signer = Signer(os.environ["FARM_KEY"].encode())
results = {}


class Results(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            verified = signer.verify(body, self.headers.get("X-Signature"))
        except BadSignature:
            self.send_error(403)
            return
        if verified:
            job, value = pickle.loads(verified)
            results[job] = value
        self.send_response(204)
        self.end_headers()


def main():
    ThreadingHTTPServer(("0.0.0.0", 7700), Results).serve_forever()
