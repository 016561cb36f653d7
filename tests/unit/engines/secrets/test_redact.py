from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from scanner.core.text import split_lines
from scanner.engines.secrets.redact import SecretRedactor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scanner.engines.secrets.matcher import SecretMatcher
    from scanner.engines.secrets.rule import CompiledSecretRule
    from scanner.rulepack.ruleset import LoadedRule
    from tests.unit.engines.secrets.conftest import RuleMaker

CHANCE = "q7RfZ2mXk9TbWv4Lc8Ny"
ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z ]+-----")
BODY = base64.b64encode(b"\x30\x82\x04\xa4" + bytes(range(251)) * 2).decode()
BODY_LINES = [BODY[start : start + 64] for start in range(0, len(BODY), 64)]
BLOCK = "\n".join(["-----BEGIN RSA PRIVATE " + "KEY-----", *BODY_LINES, "-----END RSA PRIVATE " + "KEY-----"])


def shape(text: str) -> list[int]:
    return [len(line) for line in split_lines(text)]


def visible(masked: str) -> str:
    """What can still be read of a secret behind its prefix, the armour of key blocks aside."""
    return re.sub(r"[*\r\n]", "", ARMOUR.sub("", masked)[4:])


def test_a_prefix_that_names_the_service_stays(redactor: SecretRedactor) -> None:
    token = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"
    assert redactor.mask(f'a = "{token}"\n') == 'a = "ghp_' + "*" * 36 + '"\n'


def test_nothing_of_a_password_stays(redactor: SecretRedactor) -> None:
    assert redactor.mask('password = "summer2024!"') == 'password = "***********"'
    assert redactor.mask(f"postgres://shop:{CHANCE}@db.shop.io/x") == f"postgres://shop:{'*' * 20}@db.shop.io/x"


def test_tests_and_low_confidence_are_masked_too(redactor: SecretRedactor) -> None:
    assert CHANCE not in redactor.mask(f'# api_key = "{CHANCE}"')


def test_a_key_block_is_masked_on_every_line_but_its_armour(redactor: SecretRedactor) -> None:
    masked = redactor.mask(f"before\n{BLOCK}\nafter\n").splitlines()
    assert masked[0] == "before"
    assert masked[1] == BLOCK.splitlines()[0]
    assert masked[2:-2] == ["*" * len(line) for line in BODY_LINES]
    assert masked[-2] == BLOCK.splitlines()[-1]
    assert masked[-1] == "after"


def test_a_key_block_inside_a_string_is_masked(redactor: SecretRedactor) -> None:
    masked = redactor.mask('key = "' + BLOCK.replace("\n", "\\n") + '"')
    assert not any(line in masked for line in BODY_LINES)


def test_the_fragment_of_a_block_is_masked_without_its_edges(redactor: SecretRedactor) -> None:
    for fragment in (BLOCK.splitlines()[:4], BLOCK.splitlines()[-4:], BODY_LINES[1:4], BODY_LINES[-3:]):
        for margin in ("", "    ", '    "', "+", "> "):
            text = "\n".join(f"{margin}{line}" for line in fragment)
            masked = redactor.mask(text)
            assert not any(line in masked for line in BODY_LINES), text
            assert shape(masked) == shape(text)


def test_certificates_and_hashes_stay_readable(redactor: SecretRedactor) -> None:
    certificate = "\n".join(["-----BEGIN CERTIFICATE-----", *BODY_LINES, "-----END CERTIFICATE-----"])
    lock = '"integrity": "sha512-' + BODY[:86] + '=="\n"resolved": "x"\n'
    for text in (certificate, lock, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n" * 3):
        assert redactor.mask(text) == text


def test_text_without_secrets_stays_the_same_text(redactor: SecretRedactor) -> None:
    text = "def f(token):\r\n    return token.type\r"
    assert redactor.mask(text) is text


def test_the_vulnerable_cases_of_all_rules_are_masked(
    redactor: SecretRedactor, matcher: SecretMatcher, loaded: Sequence[LoadedRule[CompiledSecretRule]]
) -> None:
    for case in (case for entry in loaded for case in entry.cases if case.vulnerable):
        masked = redactor.mask(case.code)
        assert shape(masked) == shape(case.code)
        text, matches = matcher.find(case.code.encode(), case.file or "app.code")
        for match in matches:
            assert text[match.start : match.end] not in masked
            assert visible(masked[match.start : match.end]) == ""


PIECES = st.sampled_from(
    [
        *("password = ", "token: ", "secret=", "api_key", '"', "'", "\n", "\r\n", "\r", " ", "é", "\U0001f511", "\ud800", "://", "@", ":", "x"),
        *(CHANCE, f'"{CHANCE}"', f"glpat-{CHANCE}", f"https://shop:{CHANCE}@git.shop.io/", "summer2024!", "-----BEGIN PRIVATE " + "KEY-----\n"),
        *("-----END PRIVATE " + "KEY-----\n", BODY_LINES[0], BODY_LINES[1] + "\n", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0." + CHANCE * 2, "é" * 5),
    ]
)


@example("-----BEGIN PRIVATE KEY-----\nééééé-----END PRIVATE KEY-----\n")
@given(st.lists(PIECES, max_size=14).map("".join))
def test_masking_keeps_lines_and_lengths_and_hides_whatever_was_found(redactor: SecretRedactor, matcher: SecretMatcher, text: str) -> None:
    masked = redactor.mask(text)
    assert len(masked) == len(text)
    assert shape(masked) == shape(text)
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))
    for match in matcher.find_everything(text.encode("utf-8", "replace")):
        assert visible(masked[match.start : match.end]) == ""


@given(st.text(max_size=200))
def test_masking_any_text_keeps_its_shape(redactor: SecretRedactor, text: str) -> None:
    masked = redactor.mask(text)
    assert len(masked) == len(text)
    assert shape(masked) == shape(text)


def test_rules_of_ones_own_are_enough(make_rule: RuleMaker) -> None:
    redactor = SecretRedactor([make_rule({"pattern": r"tok_(?P<secret>[a-z]{8})", "keywords": ["tok_"]})])
    assert redactor.mask("tok_abcdefgh") == "tok_********"
