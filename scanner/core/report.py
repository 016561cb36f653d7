"""Everything a reporter needs, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scanner.core.coverage import Coverage
from scanner.core.finding import State
from scanner.core.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scanner.core.errors import ExitCode
    from scanner.core.finding import Finding
    from scanner.core.problem import Problem
    from scanner.core.rule import Rule, Severity

BASELINE_FILE: Final = ".casemate/baseline.json"
"""Where a baseline is kept unless somebody names another place."""
SCHEMAS: Final = ("casemate-report/2", "casemate-report/1")
"""How our JSON calls its shape, the newest first."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the scanned code comes from, as far as it is known; `repository_uri` never holds credentials."""

    repository_uri: str = ""
    revision: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of one file that reports may show, with secrets already masked.

    `lines` maps line numbers to text without line ends; `line_hashes` maps the lines at which findings stand to GitHub's `primaryLocationLineHash`.
    """

    lines: Mapping[int, str]
    line_hashes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """The decision: the threshold (None: never fail on findings), how many findings reach it, and the exit code that follows."""

    threshold: Severity | None
    failing: int
    exit_code: ExitCode


@dataclass(frozen=True, slots=True)
class ScanReport:
    """One scan. `findings` are ranked, most pressing first, suppressed ones included and last; `rules` are all that ran, by id.

    `triaged` says whether a model took part and `usage` what that cost; `excerpts` is keyed by path; `hidden` counts the findings that the
    severity and confidence settings left out. `compared` names what the findings' states are relative to (a revision, a file), empty without a
    comparison; `fixed` are the findings that are there and no longer here.
    """

    version: str
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    gate: Gate
    coverage: Coverage = field(default_factory=Coverage)
    problems: tuple[Problem, ...] = ()
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    provenance: Provenance | None = None
    triaged: bool = False
    usage: Usage = field(default_factory=Usage)
    hidden: int = 0
    compared: str = ""
    fixed: tuple[Finding, ...] = ()

    @property
    def active(self) -> tuple[Finding, ...]:
        """The findings that nobody suppressed."""
        return tuple(item for item in self.findings if item.suppression is None)

    @property
    def brought(self) -> tuple[Finding, ...]:
        """The active findings that a reader of this scan looks at first: in a comparison those it calls new, or cannot tell."""
        return tuple(item for item in self.active if item.state in {None, State.NEW, State.UNKNOWN})

    @property
    def complete(self) -> bool:
        """Whether everything asked for was looked at."""
        return self.coverage.complete and not any(item.incomplete for item in self.problems)
