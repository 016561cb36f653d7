"""The way to an endpoint: to one host and no other, within a time and a size, without redirects and without a look at the environment."""

from __future__ import annotations

import email.utils
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx2

from scanner.core.errors import ConfigError
from scanner.llm.decode import UnreadableError, parse
from scanner.llm.errors import LostError, MisdirectedError, api_shaped
from scanner.ports.chat import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Statuses that say by themselves that nothing was worked out. Every other server error needs a body of the API's to say so.
_UNTOUCHED: Final = frozenset({501, 503, 529})
_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Network:
    """How to talk to an endpoint. Seconds and bytes.

    `silence` is the longest pause within an answer, `deadline` the longest time one attempt may take, `patience` the longest that an endpoint
    may ask us to wait before the next attempt: an endpoint that asks for more is not asked again. `ca_file` adds to the roots that are
    trusted, `proxy` is the address of a proxy; both are empty for none.
    """

    connect: float = 10.0
    silence: float = 120.0
    deadline: float = 900.0
    patience: float = 60.0
    max_bytes: int = 64_000_000
    proxy: str = ""
    ca_file: Path | None = None


def open_client(base_url: str, network: Network) -> httpx2.Client:
    """A client that reaches that endpoint alone. Raises ConfigError for a certificate file or a proxy that cannot be used."""
    try:
        inner = httpx2.HTTPTransport(
            verify=ssl.create_default_context(cafile=network.ca_file) if network.ca_file else True,
            trust_env=False,
            proxy=network.proxy or None,
        )
        home = httpx2.URL(base_url)
    except (OSError, ValueError, httpx2.InvalidURL) as error:
        msg = f"the connection to the model's endpoint cannot be set up: {error}"
        raise ConfigError(msg, "check its base URL, the proxy and the certificate file") from error
    return httpx2.Client(
        transport=_Guard(inner, home, network),
        timeout=httpx2.Timeout(network.silence, connect=network.connect),
        trust_env=False,
        follow_redirects=False,
        event_hooks={"response": [_Retries(network.patience)]},
    )


class _Guard(httpx2.BaseTransport):
    """Lets requests out to one origin only, and bounds what comes back."""

    def __init__(self, inner: httpx2.BaseTransport, home: httpx2.URL, network: Network) -> None:
        self._inner = inner
        self._home = _origin(home)
        self._network = network

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if _origin(request.url) != self._home:
            msg = f"a request for {request.url.host} was held back: the endpoint is {self._home[1]}"
            raise MisdirectedError(msg)
        end = time.monotonic() + self._network.deadline
        try:
            response = self._inner.handle_request(request)
        except httpx2.ReadTimeout as error:
            msg = f"no answer within {self._network.silence:g} seconds"
            raise LostError(Trouble.TIMEOUT, msg) from error
        except (httpx2.ReadError, httpx2.RemoteProtocolError) as error:
            msg = f"the connection broke before an answer came: {error}"
            raise LostError(Trouble.CONNECTION, msg) from error
        response.stream = _Bounded(response.stream, end, self._network)
        return response

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx2.SyncByteStream):
    """A body that ends in time and in size, or in an error."""

    def __init__(self, inner: object, end: float, network: Network) -> None:
        if not isinstance(inner, httpx2.SyncByteStream):
            msg = f"a synchronous transport gave {type(inner).__name__}"
            raise TypeError(msg)
        self._inner = inner
        self._end = end
        self._network = network

    def __iter__(self) -> Iterator[bytes]:
        total = 0
        try:
            for chunk in self._inner:
                total += len(chunk)
                if total > self._network.max_bytes:
                    msg = f"the answer is longer than {self._network.max_bytes} bytes"
                    raise LostError(Trouble.BROKEN, msg)
                if time.monotonic() > self._end:
                    msg = f"the answer was not complete after {self._network.deadline:g} seconds"
                    raise LostError(Trouble.TIMEOUT, msg)
                yield chunk
        except httpx2.ReadTimeout as error:
            msg = f"the answer paused for more than {self._network.silence:g} seconds"
            raise LostError(Trouble.TIMEOUT, msg) from error
        except (httpx2.ReadError, httpx2.RemoteProtocolError) as error:
            msg = f"the connection broke in the middle of the answer: {error}"
            raise LostError(Trouble.CONNECTION, msg) from error

    def close(self) -> None:
        self._inner.close()


@dataclass(frozen=True, slots=True)
class _Retries:
    """Tells the SDK, in the header it obeys, when not to send a request again: after too long a wait, and where money may be gone."""

    patience: float

    def __call__(self, response: httpx2.Response) -> None:
        if self._wait(response.headers) > self.patience or self._ambiguous(response):
            response.headers["x-should-retry"] = "false"

    @staticmethod
    def _wait(headers: httpx2.Headers) -> float:
        """The seconds that the endpoint asks for, 0 where it does not."""
        for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
            value = headers.get(name, "")
            try:
                return float(value) * unit
            except ValueError:
                date = email.utils.parsedate_tz(value)
                if date is not None:
                    return email.utils.mktime_tz(date) - time.time()
        return 0.0

    @staticmethod
    def _ambiguous(response: httpx2.Response) -> bool:
        """Whether a server error may stand in for an answer that was worked out."""
        if response.status_code < _SERVER_ERROR or response.status_code in _UNTOUCHED:
            return False
        try:
            return not api_shaped(parse(response.read()))
        except UnreadableError:
            return True


def _origin(url: httpx2.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme, 0)
