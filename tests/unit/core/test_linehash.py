from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.core.linehash import line_hashes

EVERY = range(1, 200)


# What GitHub's own tests expect of their implementation (github/codeql-action, src/fingerprints.test.ts).
@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            ["8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1", "b86d3392aea1be30:1", "e6ceba753e1a442:1"],
        ),
    ],
)
def test_the_hashes_are_the_ones_that_github_computes(text: str, hashes: list[str]) -> None:
    assert line_hashes(text, EVERY) == dict(enumerate(hashes, 1))


def test_lines_that_read_alike_are_told_apart_by_their_number() -> None:
    text = "x = 1\n" * 300
    hashes = line_hashes(text, (1, 2, 150))
    assert [value.partition(":")[2] for value in hashes.values()] == ["1", "2", "150"]
    assert len({value.partition(":")[0] for value in hashes.values()}) == 1


def test_asking_for_fewer_lines_does_not_change_their_hashes() -> None:
    text = "a\nb\na\nb\n" * 100
    every = line_hashes(text, EVERY)
    assert line_hashes(text, (3, 77)) == {3: every[3], 77: every[77]}


def test_lines_that_the_file_does_not_have_are_left_out() -> None:
    assert list(line_hashes("one\ntwo", (0, -4, 2, 3))) == [2]
    assert line_hashes("one", ()) == {}


def test_line_ends_of_all_three_kinds_hash_alike() -> None:
    unix = line_hashes("a\nb\n\nc", EVERY)
    assert line_hashes("a\r\nb\r\n\r\nc", EVERY) == unix
    assert line_hashes("a\rb\r\rc", EVERY) == unix


def by_definition(text: str) -> dict[int, str]:
    """The same, unit by unit, as the module's docstring says."""
    data = text.encode("utf-16-le", "surrogatepass")
    units: list[int] = []
    starts = [0]
    after_cr = False
    for unit in (int.from_bytes(data[place : place + 2], "little") for place in range(0, len(data), 2)):
        if unit in {0x20, 0x09} or (after_cr and unit == 0x0A):
            after_cr = False
            continue
        after_cr = unit == 0x0D
        units.append(0x0A if after_cr else unit)
        if units[-1] == 0x0A:
            starts.append(len(units))
    units += [0xFFFF, *([0] * 100)]
    hashes: dict[int, str] = {}
    seen: list[int] = []
    for line, start in enumerate(starts, 1):
        value = sum(unit * 37 ** (99 - place) for place, unit in enumerate(units[start : start + 100])) % 2**64
        seen.append(value)
        hashes[line] = f"{value:x}:{seen.count(value)}"
    return hashes


@given(
    st.lists(st.sampled_from(["a", "b", " ", "\t", "\n", "\r", "\r\n", "é", "😀", "\u0a00", "\ufeff", "\x00", "\uffff"]), max_size=250).map("".join)
)
@example("\r \n")
@example("ab" * 60 + "\n" + "ab" * 60)
def test_every_text_hashes_as_defined(text: str) -> None:
    assert line_hashes(text, EVERY) == {line: value for line, value in by_definition(text).items() if line in EVERY}
