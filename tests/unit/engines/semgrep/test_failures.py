"""What Semgrep complains about, as problems."""

from __future__ import annotations

import pytest

from scanner.core.problem import Problem, Stage
from scanner.engines.semgrep.failures import death, problems_of, unknown_fields
from scanner.engines.semgrep.output import Complaint
from scanner.engines.semgrep.process import End, Ended

PATHS = {"/t/a.py": "a.py"}
RULES = {"r": "mine.yaml:4", "s": "mine.yaml:9"}


def problems(*complaints: Complaint) -> list[Problem]:
    return problems_of(complaints, PATHS, RULES)


@pytest.mark.parametrize("kind", ["Rule parse error", "PatternParseError", "IncompatibleRule", "UnknownLanguageError", "Invalid YAML"])
def test_a_rule_that_semgrep_refuses_leaves_the_scan_incomplete(kind: str) -> None:
    assert problems(Complaint(kind, "no such\npattern", "r", "rules.json")) == [
        Problem(Stage.RULES, "mine.yaml:4", "Semgrep refused the rule r: no such pattern", incomplete=True)
    ]


@pytest.mark.parametrize("kind", ["Syntax error", "Lexical error", "Other syntax error", "AST builder error"])
def test_a_file_that_does_not_parse_is_mentioned(kind: str) -> None:
    assert problems(Complaint(kind, "at }", "r", "/t/a.py")) == [Problem(Stage.PARSE, "a.py", "Semgrep could not parse it: at }", incomplete=False)]


def test_lines_that_were_not_understood_are_mentioned() -> None:
    complaint = Complaint("PartialParsing", "odd", "", "/t/a.py", ((9, 12), (3, 3), (4, 5), (10, 11)))
    assert problems(complaint) == [Problem(Stage.PARSE, "a.py", "Semgrep did not understand lines 3-5, 9-12", incomplete=False)]


def test_one_line_is_called_a_line() -> None:
    assert problems(Complaint("PartialParsing", "", "", "/t/a.py", ((7, 7),)))[0].message == "Semgrep did not understand line 7"


def test_a_file_that_could_not_be_read_leaves_the_scan_incomplete() -> None:
    (problem,) = problems(Complaint("Other syntax error", "Unix_error: No such file", "", "/t/a.py"))
    assert (problem.stage, problem.subject, problem.incomplete) == (Stage.DETECT, "a.py", True)


@pytest.mark.parametrize("kind", ["Timeout", "Out of memory", "Stack overflow", "Too many matches"])
def test_a_file_that_was_given_up_leaves_the_scan_incomplete_and_is_told_once(kind: str) -> None:
    (problem,) = problems(Complaint(kind, "", "s", "/t/a.py"), Complaint(kind, "", "r", "/t/a.py"), Complaint(kind, "", "r", "/t/a.py"))
    assert (problem.stage, problem.subject, problem.incomplete) == (Stage.DETECT, "a.py", True)
    assert problem.message.endswith("(rules: r, s)")


def test_dataflow_that_was_cut_short_is_mentioned() -> None:
    (problem,) = problems(Complaint("Fixpoint timeout", "", "r", "/t/a.py"))
    assert (problem.subject, problem.incomplete) == ("a.py", False)


@pytest.mark.parametrize(
    "complaint", [Complaint("Fatal error", "dead"), Complaint("Something new", "hm", "r", "/elsewhere"), Complaint("Timeout", "")]
)
def test_what_we_do_not_know_leaves_the_scan_incomplete(complaint: Complaint) -> None:
    (problem,) = problems(complaint)
    assert (problem.subject, problem.incomplete) == ("semgrep", True)
    assert complaint.kind in problem.message


def test_problems_are_sorted_and_each_is_there_once() -> None:
    complaint = Complaint("Fatal error", "dead")
    assert problems(Complaint("Syntax error", "x", "", "/t/a.py"), complaint, complaint) == problems(
        complaint, Complaint("Syntax error", "x", "", "/t/a.py")
    )


def test_a_key_that_semgrep_ignored_is_mentioned() -> None:
    log = b"[00.06][\x1b[33mWARNING\x1b[0m]: Skipping unknown field 'patern' in rule \"r\"\nSkipping unknown field 'x' in rule \"not ours\"\n"
    assert unknown_fields(log, RULES) == [
        Problem(Stage.RULES, "mine.yaml:4", "r: Semgrep does not know the key patern and ignored it", incomplete=False)
    ]


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (Ended(End.TIMED_OUT, -9, b"", b""), "stopped after 7 seconds"),
        (Ended(End.TOO_MUCH_OUTPUT, -9, b"", b""), "stopped because it printed too much"),
        (Ended(End.NOT_STARTED, -1, b"", b"[Errno 2] nothing there"), "cannot be started: [Errno 2] nothing there"),
        (Ended(End.EXITED, -11, b"", b""), "killed by signal 11"),
        (
            Ended(End.EXITED, 2, b"", b"[00.07][\x1b[31mERROR\x1b[0m]: Uncaught: bad\nRaised at x\nCalled from y\n"),
            "ended with code 2: ERROR Uncaught: bad",
        ),
    ],
)
def test_the_end_of_a_run_is_told_without_what_differs_from_run_to_run(ended: Ended, expected: str) -> None:
    assert death(ended, 7) == expected
