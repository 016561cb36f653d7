"""The reports that every format renders: one after triage and comparison, one without, and one that is hostile throughout."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.reporters.json_read import read_report

if TYPE_CHECKING:
    from scanner.core.report import ScanReport

GOLDEN = Path(__file__).parents[3] / "golden" / "reporters"


@pytest.fixture(scope="session")
def judged() -> ScanReport:
    return read_report((GOLDEN / "json" / "report.json").read_bytes().decode())


@pytest.fixture(scope="session")
def uncompared(judged: ScanReport) -> ScanReport:
    """Judged, with every finding for a reader to look at."""
    return replace(judged, compared="", fixed=(), findings=tuple(replace(item, state=None) for item in judged.findings))


@pytest.fixture(scope="session")
def untriaged() -> ScanReport:
    return read_report((GOLDEN / "json" / "untriaged.json").read_bytes().decode())


@pytest.fixture(scope="session")
def hostile() -> ScanReport:
    report: ScanReport = runpy.run_path(str(GOLDEN / "hostile.py"))["hostile_report"]()
    return report
