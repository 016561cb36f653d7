"""Which texts a regular expression of a rule stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.engines.semgrep.spelling import spelled


@pytest.mark.parametrize(
    ("regex", "texts"),
    [
        ("^(get|post)$", {"get", "post"}),
        (r"^ctx\.req$", {"ctx.req"}),
        ("^((read|write)File(Sync)?|rm)$", {"readFile", "readFileSync", "writeFile", "writeFileSync", "rm"}),
        (r"^\$(?:query|execute)Raw$", {"$queryRaw", "$executeRaw"}),
        ("^a|b$", {"a", "b"}),
        ("^$", {""}),
    ],
)
def test_simple_ones_are_spelled_out(regex: str, texts: set[str]) -> None:
    assert set(spelled(regex)) == texts


@pytest.mark.parametrize(
    "regex",
    ["get", "^get", "get$", "(?i)^get$", "^g.t$", "^ge*t$", "^(?!get)$", r"^\w$", r"^get\$", "^(get$", "^get)$", "^[ab]$", "^" + "(a|b)" * 9 + "$"],
)
def test_of_others_nothing_is_known(regex: str) -> None:
    assert spelled(regex) == ()


_WORD = st.text("abc", min_size=1, max_size=2)
_GROUP = st.lists(_WORD, min_size=1, max_size=3).map(lambda words: f"({'|'.join(words)})")
_ITEM = st.one_of(_WORD, _GROUP, _GROUP.map(lambda group: f"{group}?"))


@given(st.lists(_ITEM, min_size=1, max_size=3).map("".join), st.text("abc", max_size=6))
def test_a_text_is_among_them_exactly_if_it_matches(inner: str, text: str) -> None:
    assert (text in spelled(f"^{inner}$")) == bool(re.fullmatch(inner, text))
