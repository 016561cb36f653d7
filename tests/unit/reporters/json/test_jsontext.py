from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from scanner.reporters.jsontext import INDENTED_UP_TO, dumps

WILD = st.text(st.one_of(st.characters(exclude_categories=()), st.sampled_from('\\"u01befnrt\x1b\u202e\ud800')))


@given(st.dictionaries(WILD, WILD, max_size=3))
def test_any_text_becomes_utf8_without_control_characters_and_keeps_its_length(document: dict[str, str]) -> None:
    text = dumps(document)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    parsed = json.loads(text.encode())
    for value in parsed.values():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", value)
    if len(parsed) == len(document):
        assert [len(value) for value in parsed.values()] == [len(value) for value in document.values()]


def test_harmless_text_comes_back_as_it_was() -> None:
    document = {"a": 'tab\there\nand "quotes" \\u001b \\\\r', "b": "Grüße 😀 漢字 \u200d \u202e", "c": [1, None, True]}
    assert json.loads(dumps(document)) == document


def test_control_characters_are_shown_as_pictures() -> None:
    assert json.loads(dumps({"a": "\x1b[31m\r\b\f\x00\x7f\x9b"})) == {"a": "␛[31m␍␈␌␀\ufffd\ufffd"}


def test_what_reorders_text_is_visible_in_the_file_and_intact_behind_a_parser() -> None:
    text = dumps({"a": "x\u202ey\U000e0041"})
    assert text == '{\n  "a": "x\\u202ey\\udb40\\udc41"\n}\n'
    assert json.loads(text) == {"a": "x\u202ey\U000e0041"}


def test_a_backslash_before_an_escape_is_told_from_the_escape() -> None:
    assert json.loads(dumps({"a": "\\\x1b", "b": "\\u001b"})) == {"a": "\\␛", "b": "\\u001b"}


def test_large_documents_are_compact() -> None:
    text = dumps({"a": ["x" * 1_000] * (INDENTED_UP_TO // 1_000), "b": 1})
    assert text.count("\n") == 1
    assert text.endswith("\n")
