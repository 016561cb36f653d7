from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from scanner.engines.secrets.checks import CHECKS
from scanner.engines.secrets.sighting import Opinion, Sighting

CHANCE = "q7RfZ2mXk9TbWv4Lc8Ny"


def opinion(check: str, secret: str) -> Opinion:
    match = re.fullmatch(r"(?s)(?P<secret>.+)", secret)
    assert match
    return CHECKS[check](Sighting(secret, match))


def opinion_of(check: str, pattern: str, text: str) -> Opinion:
    match = re.search(pattern, text)
    assert match
    return CHECKS[check](Sighting(text, match))


def segment(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def jwt(header: Any, payload: Any) -> str:
    return f"{segment(header)}.{segment(payload)}.{CHANCE}{CHANCE}"


def pem(label: str, body: bytes, headers: str = "") -> str:
    encoded = base64.b64encode(body).decode()
    lines = "\n".join(encoded[start : start + 64] for start in range(0, len(encoded), 64))
    return f"-----BEGIN {label}-----\n{headers}{lines}\n-----END {label}-----"


DER = b"\x30\x82\x04\xa4" + bytes(range(200))


def test_a_github_token_with_the_right_checksum_is_proven() -> None:
    # Made and retired for the purpose by the author of a gist about the format.
    assert opinion("github-crc32", "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17") is Opinion.PROVEN


def test_a_github_token_with_a_wrong_checksum_is_doubted() -> None:
    assert opinion("github-crc32", "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq18") is Opinion.DOUBT


def test_a_token_of_another_length_has_no_checksum_to_look_at() -> None:
    assert opinion("github-crc32", "ghs_123_eyJ") is Opinion.FINE


def test_an_access_key_id_is_base32_with_a_digit() -> None:
    assert opinion("aws-access-key", "AKIA" + "QWERTY234ZXCVB56") is Opinion.FINE
    assert opinion("aws-access-key", "AKIA" + "QWERTYUIOPASDFGH") is Opinion.DOUBT
    assert opinion("aws-access-key", "AKIA" + "0WERTY234ZXCVB59") is Opinion.DOUBT


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (jwt({"alg": "HS256"}, {"sub": "user-83"}), Opinion.FINE),
        (jwt({"alg": "none"}, {"sub": "user-83"}), Opinion.REJECT),
        (jwt({"typ": "JWT"}, {"sub": "user-83"}), Opinion.REJECT),
        (jwt({"alg": "HS256"}, ["no", "object"]), Opinion.REJECT),
        (jwt({"alg": "HS256"}, {"sub": "1234567890"}), Opinion.REJECT),
        (jwt({"alg": "HS256"}, {"role": "anon"}), Opinion.REJECT),
        ("eyJub3RqYXNvbg.eyJub3RqYXNvbg.signature", Opinion.REJECT),
        (f"{segment({'alg': 'HS256'})}.{'eyJ' + 'W1tb' * 20_000}.x", Opinion.REJECT),
    ],
)
def test_a_jwt_decodes_to_a_header_with_an_algorithm_and_an_object(token: str, expected: Opinion) -> None:
    assert opinion("jwt", token) is expected


@pytest.mark.parametrize(
    ("block", "plain", "encrypted"),
    [
        (pem("RSA PRIVATE KEY", DER), Opinion.FINE, Opinion.REJECT),
        (pem("PRIVATE KEY", DER).replace("\n", "\\n"), Opinion.FINE, Opinion.REJECT),
        (pem("EC PRIVATE KEY", DER).replace("\n", '\\n" +\n    "'), Opinion.FINE, Opinion.REJECT),
        (pem("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none" + DER), Opinion.FINE, Opinion.REJECT),
        (pem("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\0\0\0\x0aaes256-ctr\0\0\0\x06bcrypt" + DER), Opinion.REJECT, Opinion.FINE),
        (pem("ENCRYPTED PRIVATE KEY", DER), Opinion.REJECT, Opinion.FINE),
        (pem("RSA PRIVATE KEY", DER, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB12\n\n"), Opinion.REJECT, Opinion.FINE),
        (pem("PGP PRIVATE KEY BLOCK", b"\x95" + DER, "Version: GnuPG v2.4-1\n\n"), Opinion.FINE, Opinion.REJECT),
        (pem("RSA PRIVATE KEY", b"\x00\x01" + DER), Opinion.DOUBT, Opinion.REJECT),
        ("-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----", Opinion.REJECT, Opinion.REJECT),
        ("-----BEGIN PRIVATE KEY-----\nshort\n-----END PRIVATE KEY-----", Opinion.REJECT, Opinion.REJECT),
        (pem("PRIVATE KEY", b"\x30" + b"A" * 300), Opinion.REJECT, Opinion.REJECT),
    ],
)
def test_a_private_key_has_a_body_that_could_be_one(block: str, plain: Opinion, encrypted: Opinion) -> None:
    assert opinion("private-key", block) is plain
    assert opinion("encrypted-private-key", block) is encrypted


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("//shop:q7RfZ2mXk9@db.shop.io", Opinion.FINE),
        ("//shop:q7RfZ2mXk9@localhost", Opinion.DOUBT),
        ("//shop:correcthorse@db.shop.io", Opinion.DOUBT),
        ("//shop:shop@db.shop.io", Opinion.REJECT),
        ("//shop:password@db.shop.io", Opinion.REJECT),
        ("//shop:q7RfZ2mXk9@example.com", Opinion.REJECT),
        ("//shop:q7RfZ2mXk9@host", Opinion.REJECT),
        ("//shop:${PASSWORD}@db.shop.io", Opinion.REJECT),
        ("//${USER}:q7RfZ2mXk9@db.shop.io", Opinion.REJECT),
    ],
)
def test_credentials_in_a_url_are_real_ones(url: str, expected: Opinion) -> None:
    assert opinion_of("url-credentials", r"//(?P<user>[^:]*):(?P<secret>[^@]*)@(?P<host>.+)", url) is expected


def test_basic_credentials_decode_to_a_name_and_a_password() -> None:
    def encoded(text: str) -> str:
        return base64.b64encode(text.encode("latin-1")).decode()

    assert opinion("basic-auth", encoded(f"shop:{CHANCE}")) is Opinion.FINE
    assert opinion("basic-auth", encoded("shop:changeme")) is Opinion.REJECT
    assert opinion("basic-auth", encoded("charles:12345")) is Opinion.REJECT
    assert opinion("basic-auth", encoded("charles:90412")) is Opinion.FINE
    assert opinion("basic-auth", encoded("no colon in it")) is Opinion.REJECT
    assert opinion("basic-auth", encoded("shop:\xff\xfe")) is Opinion.REJECT
    assert opinion("basic-auth", "Authentication") is Opinion.REJECT


def test_a_discord_token_starts_with_a_number_in_base64() -> None:
    first = base64.urlsafe_b64encode(b"112233445566778899").decode()
    assert opinion("discord-token", f"{first}.GabcDE.{CHANCE}") is Opinion.FINE
    assert opinion("discord-token", f"Module.loader.{CHANCE}") is Opinion.REJECT


def test_the_marker_in_an_openai_key_is_looked_for() -> None:
    assert opinion("openai-marker", f"sk-{CHANCE}T3BlbkFJ{CHANCE}") is Opinion.FINE
    assert opinion("openai-marker", f"sk-{CHANCE}{CHANCE}") is Opinion.DOUBT


def test_simple_checks() -> None:
    assert opinion("not-placeholder", "changeme") is Opinion.REJECT
    assert opinion("not-placeholder", CHANCE) is Opinion.FINE
    assert opinion("mixed-classes", CHANCE) is Opinion.FINE
    assert opinion("mixed-classes", "da39a3ee5e6b4b0d") is Opinion.REJECT
    assert opinion("not-words", "list-of-the-things-that-remain") is Opinion.REJECT
    assert opinion("not-words", CHANCE) is Opinion.FINE
    assert opinion("any-value", "letmein1") is Opinion.FINE
    assert opinion("any-value", "read(token)") is Opinion.REJECT
    assert opinion("connection-password", "Xk9!mP2v") is Opinion.FINE
    assert opinion("connection-password", "correcthorse") is Opinion.DOUBT
    assert opinion("connection-password", "{0}") is Opinion.REJECT


NAMED = r"(?P<word>password|token|secret|api_key)(?P<tail>[\w.]*)\W+(?P<secret>\S+?)[\"')]*$"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"api_key = '{CHANCE}'", Opinion.FINE),
        ("api_key = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'", Opinion.FINE),
        ("token = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d'", Opinion.REJECT),
        (f"# api_key = '{CHANCE}'", Opinion.DOUBT),
        (f"token_url = '{CHANCE}'", Opinion.REJECT),
        (f"password.encode('{CHANCE}')", Opinion.REJECT),
        (f"password.equals('{CHANCE}')", Opinion.FINE),
        ("secret = '/etc/shop/secret-v2.pem'", Opinion.REJECT),
        ("secret = 'sha256-q7RfZ2mXk9TbWv4Lc8Ny'", Opinion.REJECT),
        ("secret = 'summer2024!'", Opinion.REJECT),
    ],
)
def test_a_random_value_has_a_name_that_says_secret(line: str, expected: Opinion) -> None:
    assert opinion_of("random-value", NAMED, line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("password = 'summer2024!'", Opinion.FINE),
        ("password = 'summer'", Opinion.REJECT),
        ("password = 'aaaa11'", Opinion.REJECT),
        ("password = 'password1'", Opinion.REJECT),
        ("password = 'example123'", Opinion.REJECT),
        ("password = 'user_name_2'", Opinion.REJECT),
        ("password_label = 'summer2024!'", Opinion.REJECT),
    ],
)
def test_a_weak_password_is_a_word_with_something_in_it(line: str, expected: Opinion) -> None:
    assert opinion_of("weak-password", NAMED, line) is expected
