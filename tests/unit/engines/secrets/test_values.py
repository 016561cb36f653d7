from __future__ import annotations

import pytest

from scanner.engines.secrets.values import classes, entropy, is_placeholder, wordiness

CHANCE = "q7RfZ2mXk9TbWv4Lc8Ny"


def test_entropy_is_counted_in_bits_a_character() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abab") == pytest.approx(1)
    assert entropy("abcdefgh") == pytest.approx(3)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "AKIAIOSFODNN7EXAMPLE",
            "xxxxxxxxxxxxxxxx",
            "****************",
            "<your-token>",
            "${API_TOKEN}",
            "{{ token }}",
            "%s",
            "%(password)s",
            "$TOKEN",
        ),
        *(
            "changeme",
            "change-me-please",
            "dummy-value-1",
            "todo",
            "TODO",
            "none",
            "null",
            "ghp_1234567890abcdefghij",
            "abcdefghijklmnop",
            "0123456789",
        ),
        *(
            "9876543210",
            "aaaaaaaaaaaa",
            "00000000-0000-0000-0000-000000000000",
            "sk-...",
            "ababababababababab",
            "process.env.TOKEN",
            "{token}",
            "#{token}",
        ),
        *("your_api_key", "MyFakeToken", "insert-key-here", "<%= token %>", "redacted", "@token", "%TOKEN%"),
    ],
)
def test_what_stands_for_a_secret_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", [CHANCE, "Xk9#mP2$vLq7", "f1d2d2f924e986ac86fdf7b36c94bcdf32beec15", "letmein2024", "a$b@c9d!e", "Q$Tk7#s@1"])
def test_what_could_be_a_secret_is_none(text: str) -> None:
    assert not is_placeholder(text)


def test_words_are_told_from_chance() -> None:
    assert wordiness("oauth2_access_token") > 0.8
    assert wordiness("SHA256withRSA") > 0.7
    assert wordiness(CHANCE) == 0
    assert wordiness("5f4dcc3b5aa765d61d8327deb882cf99") < 0.2


def test_classes_are_lower_upper_digit_and_other() -> None:
    assert classes("abc") == 1
    assert classes("aB1-") == 4
