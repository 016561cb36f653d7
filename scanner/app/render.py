"""Which reporter makes which shape. Each is loaded when it is asked for: start-up is part of every scan."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from scanner.app.config import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scanner.core.report import ScanReport

_REPORTERS: Final[Mapping[Format, tuple[str, str]]] = {
    Format.JSON: ("json_report", "render_json"),
    Format.HTML: ("html.render", "render_html"),
    Format.MARKDOWN: ("markdown", "render_markdown"),
    Format.CSV: ("csv", "render_csv"),
    Format.JUNIT: ("junit", "render_junit"),
    Format.GITLAB_CODE_QUALITY: ("gitlab_code_quality", "render_gitlab_code_quality"),
    Format.SONAR: ("sonar", "render_sonar"),
    Format.GITHUB: ("github_commands", "render_github_commands"),
}


def render(report: ScanReport, shape: Format) -> str:
    """A report in one shape. All but GitLab's SAST report, which has to hold the time, are the same bytes for the same report."""
    if shape in _REPORTERS:
        module, name = _REPORTERS[shape]
        function: Callable[[ScanReport], str] = getattr(importlib.import_module(f"scanner.reporters.{module}"), name)
        return function(report)
    if shape is Format.GITLAB_SAST:
        from scanner.reporters.gitlab_sast import render_gitlab_sast  # noqa: PLC0415

        now = datetime.now(UTC)
        return render_gitlab_sast(report, started=now, ended=now)
    if shape is Format.TERMINAL:
        return render_terminal(report)
    from scanner.reporters.sarif.profiles import SarifProfile  # noqa: PLC0415
    from scanner.reporters.sarif.render import render_sarif  # noqa: PLC0415

    profiles = {Format.SARIF_FULL: SarifProfile.FULL, Format.SARIF_ADO: SarifProfile.ADO}
    return render_sarif(report, profiles.get(shape, SarifProfile.GITHUB))


def render_terminal(report: ScanReport, *, color: bool = False, width: int = 100, unicode: bool = True, verbosity: int = 0) -> str:
    """A report for people."""
    from scanner.reporters.terminal.ink import TerminalStyle  # noqa: PLC0415
    from scanner.reporters.terminal.render import render_terminal as terminal  # noqa: PLC0415

    return terminal(report, TerminalStyle(color=color, width=width, unicode=unicode, verbosity=verbosity))
