"""A report as SARIF text."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scanner.reporters.jsontext import dumps
from scanner.reporters.sarif.build import build
from scanner.reporters.sarif.plan import first_plan
from scanner.reporters.sarif.profiles import TERMS, Automation, SarifProfile
from scanner.reporters.sarif.serialize import members

if TYPE_CHECKING:
    from scanner.core.report import ScanReport
    from scanner.reporters.sarif.profiles import Terms

_COMPRESSION = 6  # what upload clients use unless told otherwise


def render_sarif(report: ScanReport, profile: SarifProfile = SarifProfile.GITHUB, automation: Automation | None = None) -> str:
    """The whole log as UTF-8 safe JSON text, ending in a line end: the same report gives the same text.

    `automation` names the series of scans that the file belongs to; by default there is one for a repository.
    """
    return render_for(report, TERMS[profile], automation or Automation())


def render_for(report: ScanReport, terms: Terms, automation: Automation) -> str:
    """The log under the given terms; where a service's size limit is passed, with less code and then with fewer findings, most severe first."""
    plan = first_plan(report, terms)
    while True:
        log = members(build(report, plan, terms, automation))
        text = dumps({"$schema": log["$schema"], "version": log["version"], **log}, default=members)
        share = _share(text, terms)
        smaller = plan.smaller(share) if share < 1 else None
        if smaller is None:
            return text
        plan = smaller


def _share(text: str, terms: Terms) -> float:
    """The part of this text that the limit leaves room for; 1 and more when all of it."""
    data = text.encode()
    if terms.limits is None or len(data) <= terms.limits.compressed_bytes:
        return 1.0
    return terms.limits.compressed_bytes / len(zlib.compress(data, _COMPRESSION))
