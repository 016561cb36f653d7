from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanner.engines.secrets.prefilter import Prefilter

ALPHABET = "ab_-e:k1"
KEYWORDS = st.lists(st.text(ALPHABET, min_size=2, max_size=5), min_size=1, max_size=12, unique=True)


@given(KEYWORDS, st.text(ALPHABET + "é\n", max_size=60))
def test_it_finds_exactly_the_places_where_keywords_start(keywords: list[str], text: str) -> None:
    data = text.encode()
    expected = {(start, number) for number, keyword in enumerate(keywords) for start in range(len(data)) if data.startswith(keyword.encode(), start)}
    hits = list(Prefilter(keywords).hits(data))
    assert set(hits) == expected
    assert len(hits) == len(expected)


def test_overlapping_keywords_are_all_seen() -> None:
    keywords = ["secret", "secret_key", "key", "t_k"]
    found = {(start, keywords[number]) for start, number in Prefilter(keywords).hits(b"my secret_key")}
    assert found == {(3, "secret"), (3, "secret_key"), (10, "key"), (8, "t_k")}


def test_without_keywords_nothing_is_found() -> None:
    assert list(Prefilter([]).hits(b"anything at all")) == []
