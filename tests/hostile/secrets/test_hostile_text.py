"""Text made to make a scanner slow or wrong. None of these tests looks at a clock: what is not linear does not come to an end here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from scanner.engines.secrets.kind import SECRETS
from scanner.engines.secrets.matcher import SecretMatcher
from scanner.engines.secrets.redact import SecretRedactor
from scanner.rulepack.loader import builtin_rules_path, load_rules

if TYPE_CHECKING:
    from scanner.engines.secrets.rule import CompiledSecretRule

MEGABYTE = 1_000_000
CHANCE = "q7RfZ2mXk9TbWv4Lc8Ny"

SIMPLE_FLOODS = ["a", "=", "-----BEGIN ", "'", '"', "`", " ", "\n", "\\", "QUJD", "é", "\0"]
FLOODS = [
    *("-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAABBBB", "-----END PRIVATE KEY-----\n", "eyJ", "eyJ.", "eyJhbGciOi.eyJ"),
    *("://", "http://a:", "postgres://", "ghp_", "xoxb-1", "sk-", ":AA", "azdo", "q~ ", "-us1 mailchimp ", "twilio auth_token", "facebook_token"),
    *("secret", "pass:", "secret.", "password: ", "token", "api_key", "secret , value", "secret: str = ", 'password = "', "key-", 'secret"""'),
]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[CompiledSecretRule, ...]:
    root = tmp_path_factory.mktemp("rules")
    shutil.copytree(builtin_rules_path() / "secrets", root / "secrets")
    return tuple(entry.payload for entry in load_rules([root], [SECRETS]).of(SECRETS))


@pytest.fixture(scope="module")
def matcher(compiled: tuple[CompiledSecretRule, ...]) -> SecretMatcher:
    return SecretMatcher(compiled)


def flood(unit: str, size: int) -> bytes:
    return (unit * (size // len(unit.encode()) + 1)).encode()[:size]


@pytest.mark.parametrize("unit", SIMPLE_FLOODS)
def test_five_megabytes_of_one_thing_hold_no_secret(matcher: SecretMatcher, unit: str) -> None:
    assert matcher.find(flood(unit, 5 * MEGABYTE), "a.env")[1] == ()


@pytest.mark.parametrize("unit", FLOODS)
def test_a_megabyte_of_beginnings_holds_no_secret(matcher: SecretMatcher, unit: str) -> None:
    assert matcher.find(flood(unit, MEGABYTE), "a.env")[1] == ()


def test_a_secret_in_the_middle_of_one_long_line_is_found(matcher: SecretMatcher) -> None:
    half = "var a=function(b){return b.token||b.c};" * 40_000
    data = f'{half}var d={{apiKey:"{CHANCE}"}};{half}'.encode()
    text, (match,) = matcher.find(data, "bundle.min.js")
    assert text[match.start : match.end] == CHANCE


def test_a_file_of_nothing_but_secrets_comes_to_an_end(matcher: SecretMatcher) -> None:
    _, matches = matcher.find(flood(f"api_key='{CHANCE}'\n", MEGABYTE), "a.py")
    assert len(matches) == MEGABYTE // len(f"api_key='{CHANCE}'\n")


@pytest.mark.parametrize(
    "unit", ["a", "QUJD", "QUJD" * 16 + "\n", "-----BEGIN PRIVATE KEY-----\n", "+", "> ", "secret", "-----BEGIN CERTIFICATE-----\n"]
)
def test_masking_a_megabyte_of_one_thing_keeps_its_length(compiled: tuple[CompiledSecretRule, ...], unit: str) -> None:
    text = flood(unit, MEGABYTE).decode()
    assert len(SecretRedactor(compiled).mask(text)) == MEGABYTE


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, bytes(range(256)) * 50, b"\xff" * 1000, b"ghp_\xff" * 100, "\ud83d".encode("utf-8", "surrogatepass")]
)
def test_bytes_that_are_no_text_are_harmless(matcher: SecretMatcher, data: bytes) -> None:
    assert matcher.find(data, "a.bin")[1] == ()
