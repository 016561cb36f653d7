"""What code knows about a secret that a pattern cannot say. Rules name the checks they want."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Final

from scanner.engines.secrets.credentials import (
    any_value,
    chance,
    connection_password,
    random_value,
    signing_key,
    url_credentials,
    weak_password,
)
from scanner.engines.secrets.keys import encrypted_private_key, private_key
from scanner.engines.secrets.sighting import Opinion, Sighting
from scanner.engines.secrets.values import is_placeholder, wordiness

Check = Callable[[Sighting], Opinion]

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKSUM_LENGTH: Final = 6
_CHECKSUMMED: Final = re.compile(r"[a-z]{3}_([A-Za-z0-9]{36})\Z")
_SNOWFLAKE: Final = re.compile(rb"\d{17,20}\Z")
_OPENAI_MARKER: Final = "T3BlbkFJ"
_ACCESS_KEY: Final = re.compile(r"(?:AKIA|ASIA)(?=[A-Z]*[2-7])[A-Z2-7]{16}\Z")
_MOSTLY_WORDS: Final = 0.75
# The token that the introduction to JWTs shows to everybody.
_SAMPLE_SUBJECT: Final = "1234567890"


def not_placeholder(sighting: Sighting) -> Opinion:
    """Rejects what stands for a secret: documented examples, masks, templates, sequences."""
    return Opinion.REJECT if is_placeholder(sighting.secret) else Opinion.FINE


def mixed_classes(sighting: Sighting) -> Opinion:
    """Rejects secrets without lower case, upper case or digits: hashes in hexadecimal, names."""
    secret = sighting.secret
    has_all = any(map(str.islower, secret)) and any(map(str.isupper, secret)) and any(map(str.isdigit, secret))
    return Opinion.FINE if has_all else Opinion.REJECT


def not_words(sighting: Sighting) -> Opinion:
    """Rejects what is made of words joined together, as names are."""
    return Opinion.REJECT if wordiness(sighting.secret) > _MOSTLY_WORDS else Opinion.FINE


def aws_access_key(sighting: Sighting) -> Opinion:
    """Doubts access key ids that hold no digit or characters outside base32: AWS draws them from that alphabet."""
    return Opinion.FINE if _ACCESS_KEY.match(sighting.secret) else Opinion.DOUBT


def github_crc32(sighting: Sighting) -> Opinion:
    """Proves tokens whose last six characters are the CRC-32 of the thirty before, in base 62, and doubts the others of that length.

    The source is "Behind GitHub's new authentication token formats" on github.blog (2021-04-05); npm's tokens are made the same way.
    """
    match = _CHECKSUMMED.match(sighting.secret)
    if not match:
        return Opinion.FINE
    body = match[1]
    return Opinion.PROVEN if _base62(zlib.crc32(body[:-_CHECKSUM_LENGTH].encode())) == body[-_CHECKSUM_LENGTH:] else Opinion.DOUBT


def openai_marker(sighting: Sighting) -> Opinion:
    """Doubts keys without `OpenAI` in base64 in their middle, which the service's keys have had since 2023."""
    return Opinion.FINE if _OPENAI_MARKER in sighting.secret else Opinion.DOUBT


def jwt(sighting: Sighting) -> Opinion:
    """Fine for tokens whose header and payload decode to JSON; rejects unsigned ones, the well-known sample and public `anon` keys."""
    header, payload = (_json_object(part) for part in sighting.secret.split(".")[:2])
    algorithm = header.get("alg") if header else None
    if payload is None or not isinstance(algorithm, str):
        return Opinion.REJECT
    unsigned = algorithm.lower() == "none"
    public = payload.get("role") == "anon" or payload.get("sub") == _SAMPLE_SUBJECT
    return Opinion.REJECT if unsigned or public else Opinion.FINE


_COUNTED: Final = "01234567890"


def basic_auth(sighting: Sighting) -> Opinion:
    """Fine when the secret is `user:password` in base64 and the password is no placeholder."""
    try:
        decoded = base64.b64decode(sighting.secret, validate=True).decode("ascii")
    except ValueError:  # no base64, or not ASCII before or after decoding
        return Opinion.REJECT
    user, colon, password = decoded.partition(":")
    counted = password.isdigit() and password in _COUNTED  # `12345`, as in every example
    real = decoded.isprintable() and user and colon and password and not is_placeholder(password) and not counted
    return Opinion.FINE if real else Opinion.REJECT


def discord_token(sighting: Sighting) -> Opinion:
    """Rejects tokens whose first part is not a numeric id in base64."""
    first = sighting.secret.split(".", 1)[0]
    try:
        decoded = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except ValueError:  # binascii.Error for what is no base64, ValueError itself for what is not ASCII
        return Opinion.REJECT
    return Opinion.FINE if _SNOWFLAKE.match(decoded) else Opinion.REJECT


def _base62(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_BASE62))
        digits = _BASE62[digit] + digits
    return digits.rjust(_CHECKSUM_LENGTH, "0")


def _json_object(part: str) -> Mapping[str, object] | None:
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):  # hostile JSON may be nested as deep as it likes
        return None
    return value if isinstance(value, dict) else None


CHECKS: Final[Mapping[str, Check]] = {
    "any-value": any_value,
    "aws-access-key": aws_access_key,
    "basic-auth": basic_auth,
    "chance": chance,
    "connection-password": connection_password,
    "discord-token": discord_token,
    "encrypted-private-key": encrypted_private_key,
    "github-crc32": github_crc32,
    "jwt": jwt,
    "mixed-classes": mixed_classes,
    "not-placeholder": not_placeholder,
    "not-words": not_words,
    "openai-marker": openai_marker,
    "private-key": private_key,
    "random-value": random_value,
    "signing-key": signing_key,
    "url-credentials": url_credentials,
    "weak-password": weak_password,
}
