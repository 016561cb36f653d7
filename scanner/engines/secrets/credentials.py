"""Checks of passwords and keys that no service gave a form: only the name and the value speak."""

from __future__ import annotations

import re
import string
from typing import Final

from scanner.engines.secrets.names import names_a_secret
from scanner.engines.secrets.sighting import Opinion, Sighting
from scanner.engines.secrets.values import classes, entropy, is_placeholder, is_template, wordiness

_LONG: Final = 16
_LONG_ENTROPY: Final = 3.0
_SHORT_ENTROPY: Final = 2.5
_SHORT_CLASSES: Final = 3
_TAIL: Final = string.digits + string.punctuation
_WORDY: Final = 0.5

_KEY_LENGTH: Final = 40
_KEY_ENTROPY: Final = 4.3

_UUID: Final = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z")
_UUID_NAMES: Final = re.compile(r"(?i)secret|api[_-]?key|passw|access[_-]?key")
_NUMBER: Final = re.compile(r"[\d.,:+\-/_ TZ]+\Z|[\^~<>=]{0,2}v?\d+(?:\.\d+)+(?:[-+.][\w.]{0,12})?\Z")
_HASHED: Final = re.compile(r"(?i)\$[0-9a-z-]{1,12}\$|pbkdf2|bcrypt|argon2|scrypt|\{s?sha|(?:sha1|sha224|sha256|sha384|sha512|md5)[-_:$]")
_PLACE: Final = re.compile(
    r"\A(?:[./~]|pk_|eyJ[A-Za-z0-9_-]+\.|#[0-9a-fA-F]{3,8}\Z|@[\w-]+/|--?[a-z]|data:|sb_publishable_|arn:|urn:|projects/)|://|\A[\w.+-]{1,80}@[\w-]{1,80}\.[a-z]{2,}\Z"
    r"|[./](?:py|js|ts|json|ya?ml|txt|html?|xml|pem|key|crt|cer|env|png|svg|css|go|java|php|rb|md|sql)\Z"
)
_CODE: Final = re.compile(r"[()\[\]{}<>|]|::|->|&&|==|\\|\A[\w]+(?:\.[A-Za-z_]\w*)+\Z")
_SCREAMING: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z")
_KEBAB_WORDS: Final = re.compile(r"[a-z]{2,}[0-9]{0,2}(?:[-_.:][a-z]{2,}[0-9]{0,2}|[-_.:][0-9]{1,2})+\Z")

_COMMENT: Final = re.compile(r"\s*(?:\*|//|#|--|;|<!--|\"\"\")")
# Methods of a secret whose argument is one, too: `password.equals("...")`, but not `password.encode("...")`.
_TAKES_SECRETS: Final = frozenset({"equals", "equalsignorecase", "compareto", "set", "setvalue", "value", "default", "or", "orelse"})

_WEAK_LENGTH: Final = 6
_WEAK_DISTINCT: Final = 4
_WEAK_SYMBOLS: Final = frozenset("!@#$%^&*+=?~")
# Words that admit to be no password, in values that are otherwise weak enough to be one.
_POINTLESS: Final = re.compile(
    r"(?i)example|sample|placeholder|change|replace|insert|your|dummy|fake|mock|redact|xxx|todo|test|demo|foo|bar|baz"
    r"|\A(?:password|passwd|secret)\d?\Z"
)

# Passwords of throw-away services on a developer's machine, as their images document them.
_DEFAULT_PASSWORDS: Final = frozenset(
    """
    admin changeme db default foo guest hunter2 mongo mypassword mysecretpassword mysql pass passwd password postgres pw pwd redis root
    rabbitmq sa secret user username test tok token x x-oauth-basic
    """.split()  # noqa: SIM905 -- a list of words is read and changed as text
)
_LOCAL_HOST: Final = re.compile(
    r"(?i)(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|db|database|postgres|mysql|redis|mongo)\Z"
)
_EXAMPLE_HOST: Final = re.compile(
    r"(?i)(?:.*\.)?(?:example|test|invalid)(?:\.(?:com|org|net))?\Z|(?:.*\.)?(?:host|hostname|server|domain|yourdomain)\.?\Z|[\[<${%]"
)


def random_value(sighting: Sighting) -> Opinion:
    """Fine when the name says secret and the value looks drawn by chance; rejected otherwise."""
    secret = sighting.secret
    if not _named(sighting) or is_placeholder(secret) or _is_something_else(sighting):
        return Opinion.REJECT
    likely = _UUID_NAMES.search(sighting.match.group()) if _UUID.match(secret) else _looks_random(secret)
    if not likely:
        return Opinion.REJECT
    # Comments show how something is used more often than they keep what was used.
    return Opinion.DOUBT if _COMMENT.match(sighting.line) else Opinion.FINE


def weak_password(sighting: Sighting) -> Opinion:
    """Fine when the name says password and the value is one that a person would think of: a word with a digit or a sign in it."""
    secret = sighting.secret
    if not _named(sighting) or is_template(secret) or _POINTLESS.search(secret) or _is_something_else(sighting):
        return Opinion.REJECT
    spiced = any(char.isdigit() or char in _WEAK_SYMBOLS for char in secret) and any(char.isalpha() for char in secret)
    distinct = len(set(secret)) >= _WEAK_DISTINCT
    return Opinion.FINE if len(secret) >= _WEAK_LENGTH and distinct and spiced and not _KEBAB_WORDS.match(secret) else Opinion.REJECT


def signing_key(sighting: Sighting) -> Opinion:
    """Fine when the name is one of a signing key and the value is neither a placeholder nor the name again."""
    secret = sighting.secret
    again = _letters(secret) in _letters(sighting.group("word") + sighting.group("tail"))
    if again or not _named(sighting) or is_template(secret) or _POINTLESS.search(secret) or _is_something_else(sighting):
        return Opinion.REJECT
    return Opinion.FINE


def chance(sighting: Sighting) -> Opinion:
    """Rejects what does not look drawn by chance, whatever its name."""
    return Opinion.FINE if _looks_random(sighting.secret) else Opinion.REJECT


def any_value(sighting: Sighting) -> Opinion:
    """Fine for whatever is neither a placeholder nor code, where the place alone says that a secret stands there."""
    return Opinion.REJECT if is_placeholder(sighting.secret) or _CODE.search(sighting.secret) else Opinion.FINE


def url_credentials(sighting: Sighting) -> Opinion:
    """Rejects placeholders, defaults of throw-away services, repeated user names and hosts kept for examples; doubts local hosts and plain words."""
    secret, user, host = sighting.secret, sighting.group("user"), sighting.group("host")
    if is_template(secret) or _POINTLESS.search(secret) or secret.lower() in _DEFAULT_PASSWORDS or secret.lower() == user.lower():
        return Opinion.REJECT
    if _EXAMPLE_HOST.match(host) or is_placeholder(secret) or is_template(user):
        return Opinion.REJECT
    weak = wordiness(secret) > _WORDY and classes(secret) == 1
    return Opinion.DOUBT if weak or _LOCAL_HOST.match(host) else Opinion.FINE


def connection_password(sighting: Sighting) -> Opinion:
    """The same for `Password=...` within a connection string, whose host is not known."""
    secret = sighting.secret
    if is_placeholder(secret) or _POINTLESS.search(secret) or secret.lower() in _DEFAULT_PASSWORDS or _CODE.search(secret):
        return Opinion.REJECT
    return Opinion.DOUBT if classes(secret) == 1 else Opinion.FINE


def _named(sighting: Sighting) -> bool:
    tail = sighting.group("tail")
    calls = sighting.text.startswith("(", sighting.match.end("tail"))
    if calls and "." in tail and tail.rpartition(".")[2].lower() not in _TAKES_SECRETS:
        return False
    return names_a_secret(sighting.before, sighting.group("word"), tail)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _looks_random(secret: str) -> bool:
    if not any(map(str.isalpha, secret)) or not any(map(str.isdigit, secret)) or wordiness(secret) > _WORDY:
        return False
    if len(secret) >= _LONG:
        return entropy(secret) >= _LONG_ENTROPY
    # People make short ones from a word and a year: the tail says nothing.
    return classes(secret) >= _SHORT_CLASSES and entropy(secret) >= _SHORT_ENTROPY and wordiness(secret.rstrip(_TAIL) or secret) <= _WORDY


def _is_something_else(sighting: Sighting) -> bool:
    """Whether the value is a number, a hash of a password, a path, a URL, code or the name of something."""
    secret = sighting.secret
    if _HASHED.search(secret) or _PLACE.search(secret):
        return True
    if len(secret) >= _KEY_LENGTH and classes(secret) >= _SHORT_CLASSES and entropy(secret) >= _KEY_ENTROPY and wordiness(secret) <= _WORDY:
        return False  # so long and so mixed, its brackets and bars are chance, too
    return bool(_NUMBER.match(secret) or _CODE.search(secret) or _SCREAMING.match(secret) or _KEBAB_WORDS.match(secret))
