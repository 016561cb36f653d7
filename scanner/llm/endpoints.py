"""Where a model can be reached. All there is to know comes in as parameters: nothing is read from the environment, nothing from the scanned code."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from scanner.core.errors import ConfigError

API_URL: Final = "https://api.anthropic.com"
_KEY: Final = re.compile(r"[!-~]+")
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE: Final = re.compile(r"[\t -~]*")
_PLACE: Final = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Direct:
    """The Messages API, or an endpoint compatible with it at `base_url`, which only ever comes from the user.

    `headers` go out with every request, for gateways that want some. Raises ConfigError for an address the key must not be sent to in the clear.
    """

    api_key: str = field(repr=False)
    base_url: str = API_URL
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        _check_key("the API key", self.api_key)
        check_address(self.base_url)
        for name, value in self.headers:
            if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
                msg = f"a header for the model's endpoint cannot be sent: {name!r}"
                raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class Bedrock:
    """Models on Amazon Bedrock, with `casemate[bedrock]`. Without an `api_key` or `access_key`, credentials are found as boto3 finds them."""

    region: str
    profile: str = ""
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    base_url: str = ""

    def __post_init__(self) -> None:
        _check_place("an AWS region", self.region)
        if self.base_url:
            check_address(self.base_url)
        if self.api_key and (self.access_key or self.profile):
            msg = "Amazon Bedrock takes an API key or AWS credentials, not both"
            raise ConfigError(msg)


@dataclass(frozen=True, slots=True)
class Vertex:
    """Models on Google Vertex AI, with `casemate[vertex]`. Without an `access_token`, credentials are found as google-auth finds them."""

    region: str
    project: str
    access_token: str = field(default="", repr=False)
    base_url: str = ""

    def __post_init__(self) -> None:
        _check_place("a Google Cloud region", self.region)
        _check_place("a Google Cloud project", self.project)
        if self.base_url:
            check_address(self.base_url)


Endpoint = Direct | Bedrock | Vertex


def check_address(url: str) -> None:
    """Raise ConfigError unless a key may be sent there: HTTPS, or plain HTTP to this very machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or parts.username is not None:
        msg = f"not the base URL of a model's endpoint: {url!r}"
        raise ConfigError(msg, "it looks like https://host or https://host/path, without credentials or a query")
    if parts.scheme == "http" and not _is_local(host):
        msg = f"the base URL of a model's endpoint must use https: {url!r}"
        raise ConfigError(msg, "plain http would send the key and the code in the clear; it is allowed for this machine alone")


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_key(name: str, key: str) -> None:
    if not _KEY.fullmatch(key):
        msg = f"{name} is {'empty' if not key else 'not one: it holds characters that no key has'}"
        raise ConfigError(msg)


def _check_place(name: str, value: str) -> None:
    if not _PLACE.fullmatch(value):
        msg = f"not the name of {name}: {value!r}"
        raise ConfigError(msg)
