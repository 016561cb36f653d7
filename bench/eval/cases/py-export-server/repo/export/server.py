from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from export.names import extension, header_value
from export.table import as_csv


class Export(BaseHTTPRequestHandler):
    server_version = "Export/2"

    def do_GET(self):
        if not self.path.startswith("/export/"):
            self.send_error(404)
            return
        raw = self.path.removeprefix("/export/")
        body = as_csv().encode()
        name = header_value(raw) + extension(raw)
        self.send_response(200)
        self.send_header("Content-Type", "text/csv; charset=utf-8")
        self.send_header("Content-Disposition", f'attachment; filename="{name}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8088), Export).serve_forever()
