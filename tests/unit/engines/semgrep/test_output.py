"""What semgrep-core prints, taken with care."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.core.location import Role
from scanner.engines.semgrep.output import Complaint, Match, Output, Place, parse_output


def position(offset: int) -> dict[str, object]:
    return {"line": 1, "col": offset + 1, "offset": offset}


def location(start: int, end: int, path: str = "/t/a.py") -> dict[str, object]:
    return {"path": path, "start": position(start), "end": position(end)}


def result(**extra: object) -> dict[str, object]:
    return {"check_id": "r", **location(4, 9), "extra": {"message": "M", "metavars": {}, "engine_kind": "OSS", "is_ignored": False, **extra}}


def text(**changes: object) -> bytes:
    whole = {"version": "1.2.3", "results": [], "errors": [], "paths": {"scanned": ["/t/a.py"]}, "skipped_rules": [], **changes}
    return b".\n.\n" + json.dumps(whole).encode()


def parsed(**changes: object) -> Output:
    output = parse_output(text(**changes))
    assert isinstance(output, Output), output
    return output


def test_matches_versions_and_scanned_files_are_read() -> None:
    output = parsed(results=[result()])
    assert output == Output("1.2.3", (Match("r", Place("/t/a.py", 4, 9), "M"),), (), frozenset({"/t/a.py"}))


def test_a_trace_comes_in_reading_order_with_the_calls_on_both_sides() -> None:
    def code(start: int, name: str) -> list[object]:
        return [location(start, start + 1), name]

    def variable(start: int, name: str) -> dict[str, object]:
        return {"location": location(start, start + 1), "content": name}

    trace = {
        "taint_source": ["CliCall", [code(30, "read()"), [variable(11, "a"), variable(12, "b")], ["CliLoc", code(10, "input()")]]],
        "intermediate_vars": [variable(40, "c")],
        "taint_sink": ["CliCall", [code(50, "write(c)"), [variable(60, "d")], ["CliLoc", code(70, "system(d)")]]],
    }
    (match,) = parsed(results=[result(dataflow_trace=trace)]).matches
    assert [(step.role, step.place.start, step.content) for step in match.steps] == [
        (Role.SOURCE, 10, "input()"),
        (Role.STEP, 11, "a"),
        (Role.STEP, 12, "b"),
        (Role.STEP, 30, "read()"),
        (Role.STEP, 40, "c"),
        (Role.STEP, 50, "write(c)"),
        (Role.STEP, 60, "d"),
        (Role.SINK, 70, "system(d)"),
    ]


def test_a_path_that_is_not_utf8_comes_back_as_it_was() -> None:
    data = text(results=[result()]).replace(b"/t/a.py", b"/t/\xff.py")
    output = parse_output(data)
    assert isinstance(output, Output)
    assert output.matches[0].place.path == "/t/\udcff.py"


def test_errors_are_read_with_what_they_are_about() -> None:
    errors = [
        {"error_type": "Timeout", "severity": "warn", "message": "", "location": location(0, 0), "rule_id": "r"},
        {
            "error_type": ["PartialParsing", [location(0, 3), {"start": {"line": 4}, "end": {"line": 6}}]],
            "message": "odd",
            "location": location(0, 3),
        },
        {"error_type": "Fatal error", "message": "dead"},
    ]
    assert parsed(errors=errors).complaints == (
        Complaint("Timeout", "", "r", "/t/a.py"),
        Complaint("PartialParsing", "odd", "", "/t/a.py", ((1, 1), (4, 6))),
        Complaint("Fatal error", "dead"),
    )


def test_a_rule_that_was_skipped_is_a_complaint_unless_there_is_one_already() -> None:
    skipped = [{"rule_id": "a", "details": "why", "position": {}}, {"rule_id": "b", "details": "why", "position": {}}]
    errors = [{"error_type": "Rule parse error", "message": "because", "rule_id": "a"}]
    assert parsed(errors=errors, skipped_rules=skipped).complaints == (
        Complaint("Rule parse error", "because", "a"),
        Complaint("Rule parse error", "why", "b"),
    )


def test_dataflow_that_was_cut_short_is_a_complaint() -> None:
    unsettled = [{"error_type": "Fixpoint timeout", "message": "", "location": location(0, 1), "rule_id": "r"}]
    assert parsed(time={"fixpoint_timeouts": unsettled}).complaints == (Complaint("Fixpoint timeout", "", "r", "/t/a.py"),)


@pytest.mark.parametrize(
    "bad",
    [
        "text", {}, {**result(), "path": 3}, {**result(), "start": {"line": 1, "col": 1}},
        {**result(), "start": position(99)}, {**result(), "extra": None},
        result(dataflow_trace=[1]), result(dataflow_trace={"taint_source": ["CliLoc", []]}),
        result(dataflow_trace={"taint_sink": ["CliCall", [1, 2]]}),
        result(dataflow_trace={"intermediate_vars": [1]}), result(message=4),
    ],
)  # fmt: skip
def test_a_result_that_is_none_is_counted_and_the_others_kept(bad: object) -> None:
    output = parsed(results=[bad, result()])
    assert (len(output.matches), output.malformed) == (1, 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "printed no JSON"),
        (b"..\nSegmentation fault", "printed no JSON"),
        (text()[:-5], "printed broken JSON: "),
        (b"{" + b'"a":[' * 100_000, "printed broken JSON: "),
        (b'{"version": "1"}', "printed JSON in a shape we do not know: results"),
        (text(results={}), "printed JSON in a shape we do not know: results"),
        (text(paths=[]), "printed JSON in a shape we do not know: paths"),
        (text(version=None), "printed JSON in a shape we do not know: version"),
    ],
)
def test_what_is_no_output_says_why(data: bytes, reason: str) -> None:
    output = parse_output(data)
    assert isinstance(output, str)
    assert output.startswith(reason)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["path", "start", "end", "extra", "offset", "error_type", "rule_id"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(["results", "errors", "paths", "skipped_rules", "time", "version"]), JSON)
def test_whatever_stands_in_the_json_nothing_raises(key: str, value: object) -> None:
    assert isinstance(parse_output(text(**{key: value})), Output | str)
