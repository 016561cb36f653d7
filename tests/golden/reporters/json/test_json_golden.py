"""Our JSON, byte for byte. `update.py` beside this file writes the text anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from scanner.reporters.json_read import read_report
from scanner.reporters.json_report import render_json

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

HERE = Path(__file__).parent
GOLDEN = HERE / "report.json"
SCHEMAS = Path(__file__).parents[4] / "docs" / "schema"


def test_the_report_reads_as_it_did(report: ScanReport) -> None:
    assert render_json(report).encode() == GOLDEN.read_bytes()


@pytest.mark.parametrize(("version", "name"), [(1, "report-1.json"), (2, "report.json"), (2, "untriaged.json")])
def test_the_report_is_what_the_published_schema_says(version: int, name: str) -> None:
    schema = json.loads((SCHEMAS / f"casemate-report-{version}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads((HERE / name).read_bytes()))


def test_a_report_of_version_1_still_reads_and_says_the_same() -> None:
    old = read_report((HERE / "report-1.json").read_bytes().decode())
    new = read_report((HERE / "untriaged.json").read_bytes().decode())
    assert old == new


def test_reading_the_report_and_writing_it_again_changes_nothing() -> None:
    text = GOLDEN.read_bytes().decode()
    assert render_json(read_report(text)) == text


def test_paths_that_are_not_utf8_come_back_byte_for_byte(report: ScanReport) -> None:
    again = read_report(GOLDEN.read_bytes().decode())
    assert [finding.place for finding in again.findings] == [finding.place for finding in report.findings]
    assert again.coverage.skipped == report.coverage.skipped
