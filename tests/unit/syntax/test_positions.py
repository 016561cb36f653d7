from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.text import character_index, decode, split_lines, utf16_column
from scanner.syntax import positions
from scanner.syntax.positions import LineIndex

_TEXTS = st.text(alphabet="ab\r\n\té漢😀\u2028\ufeff\x0c", max_size=60).map(str.encode)
_BYTES = st.lists(
    st.sampled_from([b"a", b"\n", b"\r", "é".encode(), "漢".encode(), "😀".encode(), b"\x80", b"\xe2\x82", b"\xf0\x9f", b"\xff", b"\0"]), max_size=60
)
_FILES = _TEXTS | _BYTES.map(b"".join)


@pytest.fixture(autouse=True)
def _short_stride(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks every few bytes, so that short files exercise them."""
    monkeypatch.setattr(positions, "_STRIDE", 5)


def _naive_position(data: bytes, offset: int) -> tuple[int, int]:
    line, start = 1, 0
    index = 0
    while index < len(data):
        width = 2 if data[index : index + 2] == b"\r\n" else 1
        if data[index : index + 1] in {b"\r", b"\n"}:
            if index + width > offset:
                break
            line, start = line + 1, index + width
        index += width
    end = min((at for at in (data.find(b"\r", start), data.find(b"\n", start)) if at >= 0), default=len(data))
    return line, utf16_column(data[start:end], offset - start)


@given(_FILES, st.integers(0, 80))
def test_a_position_is_what_counting_by_hand_gives(data: bytes, offset: int) -> None:
    offset = min(offset, len(data))
    assert LineIndex(data).position(offset) == _naive_position(data, offset)


@given(_FILES)
def test_there_are_as_many_lines_as_reports_count(data: bytes) -> None:
    assert LineIndex(data).count == len(split_lines(decode(data)))


@given(_FILES, st.integers(1, 12), st.integers(1, 40))
def test_an_offset_cuts_a_line_where_its_column_does(data: bytes, line: int, column: int) -> None:
    lines = split_lines(decode(data))
    index = LineIndex(data)
    offset = index.offset(line, column)
    if line > len(lines):
        assert offset == len(data)
        return
    start = index.offset(line, 1)
    expected = lines[line - 1][: character_index(lines[line - 1], column)]
    assert decode(data[start:offset]) == expected


@given(_TEXTS)
def test_positions_and_offsets_undo_each_other_at_every_character(data: bytes) -> None:
    index = LineIndex(data)
    text = data.decode()
    for at in range(len(text)):
        if text[at] not in "\r\n":
            offset = len(text[:at].encode())
            assert index.offset(*index.position(offset)) == offset


def test_a_span_counts_utf16_units() -> None:
    data = 'x = "😀" + é\n'.encode()
    start = data.index("é".encode())
    span = LineIndex(data).span("a.py", start, start + 2)
    assert (span.start_line, span.start_column, span.end_line, span.end_column) == (1, 12, 1, 13)
