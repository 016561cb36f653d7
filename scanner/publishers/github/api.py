"""GitHub's REST and GraphQL interfaces over httpx2: pages, retries and refusals. What an endpoint means is decided elsewhere."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx2

from scanner.core.errors import OutputError
from scanner.core.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PER_PAGE: Final = 100
_MOST_PAGES: Final = 100
_MOST_BYTES: Final = 50_000_000
_SECONDS: Final = 30.0
_ATTEMPTS: Final = 5
_LONGEST_WAIT: Final = 60.0
_OK: Final = range(200, 300)
_SERVER_ERRORS: Final = range(500, 600)
_TOO_MANY: Final = 429
_FORBIDDEN: Final = 403


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818 -- a refusal is no error of ours
    """GitHub said no: the status (401, 403, 404, 422) and its words."""

    status: int
    message: str


class Lost(Exception):  # noqa: N818 -- neither done nor undone
    """A write whose outcome nobody knows."""


@contextmanager
def connect(base: str, token: str, sleep: Callable[[float], None] = time.sleep) -> Iterator[Api]:
    """A connection with a token, for as long as the context lasts."""
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {token}",
        "User-Agent": f"casemate/{VERSION}",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    # trust_env off: proxies and netrc files of the machine are not asked, and nothing of the environment steers where the token goes.
    with httpx2.Client(headers=headers, timeout=_SECONDS, trust_env=False) as client:
        yield Api(base, client, sleep)


@dataclass(frozen=True, slots=True)
class Api:
    """One authenticated connection, see `connect`. `base` is the root of the REST interface (`https://api.github.com`); `sleep` waits seconds.

    Redirects are not followed, and a next page is fetched from the same host only: the token goes nowhere else. What meets a rate limit is tried
    again, five times at most and never waiting over a minute at a time; so is a read that meets a server error. A write that meets one may have
    happened, and is Lost: whoever writes looks first at what is there.
    """

    base: str
    client: httpx2.Client = field(repr=False)
    sleep: Callable[[float], None] = time.sleep

    def get(self, path: str, **query: str | int) -> Any:
        """The answer's JSON. Raises Refused and OutputError."""
        return self._send("GET", path, query=query)[0]

    def pages(self, path: str, **query: str | int) -> Iterator[Any]:
        """The items of a list, over all its pages."""
        following: str | None = path
        arguments: Mapping[str, str | int] = {"per_page": _PER_PAGE, **query}
        for _ in range(_MOST_PAGES):
            if following is None:
                return
            items, following = self._send("GET", following, query=arguments)
            arguments = {}
            if not isinstance(items, list):
                msg = f"GitHub answered {path} with something that is no list"
                raise OutputError(msg)
            yield from items
        msg = f"GitHub's list {path} does not end after {_MOST_PAGES} pages"
        raise OutputError(msg)

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        """Create. Raises Refused and OutputError."""
        return self._send("POST", path, body=body)[0]

    def patch(self, path: str, body: Mapping[str, object]) -> Any:
        """Change. Raises Refused and OutputError."""
        return self._send("PATCH", path, body=body)[0]

    def query(self, text: str, **variables: object) -> Any:
        """What a GraphQL query or mutation gave. Raises Refused, also for errors that come with status 200, and OutputError."""
        base = self.base.removesuffix("/v3")  # of GitHub Enterprise: `.../api/v3` beside `.../api/graphql`
        answer = self._send("POST", f"{base}/graphql", body={"query": text, "variables": variables})[0]
        if isinstance(answer, dict) and answer.get("errors"):
            raise Refused(_FORBIDDEN, str(answer["errors"])[:300])
        return answer.get("data") if isinstance(answer, dict) else None

    def _send(self, verb: str, path: str, query: Mapping[str, str | int] | None = None, body: object = None) -> tuple[Any, str | None]:
        url = path if path.startswith("http") else f"{self.base}{path}"
        if urlsplit(url)[:2] != urlsplit(self.base)[:2]:
            msg = f"GitHub named a next page on another host ({urlsplit(url).netloc}); the token was not sent there"
            raise OutputError(msg)
        for attempt in range(1, _ATTEMPTS + 1):
            response = self._try(verb, url, query, body)
            if response is not None and not _is_limited(response) and response.status_code not in _SERVER_ERRORS:
                return _content(response, url)
            if verb != "GET" and (response is None or not _is_limited(response)):
                msg = f"it is not known what became of {verb} {urlsplit(url).path}"
                raise Lost(msg)
            if attempt == _ATTEMPTS:
                raise _gave_up(response, verb, url)
            self.sleep(_wait(response, attempt))
        raise AssertionError  # the last attempt returns or raises

    def _try(self, verb: str, url: str, query: Mapping[str, str | int] | None, body: object) -> httpx2.Response | None:
        """One attempt; None when nothing came back."""
        try:
            response = self.client.request(verb, url, params=query or None, json=body)
        except httpx2.TransportError:
            return None
        if len(response.content) > _MOST_BYTES:
            msg = f"GitHub's answer to {urlsplit(url).path} is larger than {_MOST_BYTES} bytes"
            raise OutputError(msg)
        return response


def _is_limited(response: httpx2.Response) -> bool:
    """Whether this is one of GitHub's limits, as "Rate limits for the REST API" says: 429, or 403 with `retry-after` or nothing remaining."""
    headers = response.headers
    limited = "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"
    return response.status_code == _TOO_MANY or (response.status_code == _FORBIDDEN and limited)


def _wait(response: httpx2.Response | None, attempt: int) -> float:
    """How many seconds to wait before the next attempt."""
    asked = "" if response is None else response.headers.get("retry-after", "")
    return min(float(asked) if asked.isdecimal() else 2.0**attempt, _LONGEST_WAIT)


def _gave_up(response: httpx2.Response | None, verb: str, url: str) -> Exception:
    host, path = urlsplit(url).netloc, urlsplit(url).path
    if response is None:
        return OutputError(f"{host} cannot be reached", "check the network, and GITHUB_API_URL")
    if _is_limited(response):
        return Refused(response.status_code, f"rate limited: {_message(response)}")
    return OutputError(f"{host} answered {verb} {path} with {response.status_code} {_ATTEMPTS} times", "see https://www.githubstatus.com")


def _content(response: httpx2.Response, url: str) -> tuple[Any, str | None]:
    if response.status_code not in _OK:
        if response.is_redirect:
            raise Refused(response.status_code, f"{urlsplit(url).path} has moved; name the repository as it is called now")
        raise Refused(response.status_code, _message(response))
    if not response.content:
        return None, None
    try:
        value = response.json()
    except ValueError as error:
        msg = f"GitHub answered {urlsplit(url).path} with something that is no JSON"
        raise OutputError(msg) from error
    return value, response.links.get("next", {}).get("url")


def _message(response: httpx2.Response) -> str:
    try:
        value = response.json()
    except ValueError:
        return response.reason_phrase
    if not isinstance(value, dict):
        return response.reason_phrase
    details = value.get("errors")
    return str(value.get("message", response.reason_phrase))[:300] + (f": {details}"[:300] if details else "")
