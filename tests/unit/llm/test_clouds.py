"""Amazon Bedrock and Google Vertex AI through the SDK's own clients. Runs where the extras are installed; the services are a server on loopback."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings
from scanner.llm.endpoints import Bedrock, Vertex
from scanner.llm.model_list import load_catalogue
from scanner.llm.transport import Network
from scanner.ports.chat import NoReply, Reply, Text, ToolUse, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Ask

CLOUD_MODEL = "anthropic.claude-haiku-5-5"
CONTENT = [{"type": "text", "text": "looking"}, {"type": "tool_use", "id": "toolu_1", "name": "read_code", "input": {"path": "a.py"}}]
MESSAGE = {"type": "message", "role": "assistant", "id": "m", "model": "x", "content": CONTENT, "stop_reason": "tool_use"}
AMBIENT = {
    "AWS_BEARER_TOKEN_BEDROCK": "ambient",
    "ANTHROPIC_BEDROCK_BASE_URL": "http://ambient.example",
    "ANTHROPIC_VERTEX_BASE_URL": "http://ambient.example",
    "ANTHROPIC_VERTEX_PROJECT_ID": "ambient",
    "ANTHROPIC_CUSTOM_HEADERS": "x-ambient: 1",
    "AWS_REGION": "ambient-1",
    "CLOUD_ML_REGION": "ambient",
    "AWS_EC2_METADATA_DISABLED": "true",
    "NO_GCE_CHECK": "true",
}


class Cloud:
    """Answers every request alike, and keeps what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        cloud = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                cloud.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                answer = {**MESSAGE, "usage": {"input_tokens": 1_000, "output_tokens": 20}} if cloud.status == 200 else {"message": "no"}
                data = json.dumps(answer).encode()
                self.send_response(cloud.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    for name, value in AMBIENT.items():
        monkeypatch.setenv(name, value)
    made = Cloud()
    yield made
    made.close()


def chat(endpoint: Bedrock | Vertex) -> AnthropicChat:
    catalogue = load_catalogue({CLOUD_MODEL: {"like": "claude-haiku-5-5"}})
    return AnthropicChat(endpoint, catalogue, ChatSettings(network=Network(silence=5.0)))


def check_reply(reply: Reply | NoReply) -> None:
    assert isinstance(reply, Reply), reply
    assert [type(block) for block in reply.blocks] == [Text, ToolUse]
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (1_000, 20)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"api_key": "cloud-key"}, "Bearer cloud-key"),
        ({"access_key": "AKIDEXAMPLE", "secret_key": "of-the-user"}, "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
    ],
)
def test_bedrock_is_asked_in_its_own_way_with_the_given_credentials_alone(cloud: Cloud, ask: Ask, given: dict[str, str], said: str) -> None:
    pytest.importorskip("boto3")
    with chat(Bedrock("eu-west-1", base_url=cloud.url, **given)) as there:
        check_reply(there.send(replace(ask(), model=CLOUD_MODEL)))
    ((path, headers, body),) = cloud.seen
    assert path == f"/model/{CLOUD_MODEL}/invoke"
    assert headers["authorization"].startswith(said)
    assert "of-the-user" not in json.dumps([path, headers, body])
    assert "ambient" not in json.dumps([path, headers, body])
    assert body["anthropic_version"]
    assert "model" not in body  # the path names it
    assert body["tools"][0]["name"] == "read_code"


def test_vertex_is_asked_in_its_own_way_with_the_given_credentials_alone(cloud: Cloud, ask: Ask) -> None:
    pytest.importorskip("google.auth")
    with chat(Vertex("global", "project-1", access_token="cloud-token", base_url=cloud.url)) as there:
        check_reply(there.send(ask()))
    ((path, headers, body),) = cloud.seen
    assert path == "/projects/project-1/locations/global/publishers/anthropic/models/claude-haiku-5-5:rawPredict"
    assert headers["authorization"] == "Bearer cloud-token"
    assert "ambient" not in json.dumps([path, headers, body])
    assert body["anthropic_version"]
    assert "model" not in body  # the path names it


@pytest.mark.parametrize(("status", "trouble"), [(403, Trouble.AUTHENTICATION), (429, Trouble.RATE_LIMITED), (503, Trouble.OVERLOADED)])
def test_what_a_cloud_refuses_has_its_trouble_and_names_no_key(cloud: Cloud, ask: Ask, status: int, trouble: Trouble) -> None:
    pytest.importorskip("boto3")
    cloud.status = status
    with chat(Bedrock("eu-west-1", api_key="cloud-key", base_url=cloud.url)) as there:
        reply = there.send(replace(ask(), model=CLOUD_MODEL))
    assert isinstance(reply, NoReply)
    assert reply.trouble is trouble
    assert "cloud-key" not in repr(reply)


def test_without_credentials_a_cloud_is_asked_nothing(cloud: Cloud, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("boto3")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    with chat(Bedrock("eu-west-1", base_url=cloud.url)) as there:
        reply = there.send(replace(ask(), model=CLOUD_MODEL))
    assert isinstance(reply, NoReply)
    assert reply.trouble is Trouble.AUTHENTICATION
    assert cloud.seen == []
