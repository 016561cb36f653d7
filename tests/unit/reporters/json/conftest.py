from __future__ import annotations

from pathlib import Path

import pytest

from scanner.reporters.json_read import read_report

GOLDEN = Path(__file__).parents[3] / "golden" / "reporters" / "json" / "report.json"


@pytest.fixture(scope="session")
def text() -> str:
    """A report with something of everything in it."""
    whole = GOLDEN.read_bytes().decode()
    read_report(whole)
    return whole
