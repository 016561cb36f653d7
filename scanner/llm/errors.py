"""What the SDK raises, as troubles. One table, read from the top.

`charged` is honest: an error in the API's own shape says that the call failed, and nothing is billed for it; an answer that got lost,
or one from something between us and the API, may have been worked out and billed all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import anthropic
import httpx2

from scanner.core.usage import Usage
from scanner.llm.decode import UnreadableError, brief
from scanner.ports.chat import NoReply, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class LostError(anthropic.AnthropicError):
    """The answer to a request that had gone out did not come through.

    It is none of the errors that the SDK sends a request again for: the first one may have been charged, and whoever pays has to know.
    """

    def __init__(self, trouble: Trouble, message: str) -> None:
        """`message` says what happened, without the request's content."""
        super().__init__(message)
        self.trouble = trouble


class MisdirectedError(anthropic.AnthropicError):
    """A request was about to leave for another host than the one it is meant for; it did not."""


# What can come out of a call that is no bug of ours.
FOREIGN: Final = (anthropic.AnthropicError, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, UnreadableError)

# The error, its trouble, and whether the call may have been charged.
TABLE: Final[tuple[tuple[type[Exception], Trouble, bool], ...]] = (
    (anthropic.AuthenticationError, Trouble.AUTHENTICATION, False),
    (anthropic.PermissionDeniedError, Trouble.AUTHENTICATION, False),
    (anthropic.PaymentRequiredError, Trouble.AUTHENTICATION, False),
    (anthropic.NotFoundError, Trouble.UNKNOWN_MODEL, False),
    (anthropic.ContentTooLargeError, Trouble.TOO_LARGE, False),
    (anthropic.RateLimitError, Trouble.RATE_LIMITED, False),
    (anthropic.OverloadedError, Trouble.OVERLOADED, False),
    (anthropic.ServiceUnavailableError, Trouble.OVERLOADED, False),
    (anthropic.ConflictError, Trouble.OVERLOADED, False),
    (anthropic.RequestTimeoutError, Trouble.TIMEOUT, False),  # the endpoint did not get the whole request
    (anthropic.GatewayTimeoutError, Trouble.TIMEOUT, True),
    (anthropic.ClientClosedRequestError, Trouble.CONNECTION, True),
    (anthropic.HTTPNotImplementedError, Trouble.BROKEN, False),
    (anthropic.InternalServerError, Trouble.OVERLOADED, True),
    (anthropic.BadRequestError, Trouble.BAD_REQUEST, False),
    (anthropic.UnprocessableEntityError, Trouble.BAD_REQUEST, False),
    (anthropic.PreconditionFailedError, Trouble.BAD_REQUEST, False),
    (anthropic.RequestHeaderFieldsTooLargeError, Trouble.BAD_REQUEST, False),
    (anthropic.APIStatusError, Trouble.BROKEN, False),  # redirects, and statuses the API does not have
    (anthropic.APIResponseValidationError, Trouble.BROKEN, True),
    (anthropic.APITimeoutError, Trouble.TIMEOUT, False),  # what had gone out when time ran out is a LostError
    (anthropic.APIConnectionError, Trouble.CONNECTION, False),
    (MisdirectedError, Trouble.BROKEN, False),
    (anthropic.AnthropicError, Trouble.BROKEN, False),
    (httpx2.TimeoutException, Trouble.TIMEOUT, True),
    (httpx2.DecodingError, Trouble.BROKEN, True),
    (httpx2.HTTPError, Trouble.CONNECTION, True),
    (httpx2.StreamError, Trouble.BROKEN, True),
    (httpx2.InvalidURL, Trouble.BROKEN, False),
    (UnreadableError, Trouble.BROKEN, True),
)

# What the API names its errors, for those that come without a status of their own: inside a stream, and in a batch.
KINDS: Final[Mapping[str, Trouble]] = {
    "authentication_error": Trouble.AUTHENTICATION,
    "permission_error": Trouble.AUTHENTICATION,
    "billing_error": Trouble.AUTHENTICATION,
    "not_found_error": Trouble.UNKNOWN_MODEL,
    "request_too_large": Trouble.TOO_LARGE,
    "rate_limit_error": Trouble.RATE_LIMITED,
    "overloaded_error": Trouble.OVERLOADED,
    "api_error": Trouble.OVERLOADED,
    "conflict_error": Trouble.OVERLOADED,
    "timeout_error": Trouble.TIMEOUT,
    "invalid_request_error": Trouble.BAD_REQUEST,
}

# Codes that hold for the whole account, whatever the status: every other call would fail the same way.
_ACCOUNT: Final = frozenset(
    {
        "organization_on_hold",
        "contract_spend_limit_reached",
        "enforced_spend_limit_reached",
        "linked_organization_spend_limit_reached",
        "linked_organization_billing_unavailable",
    }
)
# The API has one kind for all it refuses; these parts of its messages tell a prompt that does not fit, and an empty account.
_TOO_LARGE: Final = ("prompt is too long", "exceed context limit", "context window", "input is too long")
_ACCOUNT_WORDS: Final = ("credit balance is too low",)
_MODEL_WORDS: Final = ("model identifier is invalid",)


def no_reply(error: Exception, secrets: Iterable[str] = (), *, started: bool = False, usage: Usage | None = None) -> NoReply:
    """Why there is no reply. `started` says that the endpoint had begun to answer: then it counts as charged. `secrets` never show."""
    trouble, charged = _look_up(error)
    detail = _detail(error)
    for secret in secrets:
        if secret:
            detail = detail.replace(secret, "[secret]")
    return NoReply(trouble, detail, charged or started, usage or (Usage(calls=1) if charged or started else Usage()))


def kind_trouble(kind: str, message: str) -> Trouble:
    """The trouble behind an error that has a kind and a message but no status."""
    if kind == "invalid_request_error":
        return _refine(message)
    return KINDS.get(kind, Trouble.BROKEN)


def api_shaped(body: object) -> bool:
    """Whether an error's body is one of the API, or of a cloud's own door to it, and not a page of something in between."""
    match body:
        case {"type": "error", "error": {"type": str(), "message": str()}} | {"message": str()} | {"error": {"code": int(), "message": str()}}:
            return True
        case _:
            return False


def _look_up(error: Exception) -> tuple[Trouble, bool]:
    if isinstance(error, LostError):
        return error.trouble, True
    trouble, charged = next((trouble, charged) for kind, trouble, charged in TABLE if isinstance(error, kind))
    if not isinstance(error, anthropic.APIStatusError):
        return trouble, charged
    shaped = api_shaped(error.body)
    if error.error_code in _ACCOUNT:
        return Trouble.AUTHENTICATION, False
    if isinstance(error, anthropic.BadRequestError):
        return _refine(error.api_message or error.message), False
    if isinstance(error, anthropic.NotFoundError) and not shaped:
        return Trouble.BROKEN, False
    if error.response.is_success:  # an error event inside a stream
        return kind_trouble(error.type or "", error.api_message or ""), True
    return trouble, charged and not shaped


def _refine(message: str) -> Trouble:
    """What a refused request was refused for."""
    text = message.lower()
    if any(words in text for words in _TOO_LARGE):
        return Trouble.TOO_LARGE
    if any(words in text for words in _ACCOUNT_WORDS):
        return Trouble.AUTHENTICATION
    if any(words in text for words in _MODEL_WORDS):
        return Trouble.UNKNOWN_MODEL
    return Trouble.BAD_REQUEST


def _detail(error: Exception) -> str:
    if not isinstance(error, anthropic.APIStatusError):
        return brief(str(error) or type(error).__name__)
    if error.response.is_redirect:
        return brief(f"HTTP {error.status_code}: a redirect to {_host(error.response)}; redirects are not followed")
    if not api_shaped(error.body):
        return brief(f"HTTP {error.status_code}, not from the API: {error.response.headers.get('content-type', 'no content type')}")
    kind = f" {error.type}" if error.type else ""
    number = f" (request {error.request_id})" if error.request_id else ""
    return brief(f"HTTP {error.status_code}{kind}: {error.api_message or error.message}") + brief(number)


def _host(response: httpx2.Response) -> str:
    try:
        return httpx2.URL(response.headers.get("location", "")).host or "the same host"
    except httpx2.InvalidURL:
        return "an address that is none"
