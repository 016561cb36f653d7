"""One report in every further format. `update.py` beside this file writes the golden texts anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.reporters.csv import render_csv
from scanner.reporters.github_commands import render_github_commands
from scanner.reporters.gitlab_code_quality import render_gitlab_code_quality
from scanner.reporters.gitlab_sast import render_gitlab_sast
from scanner.reporters.json_read import read_report
from scanner.reporters.junit import render_junit
from scanner.reporters.markdown import render_markdown
from scanner.reporters.sonar import render_sonar

REPORT = Path(__file__).parents[1] / "json" / "report.json"
MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def all_texts() -> dict[str, str]:
    """Every golden text by its file's name."""
    report = read_report(REPORT.read_bytes().decode())
    return {
        "report.md": render_markdown(report),
        "report.csv": render_csv(report),
        "report.junit.xml": render_junit(report),
        "report.sonar.json": render_sonar(report),
        "report.gl-code-quality.json": render_gitlab_code_quality(report),
        "report.gl-sast.json": render_gitlab_sast(report, started=MOMENT, ended=MOMENT),
        "report.github-commands.txt": render_github_commands(report),
    }


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return all_texts()
