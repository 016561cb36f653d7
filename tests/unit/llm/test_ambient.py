"""Nothing in the surroundings configures the client: no variable, no proxy, no profile, no header."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from scanner.core.errors import ConfigError
from scanner.llm.anthropic_chat import AnthropicChat, ChatSettings
from scanner.llm.endpoints import Bedrock, Direct, Vertex
from scanner.llm.errors import MisdirectedError
from scanner.llm.model_list import load_catalogue
from scanner.llm.transport import Network, open_client
from scanner.ports.chat import NoReply, Reply
from tests.support.messages_server import Answer, MessagesServer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.llm.conftest import Ask

KEY = "sk-mine"


def test_variables_of_the_environment_change_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ask: Ask) -> None:
    with MessagesServer() as trap, MessagesServer([Answer.text("ok")]) as server:
        for name, value in {
            "ANTHROPIC_API_KEY": "sk-ambient",
            "ANTHROPIC_AUTH_TOKEN": "ambient",
            "ANTHROPIC_BASE_URL": trap.url,
            "ANTHROPIC_CUSTOM_HEADERS": "x-ambient: 1\nauthorization: Bearer ambient\nanthropic-beta: ambient",
            "ANTHROPIC_PROFILE": "ambient",
            "ANTHROPIC_CONFIG_DIR": str(tmp_path),
            "ANTHROPIC_LOG": "debug",
            "HTTP_PROXY": trap.url,
            "HTTPS_PROXY": trap.url,
            "ALL_PROXY": trap.url,
            "SSL_CERT_FILE": str(tmp_path / "missing.pem"),
        }.items():
            monkeypatch.setenv(name, value)
            monkeypatch.setenv(name.lower(), value)
        with AnthropicChat(Direct(KEY, server.url, (("x-mine", "yes"),)), load_catalogue()) as chat:
            assert isinstance(chat.send(ask()), Reply)

    assert trap.requests == []
    headers = server.requests[0].headers
    assert (headers["authorization"], headers["x-mine"]) == (f"Bearer {KEY}", "yes")
    assert "ambient" not in str(dict(headers))
    assert "traceparent" not in headers


def test_the_sdks_log_of_whole_prompts_stays_off(caplog: pytest.LogCaptureFixture, ask: Ask) -> None:
    logging.getLogger("anthropic").setLevel(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.DEBUG)
    with MessagesServer([Answer.text("ok")]) as server, AnthropicChat(Direct(KEY, server.url), load_catalogue()) as chat:
        chat.send(ask("a secret prompt"))

    assert caplog.records == []


def test_a_proxy_is_used_when_it_is_asked_for(ask: Ask) -> None:
    with MessagesServer([Answer.text("by proxy")]) as proxy:
        settings = ChatSettings(network=Network(proxy=proxy.url))
        with AnthropicChat(Direct(KEY, "http://127.0.0.1:9"), load_catalogue(), settings) as chat:
            found = chat.send(ask())

    assert isinstance(found, NoReply)  # the server is no proxy, but it was asked
    assert [request.path for request in proxy.requests] == ["http://127.0.0.1:9/v1/messages"]


def test_no_request_leaves_for_another_host() -> None:
    with MessagesServer() as other, MessagesServer() as server, open_client(server.url, Network()) as client:
        for url in (other.url, server.url.replace("http:", "https:"), server.url.replace("127.0.0.1", "localhost")):
            with pytest.raises(MisdirectedError):
                client.get(url)

    assert other.requests == []
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "ftp://example.com",
        "example.com",
        "",
        "https://",
        "https://me:secret@example.com",
        "https://e.com/?q",
        "http://10.0.0.1",
        "http://[::2]",
        "https://h:port",
    ],
)
def test_an_address_the_key_must_not_go_to_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="base URL"):
        Direct(KEY, url)


@pytest.mark.parametrize("url", ["https://example.com/api", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "https://10.0.0.1"])
def test_an_address_with_https_or_on_this_machine_is_taken(url: str) -> None:
    assert Direct(KEY, url).base_url == url


@pytest.mark.parametrize("key", ["", " ", "sk with space", "sk\n", "sk-\u00e9"])
def test_a_key_that_is_none_is_told_at_once(key: str) -> None:
    with pytest.raises(ConfigError, match="the API key is"):
        Direct(key)


@pytest.mark.parametrize("header", [("x-a", "b\r\nx-c: d"), ("x a", "b"), ("", "b"), ("x:", "b")])
def test_a_header_that_could_smuggle_another_is_refused(header: tuple[str, str]) -> None:
    with pytest.raises(ConfigError, match="header"):
        Direct(KEY, headers=(header,))


def test_secrets_show_in_no_description() -> None:
    shown = repr((Direct("sk-a", headers=(("x", "sk-b"),)), Bedrock("eu-west-1", "", "sk-c", "sk-d", "sk-e"), Vertex("global", "p", "sk-f")))

    assert "sk-" not in shown


@pytest.mark.parametrize(
    ("endpoint", "module", "extra"), [(Bedrock("eu-west-1"), "boto3", "bedrock"), (Vertex("global", "project"), "google.auth", "vertex")]
)
def test_a_missing_extra_is_named(endpoint: Bedrock | Vertex, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util  # noqa: PLC0415 -- patched here alone

    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, package=None: None if name == module else real(name, package))

    with pytest.raises(ConfigError, match=rf"needs the extra casemate\[{extra}\]") as caught:
        AnthropicChat(endpoint, load_catalogue())

    assert f"'casemate[{extra}]'" in caught.value.hint


@pytest.mark.parametrize(
    "make", [lambda: Bedrock("eu west"), lambda: Bedrock("x.evil.com/"), lambda: Vertex("global", "../p"), lambda: Vertex("", "p")]
)
def test_places_are_names_and_not_addresses(make: object) -> None:
    assert callable(make)
    with pytest.raises(ConfigError, match="not the name of"):
        make()


def test_bedrock_takes_one_kind_of_credentials() -> None:
    with pytest.raises(ConfigError, match="not both"):
        Bedrock("eu-west-1", access_key="a", secret_key="b", api_key="c")


@pytest.mark.parametrize("network", [Network(proxy="no proxy"), Network(proxy="ftp://x")])
def test_a_proxy_that_is_none_is_told(network: Network) -> None:
    with pytest.raises(ConfigError, match="cannot be set up"):
        open_client("https://example.com", network)


def test_a_certificate_file_that_is_none_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("no certificate", "utf-8")
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(ConfigError, match="cannot be set up"):
            open_client("https://example.com", Network(ca_file=path))
