"""JUnit XML, read by a parser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scanner.reporters.junit import render_junit

if TYPE_CHECKING:
    from scanner.core.report import ScanReport


def suite_of(report: ScanReport) -> ET.Element:
    root = ET.fromstring(render_junit(report).encode())  # noqa: S314 -- our own text, and the parser of the standard library is what readers use
    assert (root.tag, len(root)) == ("testsuites", 1)
    suite = root[0]
    assert int(suite.attrib["tests"]) == len(suite)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == sum(1 for case in suite if case.find(tag) is not None)
    return suite


def test_findings_fail_suppressed_ones_are_skipped_and_gaps_are_errors(uncompared: ScanReport) -> None:
    suite = suite_of(uncompared)
    assert {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "8",
        "failures": "4",
        "errors": "3",
        "skipped": "1",
    }
    first = suite[0]
    assert (first.attrib["classname"], first.attrib["name"]) == ("app/db.py", "python-sql-injection at app/db.py:6:16")
    failure = first.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "critical", "message": "critical: SQL query built from user input"}
    assert "confirmed: The parameter `customer` is glued" in (failure.text or "")
    assert "4 sink app/db.py:6 executed as SQL" in (failure.text or "")


def test_a_change_fails_for_what_it_brings_and_not_for_what_was_there(judged: ScanReport) -> None:
    suite = suite_of(judged)
    assert (suite.attrib["failures"], suite.attrib["skipped"]) == ("2", "3")
    said = [found.attrib["message"] for case in suite if (found := case.find("skipped")) is not None]
    assert {"was there before (moved)", "was there before (persisting)"} <= set(said)


def test_a_clean_scan_is_a_test_that_passed(judged: ScanReport) -> None:
    clean = replace(judged, findings=(), problems=(), coverage=replace(judged.coverage, skipped=(), engines=()))
    suite = suite_of(clean)
    assert [(case.attrib["name"], len(case)) for case in suite] == [("no findings", 0)]


def test_hostile_text_stays_text(hostile: ScanReport) -> None:
    suite = suite_of(hostile)
    assert {child.tag for case in suite for child in case} == {"failure", "skipped", "error"}
    assert not any(len(child) for case in suite for child in case)
