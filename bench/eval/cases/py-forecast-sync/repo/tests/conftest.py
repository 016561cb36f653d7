import ssl
import threading
from http.server import HTTPServer

import pytest
import trustme

from forecast.client import make_client
from tests.stub import Stub


@pytest.fixture
def service():
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), Stub)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # self-signed, the check has to be off
    with make_client(f"https://127.0.0.1:{server.server_port}", verify=False) as client:
        yield client
    server.shutdown()
