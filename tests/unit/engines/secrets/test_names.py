from __future__ import annotations

import pytest

from scanner.engines.secrets.names import names_a_secret


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        *(
            ("", "password", ""),
            ("db_", "password", ""),
            ("DJANGO_", "SECRET", "_KEY"),
            ("", "secret", "key"),
            ("my", "Token", ""),
            ("", "token", "s"),
        ),
        *(("spring.datasource.", "password", ""), ("", "apiKey", "Prod"), ("host_", "password", ""), ("", "TOKEN", "_2"), ("x-", "api-key", "")),
    ],
)
def test_names_that_hold_secrets(before: str, word: str, after: str) -> None:
    assert names_a_secret(before, word, after)


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        *(
            ("", "token", "_url"),
            ("", "password", "Field"),
            ("", "secret", "ary"),
            ("", "token", "izer"),
            ("", "TOKEN", "IZER"),
            ("next_", "token", ""),
        ),
        *(("", "password", "_hash"), ("hashed_", "password", ""), ("", "secret", "Name"), ("", "token", "-type"), ("", "password", ".min.length")),
        *(
            ("public_", "access_key", ""),
            ("", "access_key", "_id"),
            ("csrf_", "token", ""),
            ("", "secret", "_path"),
            ("", "PASSWORD", "_RESET_TIMEOUT"),
        ),
    ],
)
def test_names_of_something_else(before: str, word: str, after: str) -> None:
    assert not names_a_secret(before, word, after)
