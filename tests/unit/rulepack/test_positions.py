"""YAML with positions, and hostile YAML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.rulepack.document import Document, Mark
from scanner.rulepack.positions import Bounds, Unreadable, read_document


def read(text: str | bytes) -> Document:
    document = read_document(text.encode() if isinstance(text, str) else text)
    assert isinstance(document, Document), document
    return document


def refusals(text: str | bytes, bounds: Bounds | None = None) -> list[str]:
    document = read_document(text.encode() if isinstance(text, str) else text, bounds or Bounds())
    assert isinstance(document, Unreadable), document.value
    return [f"{slip.mark.line}:{slip.mark.column}: {slip.message}" for slip in document.slips]


def test_values_are_plain_and_scalars_resolve_as_in_yaml_1_2() -> None:
    text = "a: on\nb: [no, true, ~, 12, 0x1F, 1.5, '7', !!str 8]\nc: {d: |\n  x\n  y\n}\n"
    assert read(text.replace("{d: |\n  x\n  y\n}", "\n  d: |\n    x\n    y")).value == {
        "a": "on",
        "b": ["no", True, None, 12, 31, 1.5, "7", "8"],
        "c": {"d": "x\ny\n"},
    }


def test_every_key_and_value_has_its_line_and_column() -> None:
    document = read("rules:\n  - id: x\n    list:\n      - one\n      - {deep: 2}\n")
    assert document.mark() == Mark(1, 1)
    assert document.mark(("rules", 0)) == Mark(2, 5)
    assert document.key_mark(("rules", 0, "id")) == Mark(2, 5)
    assert document.mark(("rules", 0, "id")) == Mark(2, 9)
    assert document.mark(("rules", 0, "list", 1, "deep")) == Mark(5, 16)
    assert document.key_mark(("rules", 0, "list", 1, "deep")) == Mark(5, 10)


def test_a_path_that_leads_nowhere_gives_the_innermost_value_that_exists() -> None:
    assert read("a:\n  b: 1\n").mark(("a", "missing", 3)) == Mark(2, 3)


def test_aliases_stand_for_what_their_anchor_names_and_keep_their_own_place() -> None:
    document = read("a: &x {k: 1}\nb: *x\n")
    assert document.value == {"a": {"k": 1}, "b": {"k": 1}}
    assert document.mark(("b",)) == Mark(2, 4)


def test_columns_count_characters_and_a_byte_order_mark_counts_nothing() -> None:
    assert read("\ufeffé😀: {x: 1}\n").key_mark(("é😀", "x")) == Mark(1, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1: the file is empty"]),
        ("# only a comment\n", ["1:1: the file is empty"]),
        ("a: 1\nb: 2\na: 3\na: 4\n", ['3:1: the key "a" stands twice, first in line 1', '4:1: the key "a" stands twice, first in line 1']),
        ("? [a]\n: b\n", ["1:3: a key has to be a text"]),
        ("a: &x {}\n<<: *x\n", ["2:1: merge keys (<<) are not supported"]),
        ("a: 1\n---\nb: 2\n", ["2:1: more than one document in a file"]),
        ("a: !!python/object/apply:os.system ['true']\n", ["1:4: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed"]),
        ("a: !mine 1\n", ["1:4: the tag '!mine' is not allowed"]),
        ("a: !!int x\n", ["1:4: 'x' is no int"]),
        ("a: .inf\nb: 1e999\n", ["1:4: '.inf' is not a number that JSON has", "2:4: '1e999' is too large a number"]),
        ("a: *nobody\n", ["1:4: the alias *nobody stands for nothing"]),
        ("a: &x [*x]\n", ["1:8: the alias *x holds itself"]),
        ("a: \x07\n", ["1:4: the control character '\\x07' is not allowed"]),
        (b"ok: 1\na: \xff\n", ["2:4: the file is not UTF-8"]),
        ("a: " + "9" * 5000 + "\n", ["1:4: the number has more than 300 digits"]),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(text: str | bytes, expected: list[str]) -> None:
    assert refusals(text) == expected


def test_broken_yaml_is_refused_at_its_place() -> None:
    (message,) = refusals("a: [1\nb\n")
    assert message.startswith("3:1: not valid YAML: ")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "a: [" + "[" * 70 + "]" * 70 + "]"])
def test_deep_nesting_is_refused_before_it_costs_anything(text: str) -> None:
    (message,) = refusals(text)
    assert message.endswith("values are nested more than 64 deep")


def test_a_bomb_of_aliases_is_refused() -> None:
    levels = [f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 10)}]" for level in range(1, 12)]
    (message,) = refusals("\n".join(["l0: &l0 [x, x, x, x, x, x, x, x, x, x]", *levels]))
    assert message.endswith("the document holds more than 100000 values, aliases expanded")


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusals("a: 12345\n", Bounds(size=5)) == ["1:1: the file is larger than 5 bytes"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#?,% \n\t\\~<1.é", max_size=40))
def test_any_text_is_a_document_or_a_refusal(text: str) -> None:
    assert isinstance(read_document(text.encode()), Document | Unreadable)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_document_or_a_refusal(data: bytes) -> None:
    assert isinstance(read_document(data), Document | Unreadable)
