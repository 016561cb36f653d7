"""Clients of the SDK, one for each kind of endpoint, made so that nothing but the parameters configures them."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

import anthropic

from scanner.core.errors import ConfigError
from scanner.llm.endpoints import Bedrock, Direct, Vertex
from scanner.llm.transport import Network, open_client
from scanner.ports.chat import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from scanner.llm.endpoints import Endpoint

# Where Vertex serves regions that are no single place.
_VERTEX_PLACES: Final = {
    "global": "https://aiplatform.googleapis.com/v1",
    "us": "https://aiplatform.us.rep.googleapis.com/v1",
    "eu": "https://aiplatform.eu.rep.googleapis.com/v1",
}

Client = anthropic.Anthropic | anthropic.AnthropicBedrock | anthropic.AnthropicVertex


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, what must never show in a message, and the errors of the cloud's own library, with the trouble each stands for."""

    client: Client
    secrets: tuple[str, ...] = field(repr=False)
    errors: Mapping[type[Exception], Trouble] = field(default_factory=dict)


class Connected:
    """What talks over a connection. Close it, or use it as a context."""

    _connection: Connection

    def close(self) -> None:
        """Close the connections."""
        self._connection.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def connect(endpoint: Endpoint, network: Network, max_retries: int) -> Connection:
    """A connection to an endpoint; nothing is sent yet. Raises ConfigError where the extra that it needs is missing."""
    # The SDK's log, which a variable of the environment turns on, prints whole prompts.
    for name in ("anthropic", "httpx2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    match endpoint:
        case Direct():
            return _direct(endpoint, network, max_retries)
        case Bedrock():
            return _bedrock(endpoint, network, max_retries)
        case Vertex():
            return _vertex(endpoint, network, max_retries)


def _direct(endpoint: Direct, network: Network, max_retries: int) -> Connection:
    client = anthropic.Anthropic(
        api_key=endpoint.api_key,
        base_url=endpoint.base_url,
        max_retries=max_retries,
        http_client=open_client(endpoint.base_url, network),
        open_telemetry=False,
    )
    _set_headers(client, dict(endpoint.headers))
    return Connection(client, (endpoint.api_key, *(value for _, value in endpoint.headers)))


def _bedrock(endpoint: Bedrock, network: Network, max_retries: int) -> Connection:
    _require("boto3", "Amazon Bedrock", "bedrock")
    base_url = endpoint.base_url or f"https://bedrock-runtime.{endpoint.region}.amazonaws.com"
    client = anthropic.AnthropicBedrock(
        aws_region=endpoint.region,
        api_key=endpoint.api_key or "none",  # any text keeps the SDK from looking for one in the environment
        base_url=base_url,
        max_retries=max_retries,
        http_client=open_client(base_url, network),
        open_telemetry=False,
    )
    client.api_key = endpoint.api_key or None
    client.aws_profile = endpoint.profile or None
    client.aws_access_key = endpoint.access_key or None
    client.aws_secret_key = endpoint.secret_key or None
    client.aws_session_token = endpoint.session_token or None
    _set_headers(client, {})
    secrets = (endpoint.api_key, endpoint.access_key, endpoint.secret_key, endpoint.session_token)
    errors = {
        _error("botocore.exceptions", "BotoCoreError"): Trouble.AUTHENTICATION,
        _error("botocore.eventstream", "ParserError"): Trouble.BROKEN,
        RuntimeError: Trouble.AUTHENTICATION,  # what the SDK raises where boto3 finds no credentials
    }
    return Connection(client, secrets, errors)


def _vertex(endpoint: Vertex, network: Network, max_retries: int) -> Connection:
    _require("google.auth", "Google Vertex AI", "vertex")
    base_url = endpoint.base_url or _VERTEX_PLACES.get(endpoint.region, f"https://{endpoint.region}-aiplatform.googleapis.com/v1")
    client = anthropic.AnthropicVertex(
        region=endpoint.region,
        project_id=endpoint.project,
        access_token=endpoint.access_token or None,
        base_url=base_url,
        max_retries=max_retries,
        http_client=open_client(base_url, network),
        open_telemetry=False,
    )
    _set_headers(client, {})
    return Connection(client, (endpoint.access_token,), {_error("google.auth.exceptions", "GoogleAuthError"): Trouble.AUTHENTICATION})


def _set_headers(client: Client, headers: Mapping[str, str]) -> None:
    """Make the user's headers the only ones: the SDK mixes those of ANTHROPIC_CUSTOM_HEADERS in, and has no switch for it."""
    client._custom_headers = dict(headers)  # noqa: SLF001 -- the only way; a test sets the variable and looks at what arrives


def _require(module: str, what: str, extra: str) -> None:
    try:
        found = importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # the package above it is missing
        found = False
    if not found:
        msg = f"{what} needs the extra casemate[{extra}]"
        raise ConfigError(msg, f"install it: python -m pip install 'casemate[{extra}]'")


def _error(module: str, name: str) -> type[Exception]:
    found = getattr(importlib.import_module(module), name)
    if not (isinstance(found, type) and issubclass(found, Exception)):
        msg = f"{module}.{name} is no exception"
        raise TypeError(msg)
    return found
