"""Our JSON, byte for byte. `update.py` beside this file writes the text anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema

from scanner.reporters.json_read import read_report
from scanner.reporters.json_report import render_json

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

GOLDEN = Path(__file__).parent / "report.json"
SCHEMA = Path(__file__).parents[4] / "docs" / "schema" / "casemate-report-1.schema.json"


def test_the_report_reads_as_it_did(report: ScanReport) -> None:
    assert render_json(report).encode() == GOLDEN.read_bytes()


def test_the_report_is_what_the_published_schema_says() -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(GOLDEN.read_bytes()))


def test_reading_the_report_and_writing_it_again_changes_nothing() -> None:
    text = GOLDEN.read_bytes().decode()
    assert render_json(read_report(text)) == text


def test_paths_that_are_not_utf8_come_back_byte_for_byte(report: ScanReport) -> None:
    again = read_report(GOLDEN.read_bytes().decode())
    assert [finding.place for finding in again.findings] == [finding.place for finding in report.findings]
    assert again.coverage.skipped == report.coverage.skipped
