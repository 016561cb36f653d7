"""Matches as candidates."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.location import Role, Span
from scanner.core.text import split_lines, utf16_length
from scanner.engines.semgrep.convert import Converted, LineTable, convert, one_line
from scanner.engines.semgrep.output import Match, Place, Step

DATA = 'x = "é😀"; f(x)\r\ny = 1\rz = "ü"\n'.encode()
FILES = {"/t/a.py": "a.py", "/t/b.py": "b.py"}


def converted(*matches: Match, data: bytes = DATA) -> Converted:
    return convert(matches, FILES, {"r": "The rule's message", "s": "Another"}, lambda _: data)


def match(start: int = 0, end: int = 1, rule: str = "r", message: str = "M", path: str = "/t/a.py", steps: tuple[Step, ...] = ()) -> Match:
    return Match(rule, Place(path, start, end), message, steps)


def step(start: int, end: int, role: Role, content: str = "") -> Step:
    return Step(Place("/t/a.py", start, end), role, content)


def test_columns_count_utf16_units_and_every_line_end_counts() -> None:
    start = DATA.index(b"f(x)")
    (candidate,) = converted(match(start, start + 4)).candidates
    assert candidate.trace.place == Span("a.py", 1, 12, 1, 16)
    start = DATA.index(b'"\xc3\xbc"')
    (candidate,) = converted(match(start, start + 4)).candidates
    assert candidate.trace.place == Span("a.py", 3, 5, 3, 8)


def test_a_match_may_end_at_the_end_of_the_file_and_inside_a_line_end() -> None:
    (candidate,) = converted(match(0, len(DATA))).candidates
    assert candidate.trace.place == Span("a.py", 1, 1, 4, 1)
    inside = DATA.index(b"\r\n") + 1
    (candidate,) = converted(match(0, inside)).candidates
    assert candidate.trace.place == Span("a.py", 1, 1, 1, 16)


def test_a_match_outside_the_file_or_in_a_file_nobody_named_is_counted() -> None:
    result = converted(match(0, 9999), match(path="/etc/passwd"), match(rule="unknown"), match())
    assert (len(result.candidates), result.misplaced) == (1, 3)


def test_a_file_that_went_away_is_counted() -> None:
    def read(_: str) -> bytes:
        raise FileNotFoundError

    assert convert([match()], FILES, {"r": "M"}, read) == Converted((), 1)


def test_candidates_are_sorted_and_each_is_there_once() -> None:
    result = converted(match(5, 6), match(0, 1, "s"), match(0, 1), match(5, 6), match(path="/t/b.py"))
    assert [(item.trace.place.path, item.trace.place.start_column, item.rule_id) for item in result.candidates] == [
        ("a.py", 1, "r"),
        ("a.py", 1, "s"),
        ("a.py", 6, "r"),
        ("b.py", 1, "r"),
    ]


def test_the_shortest_trace_speaks_for_a_match_that_has_several() -> None:
    source, other, sink = step(0, 1, Role.SOURCE), step(2, 3, Role.STEP), step(5, 6, Role.SINK)
    for matches in ([(source, other, sink), (source, sink)], [(source, sink), (source, other, sink)]):
        (candidate,) = converted(*(match(5, 6, steps=steps) for steps in matches)).candidates
        assert len(candidate.trace.locations) == 2


def test_a_trace_runs_from_source_to_sink_and_names_the_variables() -> None:
    steps = (
        step(0, 1, Role.SOURCE, "request.args"),
        step(2, 3, Role.STEP, "query"),
        step(4, 5, Role.STEP, "'hunter2'"),
        step(5, 6, Role.SINK, "f(x)"),
    )
    (candidate,) = converted(match(5, 6, steps=steps)).candidates
    assert [(item.role, item.note) for item in candidate.trace.locations] == [
        (Role.SOURCE, "request.args"),
        (Role.STEP, "query"),
        (Role.STEP, ""),
        (Role.SINK, ""),
    ]
    assert candidate.trace.primary == 3


def test_a_sink_inside_a_call_stands_behind_the_place_that_is_shown() -> None:
    steps = (step(0, 1, Role.SOURCE), step(5, 6, Role.STEP), step(8, 9, Role.SINK))
    (candidate,) = converted(match(5, 6, steps=steps)).candidates
    assert [item.role for item in candidate.trace.locations] == [Role.SOURCE, Role.STEP, Role.SINK]
    assert candidate.trace.primary == 1


def test_a_source_that_is_its_own_sink_is_one_place() -> None:
    (candidate,) = converted(match(5, 6, steps=(step(5, 6, Role.SOURCE), step(5, 6, Role.SINK)))).candidates
    assert len(candidate.trace.locations) == 1


def test_a_message_is_one_printable_line_of_bounded_length() -> None:
    (candidate,) = converted(match(message="a\n b\x1b[31m\u202e\udcff" + "x" * 600)).candidates
    assert candidate.message.startswith("a b [31m x")
    assert len(candidate.message) == 500
    assert candidate.message.endswith("…")


def test_a_match_without_a_message_has_its_rules() -> None:
    assert converted(match(message=" ")).candidates[0].message == "The rule's message"


def test_short_texts_stay_as_they_are() -> None:
    assert one_line("a b", 3) == "a b"
    assert one_line("a bc", 3) == "a…"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="aé😀\r\n\u2028\x0c\t", max_size=30), st.data())
def test_every_character_has_the_column_that_a_reader_counts(text: str, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(text)))
    if text[index - 1 : index + 1] == "\r\n":
        return
    offset = len(text[:index].encode())
    span = LineTable(text.encode()).span("a.py", offset, offset)
    before = split_lines(text[:index])
    assert span is not None
    assert (span.start_line, span.start_column) == (len(before), utf16_length(before[-1]) + 1)
