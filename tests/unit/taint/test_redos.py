"""Regular expressions that take exponential time, and those that only look so."""

from __future__ import annotations

import pytest

from scanner.taint.redos import explodes


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$",
        r"(a*)*b",
        r"(.*)*x",
        r"(\w+\s?)+$",
        r"(\d+|\w+)*!",
        r"(a|ab|b)*$",
        r"(x+x+)+y",
        r"^(a?a?a?)*$",
        r"(a{1,3})*b",
        r"(?:a+){1,1000}b",
        r"^(?:[\w.-]+\.)+$",
        r"(\s*,?\s*)*x",
        r"(?:(?:[a-z]-?)*[a-z]+)(?:\.(?:[a-z]-?)*[a-z]+)*(?:\.(?:[a-z]{2,}))",
        r"(?i)(?:a+|A+b)+z",
        b"(a+)+$",
        "(\n  a +  # letters\n)+ $",
    ],
)
def test_a_loop_that_reads_one_text_in_two_ways_explodes(pattern: str | bytes) -> None:
    assert explodes(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"a+b",
        r"(ab)*c",
        r"(?:a|b)*c",
        r"(\w+\s)+$",
        r"(a{5})*b",
        r'"(?:[^"\\]|\\.)*"',
        r"(?:\d+,)*\d+$",
        r"[a-z]+(?:-[a-z]+)*$",
        r"((?!x).)*y",
        r"\s+$",
        r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$",
        r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$",
        "[a-z]+ [a-z]+",
    ],
)
def test_one_way_to_read_is_harmless(pattern: str) -> None:
    assert not explodes(pattern)


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(a+)+b?", r"x(\w+\s?)*"])
def test_a_loop_behind_which_nothing_can_fail_is_harmless(pattern: str) -> None:
    assert not explodes(pattern)


@pytest.mark.parametrize("pattern", ["(a|b", "(" * 5000, "a" * 5000, "(" + "|".join(f"a{n}+" for n in range(200)) + ")+$"])
def test_what_does_not_parse_or_is_too_large_is_not_judged(pattern: str) -> None:
    assert not explodes(pattern)
