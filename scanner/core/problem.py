"""A failure that does not end the scan, as a value that reaches every report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where in the pipeline something went wrong."""

    COLLECT = "collect"
    PARSE = "parse"
    RULES = "rules"
    DETECT = "detect"
    SUPPRESS = "suppress"
    TRIAGE = "triage"
    REPORT = "report"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What happened (`message`), to what (`subject`: a path, a rule, an engine), and when.

    `incomplete` says that something was not looked at because of it: such a scan is never green.
    """

    stage: Stage
    subject: str
    message: str
    incomplete: bool = True
