"""The log of one report in each profile, and of that report without triage; `update.py` beside this file writes the golden texts anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.reporters.json_read import read_report
from scanner.reporters.sarif.profiles import AzurePipeline, SarifProfile
from scanner.reporters.sarif.render import render_sarif

REPORTS = Path(__file__).parents[1] / "json"
PIPELINE = AzurePipeline(
    organization="example",
    project="shop",
    definition_id=12,
    definition_name="shop CI",
    phase_id="12f1170f-54f2-53f3-20dd-22fc7dff55f9",
    phase_name="scan",
    branch="main",
    build_id=77,
)


def all_logs() -> dict[str, str]:
    """Every golden log by name."""
    report = read_report((REPORTS / "report.json").read_bytes().decode())
    untriaged = read_report((REPORTS / "untriaged.json").read_bytes().decode())
    return {
        "github": render_sarif(report),
        "full": render_sarif(report, SarifProfile.FULL),
        "untriaged": render_sarif(untriaged, SarifProfile.FULL),
        "ado": render_sarif(report, SarifProfile.ADO, PIPELINE.automation()),
    }


@pytest.fixture(scope="session")
def logs() -> dict[str, str]:
    return all_logs()
