"""Places in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.core.location import Location, Role, Span, Trace


@pytest.mark.parametrize("path", ["/etc/passwd", "../up.py", "a/../../b.py", ""])
def test_a_span_cannot_leave_the_root(path: str) -> None:
    with pytest.raises(ValueError, match="below the root"):
        Span(path, 1, 1, 1, 2)


@pytest.mark.parametrize(("line", "column"), [(0, 1), (1, 0), (-1, 1)])
def test_lines_and_columns_count_from_one(line: int, column: int) -> None:
    with pytest.raises(ValueError, match="count from 1"):
        Span("a.py", line, column, 5, 5)


def test_a_span_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        Span("a.py", 2, 5, 2, 4)


_SPANS = st.builds(
    lambda line, column, lines, columns: Span("a.py", line, column, line + lines, column + columns if not lines else columns + 1),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(0, 3),
    st.integers(0, 5),
)


@given(_SPANS, _SPANS)
def test_overlapping_is_mutual(one: Span, other: Span) -> None:
    assert one.overlaps(other) == other.overlaps(one)


def test_spans_that_touch_do_not_overlap() -> None:
    assert not Span("a.py", 1, 1, 1, 5).overlaps(Span("a.py", 1, 5, 1, 9))
    assert not Span("a.py", 1, 1, 1, 5).overlaps(Span("b.py", 1, 1, 1, 5))


def test_a_trace_has_a_primary_location_among_its_own() -> None:
    place = Location(Span("a.py", 1, 1, 1, 2), Role.SINK)
    assert Trace((place, place)).primary == 1
    for primary in (2, -3):
        with pytest.raises(ValueError, match="outside a trace"):
            Trace((place, place), primary)
    with pytest.raises(ValueError, match="at least one"):
        Trace(())
