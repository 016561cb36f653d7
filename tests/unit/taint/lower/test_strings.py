"""String literals and what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.syntax.parse import Parsed, parse
from scanner.taint import ir, program
from scanner.taint.lower.python.module import lower_module

if TYPE_CHECKING:
    from collections.abc import Callable

LITERALS = [
    ('"a"', "a"),
    ("''", ""),
    ('""""""', ""),
    ("'''a\nb'''", "a\nb"),
    ('"""a"b"""', 'a"b'),
    (r'"\x41\u00e9\U0001F600\101\N{EN DASH}"', "A\u00e9\U0001f600A\u2013"),
    (r'"\n\t\\\"\'\a\b\f\v\r"', "\n\t\\\"'\a\b\f\v\r"),
    ('"a\\\nb"', "ab"),
    (r'"\d\N{no such name}"', r"\d\N{no such name}"),
    (r'"\ud800"', "\ufffd"),
    (r'"\Uffffffff"', r"\Uffffffff"),
    (r'r"\n"', r"\n"),
    (r'r"\\"', r"\\"),
    (r"r'\''", r"\'"),
    ('u"é"', "é"),
    (r'ur"\d"', r"\d"),
    (r'b"\x00\xff\n"', b"\x00\xff\n"),
    (r'rb"\x"', rb"\x"),
    (r'Rb"\\"', rb"\\"),
    ("b'\\\na'", b"a"),
    ("'''a\r\nb'''", "a\nb"),
    ('"a" "b" \'c\'', "abc"),
    ('"a" # why\n "b"', "ab"),
    ('b"a" b"b"', b"ab"),
    ('f"a"', "a"),
    ('f"{{a}}"', "{a}"),
    (r'rf"\\"', r"\\"),
    ('f"a" "{b}"', "a{b}"),
]


@pytest.mark.parametrize(("source", "value"), LITERALS)
def test_a_literal_is_its_value(source: str, value: str | bytes, lower: Callable[[str], program.Module]) -> None:
    (statement,) = lower(f"x = ({source})").body
    assert isinstance(statement, program.Assign)
    assert statement.value == ir.Const(value, statement.value.at, statement.value.end)


FORMATS = [
    ('f"a{x}b"', "format<'a', x, 'b'>"),
    ('f"{x}{y}"', "format<x, y>"),
    ('f"{x.y[0]}"', "format<x.y[0]>"),
    ('f"{x!s}"', "format<x>"),
    ('f"{x!r}{y!a}"', "format<repr(x), ascii(y)>"),
    ('f"{x:>10}"', "format<x>"),
    ('f"{x:{w}.{p}}"', "format<x, w, p>"),
    ('f"{x!r:>{w}}"', "format<repr(x), w>"),
    ('f"{x:d}{y:.2f}{z:+,}"', "format<int(x), float(y), z>"),
    ('f"{x:%Y-%m-%d}"', "format<x>"),
    ('f"{x=}"', "format<'x=', repr(x)>"),
    ('f"{x = !s}"', "format<'x =', x>"),
    ('f"{{{x}}}"', "format<'{', x, '}'>"),
    ('f"{a, b}"', "format<tuple<a, b>>"),
    ("f\"{f'{x}'}\"", "format<format<x>>"),
    ('f"{d["k"]}"', "format<d['k']>"),
    ("f'''a\n{x\n}'''", "format<'a\\n', x>"),
    (r'f"\x41{x}\n"', r"format<'A', x, '\n'>"),
    (r'rf"\d{x}\\"', r"format<'\\d', x, '\\\\'>"),
    ("f\"{'a' f'{x}' 'b'}\"", "format<format<'a', x, 'b'>>"),
    ('"a" f"{x}" "b"', "format<'a', x, 'b'>"),
    ('"a" "b" f"c{x}"', "format<'abc', x>"),
    ('f"{(lambda: x)()}"', "format<<def <lambda@8>();   return x>()>"),
    ('t"a{x}b{y}"', "?<x, y>"),
    ("`x`", "repr(x)"),
    ("`x + y`", "?<>"),
]


@pytest.mark.parametrize(("source", "expected"), FORMATS)
def test_text_with_fields_is_a_format_of_its_parts(source: str, expected: str, lowered: Callable[[str], list[str]]) -> None:
    assert lowered(f"x = {source}") == [f"x = {expected}"]


def _constant(source: str) -> object:
    data = source.encode()
    parsed = parse("python", data)
    assert isinstance(parsed, Parsed)
    (statement,) = lower_module(parsed.root, data, path="a.py", name="a", package=False).body
    assert isinstance(statement, program.Assign)
    assert isinstance(statement.value, ir.Const)
    return statement.value.value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_being_written_as_a_literal(text: str) -> None:
    assert _constant(f"x = {text!r}") == text
    assert _constant(f"x = {text!a}") == text


@given(st.binary())
def test_any_bytes_survive_being_written_as_a_literal(data: bytes) -> None:
    assert _constant(f"x = {data!r}") == data


@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_any_integer_survives_being_written_as_a_literal(number: int) -> None:
    assert _constant(f"x = {number}") == number
    assert _constant(f"x = {number:#x}") == number
